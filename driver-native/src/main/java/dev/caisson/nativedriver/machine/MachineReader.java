// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.machine;

import dev.caisson.driver.command.Rlimit;
import dev.caisson.nativedriver.kernel.DirectoryEntry;
import dev.caisson.nativedriver.kernel.FileCalls;
import dev.caisson.nativedriver.kernel.Kernel;
import dev.caisson.nativedriver.kernel.ResourceLimit;
import dev.caisson.nativedriver.procfs.ProcessStatus;
import dev.caisson.nativedriver.rootless.Rootless;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads {@link MachineFacts} from the kernel. */
public final class MachineReader {
    private static final int TTY = 5;

    private MachineReader() {}

    /** Reads them; a few small files, without blocking. */
    public static MachineFacts read(Kernel kernel) {
        FileCalls files = kernel.files();
        ProcessStatus status = ProcessStatus.parse(files.read("/proc/self/status"));
        int last = Integer.parseInt(files.read("/proc/sys/kernel/cap_last_cap").strip());
        Map<Rlimit.Type, ResourceLimit> limits = new EnumMap<>(Rlimit.Type.class);
        for (Rlimit.Type type : Rlimit.Type.values()) {
            limits.put(type, kernel.processes().limit(type.number()));
        }
        Set<String> namespaces =
                files.list("/proc/self/ns").stream().map(DirectoryEntry::name).collect(Collectors.toUnmodifiableSet());
        Optional<Rootless> rootless = Rootless.find(kernel);
        return new MachineFacts(
                status.boundingCapabilities(),
                status.effectiveCapabilities(),
                (1L << (last + 1)) - 1,
                Integer.parseInt(files.read("/proc/self/oom_score_adj").strip()),
                limits,
                Long.parseLong(files.read("/proc/sys/fs/nr_open").strip()),
                files.readIfPresent("/sys/module/apparmor/parameters/enabled")
                        .filter(text -> text.startsWith("Y"))
                        .isPresent(),
                files.exists("/sys/fs/selinux/enforce"),
                files.readIfPresent("/proc/sys/kernel/seccomp/actions_avail")
                        .map(names -> Set.of(names.strip().split("\\s+")))
                        .orElse(Set.of()),
                namespaces,
                KernelVersion.parse(kernel.processes().systemName().release()),
                rootless.isPresent() || !isInitial(files.readIfPresent("/proc/self/uid_map")),
                rootless.map(own -> own.hasGroup(TTY))
                        .orElseGet(() -> isMapped(files.readIfPresent("/proc/self/gid_map"), TTY)),
                rootless);
    }

    /** The first user namespace maps every id to itself. A kernel without user namespaces has no such file. */
    private static boolean isInitial(Optional<String> map) {
        return map.map(text -> text.strip().split("\\s+"))
                .map(words -> List.of(words).equals(List.of("0", "0", "4294967295")))
                .orElse(true);
    }

    private static boolean isMapped(Optional<String> map, long id) {
        return map.map(text -> text.lines()
                        .map(line -> line.strip().split("\\s+"))
                        .anyMatch(words -> {
                            long inside = Long.parseLong(words[0]);
                            return id >= inside && id < inside + Long.parseLong(words[2]);
                        }))
                .orElse(true);
    }
}
