// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.machine;

import java.util.List;

/** The limits of a cgroup with the files by which the kernel tells them; the first file that a machine has counts. */
public enum Limit {
    BLOCK_LEAF_WEIGHT("blkio", List.of("blkio.leaf_weight", "blkio.bfq.leaf_weight"), "io", List.of(), "300"),
    BLOCK_READ_BPS("blkio", List.of("blkio.throttle.read_bps_device"), "io", List.of("io.max"), ""),
    BLOCK_READ_IOPS("blkio", List.of("blkio.throttle.read_iops_device"), "io", List.of("io.max"), ""),
    BLOCK_WEIGHT(
            "blkio", List.of("blkio.weight", "blkio.bfq.weight"), "io", List.of("io.bfq.weight", "io.weight"), "300"),
    BLOCK_WEIGHT_DEVICE(
            "blkio",
            List.of("blkio.weight_device", "blkio.bfq.weight_device"),
            "io",
            List.of("io.bfq.weight", "io.weight"),
            "DEVICE 300"),
    BLOCK_LEAF_WEIGHT_DEVICE("blkio", List.of("blkio.leaf_weight_device"), "io", List.of(), "DEVICE 300"),
    BLOCK_WRITE_BPS("blkio", List.of("blkio.throttle.write_bps_device"), "io", List.of("io.max"), ""),
    BLOCK_WRITE_IOPS("blkio", List.of("blkio.throttle.write_iops_device"), "io", List.of("io.max"), ""),
    CPU_BURST("cpu", List.of("cpu.cfs_burst_us"), "cpu", List.of("cpu.max.burst"), ""),
    CPU_IDLE("cpu", List.of("cpu.idle"), "cpu", List.of("cpu.idle"), ""),
    CPU_PERIOD("cpu", List.of("cpu.cfs_period_us"), "cpu", List.of("cpu.max"), ""),
    CPU_QUOTA("cpu", List.of("cpu.cfs_quota_us"), "cpu", List.of("cpu.max"), ""),
    CPU_REALTIME_PERIOD("cpu", List.of("cpu.rt_period_us"), "cpu", List.of(), ""),
    CPU_REALTIME_RUNTIME("cpu", List.of("cpu.rt_runtime_us"), "cpu", List.of(), ""),
    CPU_SHARES("cpu", List.of("cpu.shares"), "cpu", List.of("cpu.weight"), ""),
    CPUSET_CPUS("cpuset", List.of("cpuset.cpus"), "cpuset", List.of("cpuset.cpus"), ""),
    CPUSET_MEMS("cpuset", List.of("cpuset.mems"), "cpuset", List.of("cpuset.mems"), ""),
    HUGEPAGES("hugetlb", List.of("hugetlb.SIZE.limit_in_bytes"), "hugetlb", List.of("hugetlb.SIZE.max"), ""),
    MEMORY("memory", List.of("memory.limit_in_bytes"), "memory", List.of("memory.max"), ""),
    /** Kernels from 5.16 on keep the file and ignore what is written into it: tried by reading it back. */
    MEMORY_KERNEL("memory", List.of("memory.kmem.limit_in_bytes"), "memory", List.of(), "33554432"),
    MEMORY_KERNEL_TCP("memory", List.of("memory.kmem.tcp.limit_in_bytes"), "memory", List.of(), "33554432"),
    MEMORY_OOM_CONTROL("memory", List.of("memory.oom_control"), "memory", List.of(), ""),
    MEMORY_RESERVATION("memory", List.of("memory.soft_limit_in_bytes"), "memory", List.of("memory.low"), ""),
    MEMORY_SWAP("memory", List.of("memory.memsw.limit_in_bytes"), "memory", List.of("memory.swap.max"), ""),
    MEMORY_SWAPPINESS("memory", List.of("memory.swappiness"), "memory", List.of(), ""),
    NETWORK_CLASS("net_cls", List.of("net_cls.classid"), "", List.of(), ""),
    NETWORK_PRIORITIES("net_prio", List.of("net_prio.ifpriomap"), "", List.of(), ""),
    PIDS("pids", List.of("pids.max"), "pids", List.of("pids.max"), ""),
    RDMA("rdma", List.of("rdma.max"), "rdma", List.of("rdma.max"), ""),
    /** A limit of a version 2 hierarchy by its file's name. */
    UNIFIED_HUGEPAGES("", List.of(), "hugetlb", List.of("hugetlb.SIZE.max"), ""),
    UNIFIED_MEMORY("", List.of(), "memory", List.of("memory.high"), "");

    private final String controller;
    private final List<String> files;
    private final String unifiedController;
    private final List<String> unifiedFiles;
    private final String sample;

    Limit(String controller, List<String> files, String unifiedController, List<String> unifiedFiles, String sample) {
        this.controller = controller;
        this.files = files;
        this.unifiedController = unifiedController;
        this.unifiedFiles = unifiedFiles;
        this.sample = sample;
    }

    /** Returns its controller on version 1, empty if there is none. */
    public String controller() {
        return controller;
    }

    /** Returns its files on version 1, SIZE standing for the size of a huge page. */
    public List<String> files() {
        return files;
    }

    /** Returns its controller on version 2, empty if there is none. */
    public String unifiedController() {
        return unifiedController;
    }

    /** Returns its files on version 2, SIZE standing for the size of a huge page. */
    public List<String> unifiedFiles() {
        return unifiedFiles;
    }

    /**
     * Returns what shows, written and read back, that the kernel takes it in earnest, DEVICE standing for a block device;
     * empty where the file alone shows it.
     */
    public String sample() {
        return sample;
    }
}
