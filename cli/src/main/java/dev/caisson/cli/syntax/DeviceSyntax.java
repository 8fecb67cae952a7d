// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.syntax;

import dev.caisson.cli.flags.BadValueException;
import dev.caisson.driver.command.ContainerPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Reads --device: {@code host[:container[:access]]}; a directory stands for all devices below it. */
public final class DeviceSyntax {
    private static final String ACCESS = "(?!.*(.).*\\1)[rwm]{1,3}";

    private DeviceSyntax() {}

    /** A device with its place in the container and what may be done with it. */
    public record Grant(HostDevice device, ContainerPath path, String access) {}

    /**
     * Returns the devices.
     *
     * @throws BadValueException if there are none
     */
    public static List<Grant> read(String text) {
        if (!text.startsWith("/")) {
            throw new BadValueException(
                    text.contains("=") ? "is a CDI name" : "is no absolute path", "give a path such as /dev/fuse");
        }
        String[] parts = text.split(":", -1);
        if (parts.length > 3) {
            throw new BadValueException("has more than three parts", "give host[:container[:access]]");
        }
        boolean shortForm = parts.length == 2 && parts[1].matches(ACCESS);
        String inside = parts.length == 1 || shortForm ? parts[0] : parts[1];
        String access = parts.length == 3 ? parts[2] : shortForm ? parts[1] : "rwm";
        if (!access.matches(ACCESS)) {
            throw new BadValueException("has the access \"" + access + "\"", "give some of r, w and m, each once");
        }
        Path host = Path.of(parts[0]);
        return Files.isDirectory(host)
                ? below(host, inside, access)
                : List.of(new Grant(HostDevice.at(host), ContainerPath.of(inside), access));
    }

    private static List<Grant> below(Path directory, String inside, String access) {
        List<Grant> grants = new ArrayList<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::exists).sorted().toList()) {
                ContainerPath path = ContainerPath.of(inside + "/" + directory.relativize(file));
                HostDevice.find(file).ifPresent(device -> grants.add(new Grant(device, path, access)));
            }
        } catch (IOException failure) {
            throw new BadValueException("names " + directory + ": " + failure, "give a device of the host");
        }
        if (grants.isEmpty()) {
            throw new BadValueException("names a directory without devices", "give a device of the host");
        }
        return grants;
    }
}
