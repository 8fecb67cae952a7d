// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.command;

import static java.util.Objects.requireNonNull;

import dev.caisson.driver.check.Checked;
import dev.caisson.driver.check.Checker;

/**
 * A node that is made in a container. Whether it may be used is for {@link dev.caisson.driver.resources.DeviceRule}.
 *
 * @param path where in the container
 * @param type which kind
 * @param major 0 for a FIFO
 * @param minor 0 for a FIFO
 * @param mode permissions, as 0666
 * @param uid owner in the container
 * @param gid group in the container
 */
public record DeviceNode(ContainerPath path, Type type, long major, long minor, int mode, long uid, long gid)
        implements Checked {
    /** A kind of node. */
    public enum Type {
        CHARACTER('c'),
        BLOCK('b'),
        FIFO('p');

        private final char letter;

        Type(char letter) {
            this.letter = letter;
        }

        /** Returns the letter of mknod(1). */
        public char letter() {
            return letter;
        }
    }

    public DeviceNode {
        requireNonNull(path, "path is null");
        requireNonNull(type, "type is null");
    }

    /** Returns a character device of root with mode 0666. */
    public static DeviceNode character(String path, long major, long minor) {
        return new DeviceNode(ContainerPath.of(path), Type.CHARACTER, major, minor, 0666, 0, 0);
    }

    @Override
    public void check(Checker checker) {
        checker.at("major").range(major, 0, 4095);
        checker.at("minor").range(minor, 0, 1_048_575);
        checker.at("mode").range(mode, 0, 07777);
        checker.at("uid").range(uid, 0, 0xffff_fffeL);
        checker.at("gid").range(gid, 0, 0xffff_fffeL);
    }
}
