// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caisson.driver.DriverException;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.driver.command.Command;
import java.io.IOException;
import java.util.List;

/**
 * What an engine has to know of a container that another one started.
 *
 * @param command what it was made of
 * @param reportFiles what the shim reads at its end, in this order
 */
public record ContainerRecord(Command command, List<String> reportFiles) {
    private static final int VERSION = 1;
    private static final ObjectMapper JSON = new ObjectMapper();

    public ContainerRecord {
        reportFiles = List.copyOf(reportFiles);
    }

    /** As bytes: JSON, without what is empty. */
    public byte[] encode() {
        ObjectNode json = (ObjectNode) RecordWriter.write(this);
        json.put("version", VERSION);
        try {
            return JSON.writeValueAsBytes(json);
        } catch (IOException e) {
            throw new IllegalStateException("a tree of JSON can't be written", e);
        }
    }

    /**
     * Reads what {@link #encode} wrote.
     *
     * @param doing what it is read for, for messages
     * @throws DriverException of kind INTERNAL if it is of another version or damaged
     */
    public static ContainerRecord decode(String doing, byte[] bytes) {
        try {
            JsonNode json = JSON.readTree(bytes);
            int version = json.path("version").asInt();
            if (version != VERSION) {
                throw unreadable(doing, "its record is of version " + version + ", this driver reads " + VERSION, null);
            }
            ((ObjectNode) json).remove("version");
            return (ContainerRecord) RecordReader.read(json, ContainerRecord.class);
        } catch (IOException | IllegalArgumentException damaged) {
            throw unreadable(doing, "its record is damaged: " + damaged.getMessage(), damaged);
        }
    }

    private static DriverException unreadable(
            String doing, String why, @org.jspecify.annotations.Nullable Throwable cause) {
        return new DriverException(
                StandardErrorCode.INTERNAL, doing, why, "use the version that started the container", cause);
    }
}
