// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.command;

import dev.caisson.driver.DriverException;
import dev.caisson.driver.StandardErrorCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * What the host's own name resolution is set to.
 *
 * @param hosts text of /etc/hosts
 * @param resolver text of the resolv.conf that names the real servers
 */
record HostFiles(String hosts, String resolver) {
    private static final Path HOSTS = Path.of("/etc/hosts");
    private static final Path RESOLVER = Path.of("/etc/resolv.conf");

    /** Where systemd-resolved lists the servers that its own stub at 127.0.0.53 asks, systemd-resolved(8). */
    private static final Path BEHIND_THE_STUB = Path.of("/run/systemd/resolve/resolv.conf");

    static HostFiles read() {
        String resolver = text(RESOLVER);
        return new HostFiles(
                text(HOSTS), ResolverFile.parse(resolver).isSystemdStub() ? text(BEHIND_THE_STUB) : resolver);
    }

    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (NoSuchFileException absent) {
            return "";
        } catch (IOException failure) {
            throw new DriverException(
                    StandardErrorCode.NOT_PERMITTED,
                    "read " + file + " for the container's name resolution",
                    failure.toString(),
                    "make it readable",
                    failure);
        }
    }
}
