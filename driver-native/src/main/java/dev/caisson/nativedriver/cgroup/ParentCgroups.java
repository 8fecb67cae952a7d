// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup;

import dev.caisson.driver.DriverException;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.nativedriver.kernel.DirectoryEntry;
import dev.caisson.nativedriver.kernel.Errno;
import dev.caisson.nativedriver.kernel.FileCalls;
import dev.caisson.nativedriver.kernel.FileType;
import dev.caisson.nativedriver.kernel.Kernel;
import dev.caisson.nativedriver.kernel.KernelException;
import dev.caisson.nativedriver.machine.KernelVersion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * Makes the cgroups in which containers' cgroups are made, and finds out which control files those will have.
 *
 * <p>What was found out is kept: the machine does not change. That the directories are there is looked at each time, since
 * anybody may remove an empty cgroup.
 */
final class ParentCgroups {
    private static final int MODE = 0755;

    /** Since this version the file takes any value and does nothing with it: as good as not there. */
    private static final KernelVersion NO_KERNEL_MEMORY_LIMIT = new KernelVersion(5, 16);

    private static final String KERNEL_MEMORY_LIMIT = "memory.kmem.limit_in_bytes";

    private static final AtomicLong PROBES = new AtomicLong();

    /** What a cgroup below a certain parent has. */
    private record Inherited(Set<String> controllers, Set<String> files) {
        Inherited {
            controllers = Set.copyOf(controllers);
            files = Set.copyOf(files);
        }
    }

    private final FileCalls files;
    private final int pid;
    private final Set<String> ineffective;
    private final Map<String, Inherited> known = new ConcurrentHashMap<>();

    ParentCgroups(Kernel kernel) {
        this.files = kernel.files();
        this.pid = kernel.processes().pid();
        KernelVersion version =
                KernelVersion.parse(kernel.processes().systemName().release());
        this.ineffective = version.isAtLeast(NO_KERNEL_MEMORY_LIMIT) ? Set.of(KERNEL_MEMORY_LIMIT) : Set.of();
    }

    /** Prepares everything for a cgroup but the cgroup itself. */
    CgroupDirectory prepare(Hierarchy hierarchy, String directory) {
        String parent = directory.substring(0, directory.lastIndexOf('/'));
        Inherited inherited = known.get(parent);
        if (inherited == null || !files.exists(parent)) {
            try {
                make(hierarchy, parent);
                inherited = find(hierarchy, parent);
            } catch (KernelException e) {
                throw new DriverException(
                        e.is(Errno.EACCES, Errno.EPERM)
                                ? StandardErrorCode.NOT_PERMITTED
                                : StandardErrorCode.CONTROLLER_LACKS,
                        "prepare the cgroup " + parent,
                        e.text(),
                        remedy(e),
                        e);
            }
            known.put(parent, inherited);
        }
        return new CgroupDirectory(hierarchy, directory, inherited.controllers(), inherited.files());
    }

    private static String remedy(KernelException e) {
        if (e.is(Errno.EACCES, Errno.EPERM)) {
            return "run as root, or with a cgroup that was delegated to you as parent";
        }
        return "use another parent";
    }

    private void make(Hierarchy hierarchy, String parent) {
        String path = hierarchy.mountPoint();
        prepareLevel(hierarchy, path);
        if (parent.length() <= path.length()) {
            return;
        }
        for (String name : parent.substring(path.length() + 1).split("/")) {
            String upper = path;
            path = path + "/" + name;
            boolean made = makeUnlessThere(path);
            if (hierarchy.version() == Version.V1 && hierarchy.has("cpuset")) {
                inherit(upper, path, "cpuset.cpus");
                inherit(upper, path, "cpuset.mems");
                if (made) {
                    files.write(path + "/cgroup.clone_children", "1");
                }
            }
            prepareLevel(hierarchy, path);
        }
    }

    private boolean makeUnlessThere(String path) {
        try {
            files.makeDirectory(path, MODE);
            return true;
        } catch (KernelException e) {
            if (!e.is(Errno.EEXIST)) {
                throw e;
            }
            return false;
        }
    }

    /** A new cpuset of version 1 has neither processors nor memory nodes. */
    private void inherit(String upper, String path, String file) {
        if (files.read(path + "/" + file).isBlank()) {
            files.write(path + "/" + file, files.read(upper + "/" + file).strip());
        }
    }

    /** In version 2 a cgroup hands down those of its controllers that it is told to. */
    private void prepareLevel(Hierarchy hierarchy, String path) {
        if (hierarchy.version() == Version.V1) {
            return;
        }
        Set<String> missing = words(path + "/cgroup.controllers");
        missing.removeAll(words(path + "/cgroup.subtree_control"));
        for (String controller : missing) {
            handDown(path, controller);
        }
    }

    private void handDown(String path, String controller) {
        try {
            files.write(path + "/cgroup.subtree_control", "+" + controller);
        } catch (KernelException e) {
            // A cgroup with processes of its own hands nothing down (EBUSY), and some controllers have conditions, such
            // as
            // cpu with real-time processes about (EINVAL). What is not handed down is not there for a container: limits
            // that need it are refused, the others still work.
            if (!e.is(Errno.EBUSY, Errno.EINVAL, Errno.EOPNOTSUPP, Errno.ENOENT)) {
                throw e;
            }
        }
    }

    private Inherited find(Hierarchy hierarchy, String parent) {
        boolean root = parent.equals(hierarchy.mountPoint());
        // A root has other files than its children have; a cgroup of a moment tells.
        String probe = root ? parent + "/caisson-probe-" + pid + "-" + PROBES.incrementAndGet() : parent;
        if (root) {
            files.makeDirectory(probe, MODE);
        }
        try {
            Set<String> names = files.list(probe).stream()
                    .filter(entry -> entry.type() == FileType.REGULAR)
                    .map(DirectoryEntry::name)
                    .filter(name -> !ineffective.contains(name))
                    .collect(Collectors.toSet());
            Set<String> controllers = hierarchy.version() == Version.V1
                    ? Set.copyOf(hierarchy.controllers())
                    : words((root ? probe + "/cgroup.controllers" : parent + "/cgroup.subtree_control"));
            return new Inherited(controllers, names);
        } finally {
            if (root) {
                files.removeDirectory(probe);
            }
        }
    }

    private Set<String> words(String file) {
        List<String> words =
                new ArrayList<>(Arrays.asList(files.read(file).strip().split(" ")));
        words.removeIf(String::isEmpty);
        return new LinkedHashSet<>(words);
    }
}
