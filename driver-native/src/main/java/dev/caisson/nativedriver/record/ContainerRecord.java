// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.record;

import dev.caisson.driver.StandardErrorCode;
import dev.caisson.driver.command.Command;
import java.util.List;

/**
 * What an engine has to know of a container that another one started.
 *
 * @param command what it was made of
 * @param reportFiles what the shim reads at its end, in this order
 */
public record ContainerRecord(Command command, List<String> reportFiles) {
    private static final VersionedRecord<ContainerRecord> FORMAT =
            new VersionedRecord<>(ContainerRecord.class, 1, "its record", "use the version that started the container");

    public ContainerRecord {
        reportFiles = List.copyOf(reportFiles);
    }

    /** As bytes: JSON, without what is empty. */
    public byte[] encode() {
        return FORMAT.encode(this);
    }

    /**
     * Reads what {@link #encode} wrote.
     *
     * @param doing what it is read for, for messages
     * @throws dev.caisson.driver.DriverException of kind INTERNAL if it is of another version or damaged
     */
    public static ContainerRecord decode(String doing, byte[] bytes) {
        return FORMAT.decode(doing, bytes, StandardErrorCode.INTERNAL);
    }
}
