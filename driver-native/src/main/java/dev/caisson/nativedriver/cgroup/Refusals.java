// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup;

import dev.caisson.nativedriver.kernel.Errno;

/** What can be done when the kernel refuses a limit. */
final class Refusals {
    private Refusals() {}

    static String remedy(String field, Errno reason) {
        if (field.startsWith("resources.cpu.realtime")) {
            return "give the parent cgroup real-time time first (cpu.rt_runtime_us)";
        }
        if (field.startsWith("resources.rdma") && reason.equals(Errno.ENODEV)) {
            return "name an RDMA device of /sys/class/infiniband";
        }
        if (field.startsWith("resources.blockIo.weightDevices") && reason.equals(Errno.EOPNOTSUPP)) {
            return "give the device the scheduler bfq, or switch on io.cost for it (io.cost.qos)";
        }
        if (reason.equals(Errno.ENODEV)) {
            return "name a block device (not a partition) that this machine has";
        }
        if (reason.equals(Errno.EBUSY)) {
            return "give more than what is in use";
        }
        if (reason.equals(Errno.EACCES) || reason.equals(Errno.EPERM)) {
            return "run as root, or with a cgroup that was delegated to you";
        }
        return "see what the parent cgroup and the container's other limits allow";
    }
}
