// SPDX-License-Identifier: Apache-2.0
package dev.caisson.bench;

import java.util.List;

/**
 * Where peers run: a mount namespace without the unified hierarchy of a hybrid machine, in which crun 1.8 refuses to work
 * (both peers run in the same place).
 */
final class PeerShell {
    private PeerShell() {}

    static List<String> command(String loop) {
        return List.of(
                "unshare",
                "-m",
                "sh",
                "-c",
                "if mountpoint -q /sys/fs/cgroup/unified; then umount -l /sys/fs/cgroup/unified; fi; " + loop);
    }
}
