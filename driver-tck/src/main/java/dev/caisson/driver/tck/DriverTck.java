// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck;

import dev.caisson.driver.Driver;
import dev.caisson.driver.DriverContext;
import dev.caisson.driver.tck.behaviour.BlockIoBehaviours;
import dev.caisson.driver.tck.behaviour.CapabilityBehaviours;
import dev.caisson.driver.tck.behaviour.CgroupBehaviours;
import dev.caisson.driver.tck.behaviour.CheckpointBehaviours;
import dev.caisson.driver.tck.behaviour.ConcurrencyBehaviours;
import dev.caisson.driver.tck.behaviour.CpuBehaviours;
import dev.caisson.driver.tck.behaviour.CreateBehaviours;
import dev.caisson.driver.tck.behaviour.DeviceBehaviours;
import dev.caisson.driver.tck.behaviour.EventBehaviours;
import dev.caisson.driver.tck.behaviour.ExecBehaviours;
import dev.caisson.driver.tck.behaviour.HookBehaviours;
import dev.caisson.driver.tck.behaviour.InterruptBehaviours;
import dev.caisson.driver.tck.behaviour.LabelBehaviours;
import dev.caisson.driver.tck.behaviour.LaunchFailureBehaviours;
import dev.caisson.driver.tck.behaviour.LifecycleBehaviours;
import dev.caisson.driver.tck.behaviour.MaskBehaviours;
import dev.caisson.driver.tck.behaviour.MemoryBehaviours;
import dev.caisson.driver.tck.behaviour.MountBehaviours;
import dev.caisson.driver.tck.behaviour.MountFailureBehaviours;
import dev.caisson.driver.tck.behaviour.NamespaceBehaviours;
import dev.caisson.driver.tck.behaviour.NetworkBehaviours;
import dev.caisson.driver.tck.behaviour.OomBehaviours;
import dev.caisson.driver.tck.behaviour.PauseBehaviours;
import dev.caisson.driver.tck.behaviour.PipeBehaviours;
import dev.caisson.driver.tck.behaviour.ProcessBehaviours;
import dev.caisson.driver.tck.behaviour.ProgramBehaviours;
import dev.caisson.driver.tck.behaviour.RdtBehaviours;
import dev.caisson.driver.tck.behaviour.RecoverBehaviours;
import dev.caisson.driver.tck.behaviour.RlimitBehaviours;
import dev.caisson.driver.tck.behaviour.RootfsBehaviours;
import dev.caisson.driver.tck.behaviour.SchedulingBehaviours;
import dev.caisson.driver.tck.behaviour.SeccompBehaviours;
import dev.caisson.driver.tck.behaviour.SignalBehaviours;
import dev.caisson.driver.tck.behaviour.StatsBehaviours;
import dev.caisson.driver.tck.behaviour.StreamBehaviours;
import dev.caisson.driver.tck.behaviour.SysctlBehaviours;
import dev.caisson.driver.tck.behaviour.TerminalBehaviours;
import dev.caisson.driver.tck.behaviour.UpdateBehaviours;
import dev.caisson.driver.tck.behaviour.UserBehaviours;
import dev.caisson.driver.tck.behaviour.UserNamespaceBehaviours;
import dev.caisson.driver.tck.machine.LinuxMachine;
import dev.caisson.driver.tck.machine.Machine;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Everything that is expected of a driver. Extend it, say how the driver is opened, and run it with JUnit:
 *
 * <pre>{@code
 * class MyDriverTest extends DriverTck {
 *     @Override
 *     protected Driver open(DriverContext context) {
 *         return new MyDriverProvider().open(context, new MyOptions());
 *     }
 * }
 * }</pre>
 *
 * <p>Each behaviour is one test method, inherited of the interface of its group, and gets a driver of its own on a new state
 * root. What the driver doesn't list among its features it must refuse, which is what the behaviour then tests. After each
 * one nothing may be left behind: no process, cgroup, mount, network interface, descriptor or file.
 *
 * <p>The kit runs a statically linked busybox of this machine; without one it is skipped. Waiting is limited by the
 * configuration parameter {@code caisson.tck.patience} (seconds, 20 by default); with system property
 * {@code caisson.tck.large=true} streams are tried with 1 GiB.
 */
@ExtendWith(KitExtension.class)
@TestMethodOrder(ByGroup.class)
@DisplayNameGeneration(BehaviourNames.class)
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class DriverTck
        implements BlockIoBehaviours,
                CapabilityBehaviours,
                CgroupBehaviours,
                CheckpointBehaviours,
                ConcurrencyBehaviours,
                CpuBehaviours,
                CreateBehaviours,
                DeviceBehaviours,
                EventBehaviours,
                ExecBehaviours,
                HookBehaviours,
                InterruptBehaviours,
                LabelBehaviours,
                LaunchFailureBehaviours,
                LifecycleBehaviours,
                MaskBehaviours,
                MemoryBehaviours,
                MountBehaviours,
                MountFailureBehaviours,
                NamespaceBehaviours,
                NetworkBehaviours,
                OomBehaviours,
                PauseBehaviours,
                PipeBehaviours,
                ProcessBehaviours,
                ProgramBehaviours,
                RdtBehaviours,
                RecoverBehaviours,
                RlimitBehaviours,
                RootfsBehaviours,
                SchedulingBehaviours,
                SeccompBehaviours,
                SignalBehaviours,
                StatsBehaviours,
                StreamBehaviours,
                SysctlBehaviours,
                TerminalBehaviours,
                UpdateBehaviours,
                UserBehaviours,
                UserNamespaceBehaviours {
    /** For the class of the driver's tests. */
    protected DriverTck() {}

    /** Opens the driver under test. Called at least once for every behaviour; the kit closes what it gets. */
    protected abstract Driver open(DriverContext context);

    /** Returns what lies under the driver: this machine, unless its containers live elsewhere. */
    protected Machine machine() {
        return LinuxMachine.current();
    }
}
