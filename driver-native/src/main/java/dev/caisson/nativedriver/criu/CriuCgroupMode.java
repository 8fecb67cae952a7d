// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.criu;

import dev.caisson.driver.DriverException;
import dev.caisson.driver.StandardErrorCode;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What CRIU does about cgroups, {@code --manage-cgroups} of criu(8). */
enum CriuCgroupMode {
    /** Nothing: processes stay in the container's cgroup itself. */
    IGNORE(0),
    /** Groups that the container has made in its own are made again, and settings of those only are restored. */
    SOFT(3),
    /** All settings are restored. */
    FULL(4),
    /** As full, and nothing may be there before. */
    STRICT(5);

    private final int number;

    CriuCgroupMode(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    /** @throws DriverException INVALID_ARGUMENT */
    static CriuCgroupMode of(String doing, Optional<String> name) {
        if (name.isEmpty()) {
            return SOFT;
        }
        return Arrays.stream(values())
                .filter(mode -> mode.label().equals(name.get()))
                .findFirst()
                .orElseThrow(() -> new DriverException(
                        StandardErrorCode.INVALID_ARGUMENT,
                        doing,
                        "there is no cgroup mode \"" + name.get() + "\"",
                        "give one of "
                                + Arrays.stream(values())
                                        .map(CriuCgroupMode::label)
                                        .collect(Collectors.joining(", "))));
    }

    private String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
