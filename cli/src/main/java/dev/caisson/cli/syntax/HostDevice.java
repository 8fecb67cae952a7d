// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.syntax;

import static java.util.Objects.requireNonNull;

import dev.caisson.cli.flags.BadValueException;
import dev.caisson.driver.command.ContainerPath;
import dev.caisson.driver.command.DeviceNode;
import dev.caisson.driver.resources.DeviceRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A device node of the host.
 *
 * @param type character or block
 * @param major of its driver
 * @param minor of the device
 * @param mode its permissions
 * @param uid its owner
 * @param gid its group
 */
public record HostDevice(DeviceNode.Type type, long major, long minor, int mode, long uid, long gid) {
    private static final int TYPE_MASK = 0170000;
    private static final int CHARACTER = 0020000;
    private static final int BLOCK = 0060000;
    private static final int PERMISSIONS = 0777;

    /**
     * Returns the device at a path, following links.
     *
     * @throws BadValueException if there is none
     */
    public static HostDevice at(Path path) {
        return find(path)
                .orElseThrow(() -> new BadValueException(
                        "names " + path + ", which is no device", "give a character or block device"));
    }

    /**
     * Returns the device at a path, following links; empty if something else is there.
     *
     * @throws BadValueException if nothing is there
     */
    public static Optional<HostDevice> find(Path path) {
        try {
            return of(Files.readAttributes(path, "unix:mode,rdev,uid,gid"));
        } catch (NoSuchFileException absent) {
            throw new BadValueException("names " + path + ", which does not exist", "give a device of the host");
        } catch (IOException failure) {
            throw new BadValueException("names " + path + ": " + failure, "give a device of the host");
        }
    }

    private static Optional<HostDevice> of(Map<String, Object> attributes) {
        int mode = (int) number(attributes, "mode");
        int kind = mode & TYPE_MASK;
        if (kind != CHARACTER && kind != BLOCK) {
            return Optional.empty();
        }
        long device = number(attributes, "rdev");
        return Optional.of(new HostDevice(
                kind == BLOCK ? DeviceNode.Type.BLOCK : DeviceNode.Type.CHARACTER,
                major(device),
                minor(device),
                mode & PERMISSIONS,
                number(attributes, "uid"),
                number(attributes, "gid")));
    }

    private static long number(Map<String, Object> attributes, String name) {
        return ((Number) requireNonNull(attributes.get(name), name)).longValue();
    }

    /** The two numbers lie interleaved, makedev(3). */
    private static long major(long number) {
        return (number >>> 8 & 0xfff) | (number >>> 32 & ~0xfffL);
    }

    private static long minor(long number) {
        return (number & 0xff) | (number >>> 12 & ~0xffL);
    }

    /** Returns the same device as a node of a container. */
    public DeviceNode nodeAt(ContainerPath path) {
        return new DeviceNode(path, type, major, minor, mode, uid, gid);
    }

    /** Returns the rule that allows it. */
    public DeviceRule rule(String access) {
        DeviceRule.Type kind = type == DeviceNode.Type.BLOCK ? DeviceRule.Type.BLOCK : DeviceRule.Type.CHARACTER;
        return DeviceRule.allow(kind, major, minor, access);
    }
}
