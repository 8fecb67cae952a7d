// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup;

import dev.caisson.nativedriver.kernel.fake.RecordingKernel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Made-up machines with cgroups. */
final class Machines {
    static final String ROOT = "/sys/fs/cgroup";

    private static final String UNLIMITED_V1 = "9223372036854771712\n";

    private Machines() {}

    private static Map<String, String> files(String... namesAndContents) {
        Map<String, String> files = new LinkedHashMap<>();
        for (int i = 0; i < namesAndContents.length; i += 2) {
            files.put(namesAndContents[i], namesAndContents[i + 1]);
        }
        files.put("cgroup.procs", "");
        return files;
    }

    /** Every controller of version 1 that the kernel has, as a new cgroup of Linux 6.1 has them. */
    private static final Map<String, Map<String, String>> V1 = Map.ofEntries(
            Map.entry(
                    "memory",
                    files(
                            "memory.limit_in_bytes", UNLIMITED_V1,
                            "memory.memsw.limit_in_bytes", UNLIMITED_V1,
                            "memory.soft_limit_in_bytes", UNLIMITED_V1,
                            "memory.kmem.limit_in_bytes", UNLIMITED_V1,
                            "memory.kmem.tcp.limit_in_bytes", UNLIMITED_V1,
                            "memory.usage_in_bytes", "4096\n",
                            "memory.max_usage_in_bytes", "8192\n",
                            "memory.failcnt", "3\n",
                            "memory.swappiness", "60\n",
                            "memory.oom_control", "oom_kill_disable 0\nunder_oom 0\noom_kill 0\n",
                            "memory.stat", "cache 100\nrss 200\ntotal_cache 1000\n")),
            Map.entry(
                    "cpu",
                    files(
                            "cpu.shares", "1024\n",
                            "cpu.cfs_quota_us", "-1\n",
                            "cpu.cfs_period_us", "100000\n",
                            "cpu.cfs_burst_us", "0\n",
                            "cpu.rt_period_us", "1000000\n",
                            "cpu.rt_runtime_us", "0\n",
                            "cpu.idle", "0\n",
                            "cpu.stat", "nr_periods 10\nnr_throttled 4\nthrottled_time 5000\n")),
            Map.entry(
                    "cpuacct",
                    files(
                            "cpuacct.usage", "3000\n",
                            "cpuacct.usage_user", "1000\n",
                            "cpuacct.usage_sys", "2000\n",
                            "cpuacct.usage_percpu", "1200 1800 \n")),
            Map.entry("cpuset", files("cpuset.cpus", "\n", "cpuset.mems", "\n", "cgroup.clone_children", "0\n")),
            Map.entry("pids", files("pids.max", "max\n", "pids.current", "2\n")),
            Map.entry(
                    "blkio",
                    files(
                            "blkio.bfq.weight", "100\n",
                            "blkio.bfq.weight_device", "default 100\n",
                            "blkio.throttle.read_bps_device", "",
                            "blkio.throttle.write_bps_device", "",
                            "blkio.throttle.read_iops_device", "",
                            "blkio.throttle.write_iops_device", "",
                            "blkio.throttle.io_service_bytes_recursive", "8:0 Read 10\n8:0 Write 20\nTotal 30\n",
                            "blkio.throttle.io_serviced_recursive", "8:0 Read 1\nTotal 1\n")),
            Map.entry("devices", files("devices.allow", "", "devices.deny", "", "devices.list", "a *:* rwm\n")),
            Map.entry("freezer", files("freezer.state", "THAWED\n")),
            Map.entry(
                    "hugetlb",
                    files(
                            "hugetlb.2MB.limit_in_bytes", UNLIMITED_V1,
                            "hugetlb.2MB.rsvd.limit_in_bytes", UNLIMITED_V1,
                            "hugetlb.2MB.usage_in_bytes", "2097152\n",
                            "hugetlb.2MB.max_usage_in_bytes", "4194304\n",
                            "hugetlb.2MB.failcnt", "1\n")),
            Map.entry("net_cls", files("net_cls.classid", "0\n")),
            Map.entry("net_prio", files("net_prio.ifpriomap", "lo 0\neth0 0\n")),
            Map.entry("rdma", files("rdma.max", "mlx4_0 hca_handle=max hca_object=max\n")),
            Map.entry("name=systemd", files()));

