// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.check;

import dev.caisson.driver.command.Command;
import dev.caisson.driver.command.ProcessConfig;
import dev.caisson.nativedriver.cgroup.systemd.Scopes;
import dev.caisson.nativedriver.kernel.Kernel;
import dev.caisson.nativedriver.machine.MachineFacts;

/** Whether this driver on this machine can honour what it is asked for. Thread-safe; blocks for some file look-ups. */
public final class CommandChecks {
    private final Kernel kernel;
    private final MachineFacts machine;
    private final boolean cgroups;
    private final boolean systemd;
    private final DeviceChecks devices;
    private final RootfsChecks rootfs;
    private final MountChecks mounts;
    private final HookChecks hooks;
    private final ProcessChecks process;

    /** @param cgroups there are some in which containers get theirs */
    public CommandChecks(Kernel kernel, MachineFacts machine, boolean cgroups) {
        HostPaths paths = new HostPaths(kernel);
        this.kernel = kernel;
        this.machine = machine;
        this.cgroups = cgroups;
        this.systemd = !machine.confined() && Scopes.areThere(kernel);
        this.devices = new DeviceChecks(kernel);
        this.rootfs = new RootfsChecks(paths);
        this.mounts = new MountChecks(kernel, machine, paths);
        this.hooks = new HookChecks(paths);
        this.process = new ProcessChecks(machine);
    }

    /**
     * Checks the Command of a new container.
     *
     * @throws dev.caisson.driver.DriverException with everything that speaks against it: of kind USER (an
     *     {@link dev.caisson.driver.InvalidCommandException}), UNSUPPORTED or MACHINE
     */
    public void check(Command command) {
        Findings findings = Findings.atRoot();
        process.checkInit(findings.at("process"), command);
        rootfs.check(findings.at("rootfs"), command);
        NamespaceChecks.check(findings, command, machine, cgroups);
        NetworkChecks.check(findings.at("network"), command.network(), machine, kernel);
        mounts.check(findings, command);
        if (machine.confined()) {
            devices.check(findings, command);
        }
        PlacementChecks.check(findings, command, cgroups, systemd);
        SecurityChecks.check(findings.at("security"), command, machine);
        hooks.check(findings.at("hooks"), command.hooks());
        findings.refuse("check command \"" + command.id() + "\"");
    }

    /**
     * Checks whether a container of that Command can be written to a checkpoint, and brought back from one.
     *
     * @param doing what is being done, for messages
     * @throws dev.caisson.driver.DriverException of kind UNSUPPORTED with everything that speaks against it
     */
    public void checkCheckpoint(String doing, Command command) {
        Findings findings = Findings.atRoot();
        CheckpointChecks.check(findings, command);
        findings.refuse(doing);
    }

    /**
     * Checks a further process in a container.
     *
     * @param container the Command that the container was made of
     * @throws dev.caisson.driver.DriverException as {@link #check}
     */
    public void checkExec(Command container, ProcessConfig config) {
        Findings findings = Findings.atRoot();
        process.checkExec(findings, container, config);
        findings.refuse("check a process for container \"" + container.id() + "\"");
    }
}
