// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.launch;

import dev.caisson.nativedriver.cgroup.CgroupHold;
import dev.caisson.nativedriver.shim.Breakage;
import dev.caisson.nativedriver.shim.Reply;
import dev.caisson.nativedriver.shim.ShimProcess;

/** Lets go of a cgroup at the first word about the process that was to be in it; all else is another's. */
record ReleasingListener(CgroupHold hold, ShimProcess.Listener other) implements ShimProcess.Listener {
    @Override
    public void reached(ShimProcess process, Reply.Progress progress) {
        try {
            hold.release();
        } finally {
            other.reached(process, progress);
        }
    }

    @Override
    public void grew(Reply.Grew grew) {
        other.grew(grew);
    }

    @Override
    public void lost(ShimProcess process, Breakage why) {
        try {
            hold.release();
        } finally {
            other.lost(process, why);
        }
    }
}
