// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.syntax;

import dev.caisson.cli.flags.BadValueException;
import dev.caisson.cli.seccomp.SeccompFile;
import dev.caisson.driver.command.Capability;
import dev.caisson.driver.command.ContainerPath;
import dev.caisson.driver.command.Seccomp;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** A --security-opt. */
public sealed interface SecurityOption {
    /** Which system calls it may make. */
    record SeccompProfile(Seccomp seccomp) implements SecurityOption {}

    /** No way to more rights by exec. */
    record NoNewPrivileges(boolean value) implements SecurityOption {}

    /** A loaded profile, or {@code unconfined}. */
    record Apparmor(String profile) implements SecurityOption {}

    /** A part of the SELinux label, or {@code disable}. */
    record Label(String key, String value) implements SecurityOption {}

    /** Nothing masked or read-only. */
    record SystemPathsUnconfined() implements SecurityOption {}

    /** Further paths to mask. */
    record Mask(List<ContainerPath> paths) implements SecurityOption {
        public Mask {
            paths = List.copyOf(paths);
        }
    }

    /** Paths not to mask nor make read-only; none stands for all. */
    record Unmask(List<ContainerPath> paths) implements SecurityOption {
        public Unmask {
            paths = List.copyOf(paths);
        }

        /** Returns true if that path is to be left open. */
        public boolean covers(ContainerPath path) {
            return paths.isEmpty() || paths.contains(path);
        }
    }

    /** /sys/fs/cgroup can be written to. */
    record WritableCgroups(boolean value) implements SecurityOption {}

    /**
     * Reads {@code key=value}; the older {@code key:value} is understood too.
     *
     * @param capabilities of the container, on which a seccomp profile may depend
     * @throws BadValueException if it is none that is known
     */
    static SecurityOption read(String text, Set<Capability> capabilities) {
        if (text.equals("no-new-privileges")) {
            return new NoNewPrivileges(true);
        }
        int separator = text.indexOf('=') > 0 ? text.indexOf('=') : text.indexOf(':');
        if (separator < 1) {
            throw unknown();
        }
        String value = text.substring(separator + 1);
        return switch (text.substring(0, separator)) {
            case "seccomp" -> new SeccompProfile(seccomp(value, capabilities));
            case "no-new-privileges" -> new NoNewPrivileges(truth(value));
            case "apparmor" -> new Apparmor(value);
            case "label" -> label(value);
            case "systempaths" -> systemPaths(value);
            case "mask" -> new Mask(paths(value));
            case "unmask" -> new Unmask(value.equalsIgnoreCase("ALL") ? List.of() : paths(value));
            case "writable-cgroups" -> new WritableCgroups(truth(value));
            default -> throw unknown();
        };
    }

    private static Seccomp seccomp(String value, Set<Capability> capabilities) {
        return switch (value) {
            case "unconfined" -> Seccomp.UNCONFINED;
            case "builtin" -> Seccomp.STANDARD;
            default -> SeccompFile.read(value, capabilities);
        };
    }

    private static boolean truth(String value) {
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new BadValueException("is neither true nor false", "give true or false after the name");
        };
    }

    private static SecurityOption systemPaths(String value) {
        if (!value.equals("unconfined")) {
            throw new BadValueException("is unknown", "give systempaths=unconfined");
        }
        return new SystemPathsUnconfined();
    }

    private static SecurityOption label(String value) {
        if (value.equals("disable")) {
            return new Label("disable", "");
        }
        String[] part = value.split(":", 2);
        if (part.length < 2 || !SelinuxLabel.KEYS.contains(part[0])) {
            throw new BadValueException(
                    "is no part of a label",
                    "give label=disable, or user:, role:, type:, level: or filetype: with a value");
        }
        return new Label(part[0], part[1]);
    }

    private static List<ContainerPath> paths(String value) {
        return Arrays.stream(value.split(":")).map(ContainerPath::of).toList();
    }

    private static BadValueException unknown() {
        return new BadValueException(
                "is no security option",
                "give seccomp=, no-new-privileges, apparmor=, label=, systempaths=unconfined, mask=, unmask= or writable-cgroups=");
    }
}
