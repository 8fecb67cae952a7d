// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.machine;

import dev.caisson.nativedriver.kernel.Kernel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The mounts of this process's mount namespace. */
public final class MountTable {
    private final List<MountPoint> mounts;

    private MountTable(List<MountPoint> mounts) {
        this.mounts = mounts;
    }

    /** Reads it. */
    public static MountTable read(Kernel kernel) {
        return parse(kernel.files().read("/proc/self/mountinfo"));
    }

    static MountTable parse(String mountinfo) {
        return new MountTable(mountinfo.lines().map(MountTable::parseLine).toList());
    }

    /** As {@code 36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw,errors=continue}. */
    private static MountPoint parseLine(String line) {
        String[] fields = line.split(" ");
        boolean shared = false;
        boolean slave = false;
        int at = 6;
        while (!fields[at].equals("-")) {
            shared |= fields[at].startsWith("shared:");
            slave |= fields[at].startsWith("master:");
            at++;
        }
        return new MountPoint(
                Integer.parseInt(fields[0]),
                Integer.parseInt(fields[1]),
                unescape(fields[4]),
                isReadonly(fields[5]) || isReadonly(fields[at + 3]),
                shared,
                slave,
                fields[at + 1]);
    }

    private static boolean isReadonly(String options) {
        return options.equals("ro") || options.startsWith("ro,");
    }

    /** The kernel writes space, tab, newline and backslash as {@code \} and three octal digits. */
    private static String unescape(String field) {
        if (field.indexOf('\\') < 0) {
            return field;
        }
        byte[] escaped = field.getBytes(StandardCharsets.UTF_8);
        byte[] plain = new byte[escaped.length];
        int length = 0;
        for (int i = 0; i < escaped.length; i++) {
            if (escaped[i] == '\\' && i + 3 < escaped.length) {
                plain[length++] = (byte) Integer.parseInt(new String(escaped, i + 1, 3, StandardCharsets.US_ASCII), 8);
                i += 3;
            } else {
                plain[length++] = escaped[i];
            }
        }
        return new String(plain, 0, length, StandardCharsets.UTF_8);
    }

    /** Those that a path leads to, parents first: not those that another mount hides. */
    public List<MountPoint> visible() {
        Map<Integer, List<MountPoint>> children = new HashMap<>();
        Map<Integer, MountPoint> byId = new HashMap<>();
        for (MountPoint mount : mounts) {
            byId.put(mount.id(), mount);
            if (mount.parent() != mount.id()) {
                children.computeIfAbsent(mount.parent(), parent -> new ArrayList<>())
                        .add(mount);
            }
        }
        List<MountPoint> visible = new ArrayList<>();
        for (MountPoint mount : mounts) {
            if (!byId.containsKey(mount.parent()) || mount.parent() == mount.id()) {
                collect(mount, children, visible);
            }
        }
        visible.sort(Comparator.comparing(MountPoint::path));
        return visible;
    }

    private static void collect(MountPoint mount, Map<Integer, List<MountPoint>> children, List<MountPoint> visible) {
        List<MountPoint> below = children.getOrDefault(mount.id(), List.of());
        Optional<MountPoint> cover = below.stream()
                .filter(child -> child.path().equals(mount.path()))
                .findFirst();
        if (cover.isPresent()) {
            collect(cover.get(), children, visible);
            return;
        }
        visible.add(mount);
        for (MountPoint child : below) {
            boolean hidden =
                    below.stream().anyMatch(other -> !other.path().equals(child.path()) && child.isBelow(other.path()));
            if (!hidden) {
                collect(child, children, visible);
            }
        }
    }

    /** The mount that shows what is at an absolute path without links, {@code .} and {@code ..}. */
    public Optional<MountPoint> holding(String path) {
        return visible().stream()
                .filter(mount -> mount.holds(path))
                .max(Comparator.comparingInt(mount -> mount.path().length()));
    }
}