    /** The core files of version 2, and those of all its controllers. */
    private static Map<String, String> v2(List<String> controllers) {
        Map<String, String> files = files(
                "cgroup.freeze", "0\n",
                "cgroup.kill", "",
                "cgroup.events", "populated 1\nfrozen 0\n",
                "cgroup.controllers", String.join(" ", controllers) + "\n",
                "cgroup.subtree_control", "\n",
                "cpu.pressure", "some avg10=1.00 avg60=2.00 avg300=3.00 total=4\n");
        if (controllers.contains("memory")) {
            files.putAll(files(
                    "memory.max", "max\n",
                    "memory.low", "0\n",
                    "memory.high", "max\n",
                    "memory.swap.max", "max\n",
                    "memory.swap.current", "7\n",
                    "memory.current", "4096\n",
                    "memory.peak", "8192\n",
                    "memory.events", "low 0\nhigh 0\nmax 3\noom 1\noom_kill 2\n",
                    "memory.stat", "anon 100\nfile 1000\nkernel 50\n"));
        }
        if (controllers.contains("cpu")) {
            files.putAll(files(
                    "cpu.weight",
                    "100\n",
                    "cpu.max",
                    "max 100000\n",
                    "cpu.max.burst",
                    "0\n",
                    "cpu.idle",
                    "0\n",
                    "cpu.stat",
                    "usage_usec 3\nuser_usec 1\nsystem_usec 2\nnr_periods 10\nnr_throttled 4\nthrottled_usec 5\n"));
        }
        if (controllers.contains("cpuset")) {
            files.putAll(files(
                    "cpuset.cpus",
                    "\n",
                    "cpuset.mems",
                    "\n",
                    "cpuset.cpus.effective",
                    "0-3\n",
                    "cpuset.mems.effective",
                    "0\n"));
        }
        if (controllers.contains("pids")) {
            files.putAll(files("pids.max", "max\n", "pids.current", "2\n"));
        }
        if (controllers.contains("io")) {
            files.putAll(files(
                    "io.max",
                    "",
                    "io.bfq.weight",
                    "default 100\n",
                    "io.stat",
                    "8:0 rbytes=10 wbytes=20 rios=1 wios=2 dbytes=0 dios=0\n"));
        }
        if (controllers.contains("hugetlb")) {
            files.putAll(files(
                    "hugetlb.2MB.max", "max\n", "hugetlb.2MB.current", "2097152\n", "hugetlb.2MB.events", "max 1\n"));
        }
        if (controllers.contains("rdma")) {
            files.putAll(files("rdma.max", "mlx4_0 hca_handle=max hca_object=max\n"));
        }
        return files;
    }

    /** A machine with version 1 trees, each of one controller, and perhaps version 2 with others. */
    static RecordingKernel hybrid(List<String> v1, List<String> v2) {
        RecordingKernel kernel = new RecordingKernel();
        StringBuilder membership = new StringBuilder();
        StringBuilder mounts = new StringBuilder("22 1 0:21 / /proc rw - proc proc rw\n");
        int number = 30;
        for (String controller : v1) {
            String mount = ROOT + "/" + controller.replace("name=", "");
            membership.append(number).append(':').append(controller).append(":/\n");
            mounts.append(
                    "%d 22 0:%d / %s rw,relatime - cgroup cgroup rw,%s%n".formatted(number, number, mount, controller));
            kernel.files().cgroups(mount, V1.get(controller));
            if (controller.equals("cpuset")) {
                kernel.files().put(mount + "/cpuset.cpus", "0-3\n").put(mount + "/cpuset.mems", "0\n");
            }
            number++;
        }
        if (!v2.isEmpty()) {
            addUnified(kernel, v1.isEmpty() ? ROOT : ROOT + "/unified", v2, membership, mounts);
        }
        kernel.files()
                .put("/proc/self/cgroup", membership.toString())
                .put("/proc/self/mountinfo", mounts.toString())
                .put("/proc/stat", "cpu  100 0 0 100 0 0 0 0 0 0\n")
                .put("/proc/meminfo", "MemTotal:       1000 kB\n")
                .put("/proc/7/net/dev", "a\nb\nlo: 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16\n")
                .put("/sys/devices/system/cpu/online", "0-3\n");
        return kernel;
    }

    private static void addUnified(
            RecordingKernel kernel, String mount, List<String> named, StringBuilder membership, StringBuilder mounts) {
        List<String> controllers = named.equals(List.of("none")) ? List.of() : named;
        membership.append("0::/user.slice/session.scope\n");
        mounts.append("99 22 0:99 / %s rw,relatime - cgroup2 cgroup2 rw%n".formatted(mount));
        kernel.files()
                .cgroups(mount, v2(controllers))
                .put(mount + "/cgroup.controllers", String.join(" ", controllers) + "\n")
                .put(mount + "/cgroup.subtree_control", "\n")
                .react("cgroup.subtree_control", ignored -> String.join(" ", controllers) + "\n");
    }

    static final List<String> ALL_V1 = List.of(
            "cpuset",
            "memory",
            "cpu",
            "cpuacct",
            "pids",
            "blkio",
            "devices",
            "freezer",
            "hugetlb",
            "net_cls",
            "net_prio",
            "rdma",
            "name=systemd");

    static final List<String> ALL_V2 = List.of("cpuset", "cpu", "io", "memory", "hugetlb", "pids", "rdma", "misc");

    static RecordingKernel v1() {
        return hybrid(ALL_V1, List.of());
    }

    static RecordingKernel v2() {
        return hybrid(List.of(), ALL_V2);
    }
}
