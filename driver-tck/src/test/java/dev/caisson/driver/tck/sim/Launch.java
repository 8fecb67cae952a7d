// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.sim;

import dev.caisson.driver.DriverException;
import dev.caisson.driver.LaunchException;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.driver.command.Command;
import dev.caisson.driver.command.ContainerPath;
import dev.caisson.driver.command.DeviceNode;
import dev.caisson.driver.command.Mount;
import dev.caisson.driver.command.NamespaceChoice;
import dev.caisson.driver.command.Namespaces;
import dev.caisson.driver.command.NetworkInterface;
import dev.caisson.driver.command.Scheduler;
import dev.caisson.driver.command.Seccomp;
import dev.caisson.driver.tck.machine.Limit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Makes a simulated container of a Command. */
final class Launch {
    private final Engine engine;
    private final Starts starts;
    private final SimulatedMachine machine;
    private final Fault fault;
    private final Command command;
    private final Command spec;

    Launch(Engine engine, Starts starts, Command command) {
        this.engine = engine;
        this.starts = starts;
        this.machine = engine.machine();
        this.fault = engine.fault();
        this.command = command;
        this.spec = Misread.of(command, fault);
    }

    SimulatedContainer make() {
        Path scratch = newScratch();
        NamespaceMaker namespaces = new NamespaceMaker(engine, spec);
        Optional<Vfs> joined = namespaces.joinedFiles();
        Vfs files = joined.isPresent() ? joined.get() : newFiles(scratch);
        boolean own = spec.network().namespace() instanceof NamespaceChoice.Private;
        Surroundings surroundings = new Surroundings(
                namespaces.namespaces(),
                files,
                new Net(machine.bridges(), spec.network(), own, fault),
                namespaces.idMappings(),
                scratch);
        return new SimulatedContainer(engine, starts, command, spec, surroundings);
    }

    private Vfs newFiles(Path scratch) {
        Vfs files = new Vfs(machine);
        try {
            new RootMaker(fault, spec.rootfs(), scratch).mount(files);
            checkProfile();
            kernelFiles(files);
            MountMaker maker = new MountMaker(
                    machine, files, scratch, fault, spec.security().mountLabel());
            for (Mount mount : spec.mounts()) {
                maker.make(mount);
            }
            limits(files);
            nodes(files);
            hide(files);
            workingDirectory(files);
            if (!fault.is(Wrong.TAKES_ANYBODY)) {
                Identity.of(files, spec.process());
            }
            checkSysctl();
            checkInterfaces();
            return files;
        } catch (Refused refused) {
            throw failure(spec, String.valueOf(refused.getMessage()));
        }
    }

    private static String doing(Command spec) {
        return Engine.doing("create", spec.id());
    }

    static LaunchException failure(Command spec, String why) {
        return new LaunchException(StandardErrorCode.LAUNCH_FAILED, doing(spec), "make", 0, 125, why, "mend it", null);
    }

    /** Made by whoever needs it. What nobody takes away is gone with the state root. */
    private Path newScratch() {
        return engine.stateRoot().resolve("scratch-" + machine.nextNumber());
    }

    private void checkProfile() {
        if (spec.security().seccomp() instanceof Seccomp.Profile profile && !fault.is(Wrong.TAKES_ANY_ARCHITECTURE)) {
            for (String architecture : profile.architectures()) {
                if (!architecture.equals("SCMP_ARCH_X86")) {
                    throw new DriverException(
                            StandardErrorCode.INVALID_ARGUMENT,
                            doing(spec),
                            "there is no architecture " + architecture,
                            "name one of libseccomp's");
                }
            }
        }
    }

    private void kernelFiles(Vfs files) {
        Namespaces namespaces = spec.namespaces();
        boolean own = !(namespaces.uts() instanceof NamespaceChoice.Host);
        files.kernelFile(
                "/proc/sys/kernel/hostname",
                () -> own ? spec.hostname().orElse(machine.hostname()) : machine.hostname());
        files.kernelFile("/proc/sys/kernel/domainname", () -> spec.domainname().orElse("(none)"));
        files.kernelFile("/proc/timer_list", () -> "timers of the host");
        files.kernelFile("/proc/sysrq-trigger", () -> "");
        spec.sysctl().forEach((name, value) -> files.kernelFile("/proc/sys/" + name.replace('.', '/'), () -> value));
        spec.intelRdt()
                .ifPresent(rdt -> files.kernelFile(
                        "/resctrl/" + rdt.closId().orElse("") + "/schemata", () -> String.join("\n", rdt.schemata())));
    }

    private void limits(Vfs files) {
        if (spec.mounts().stream().noneMatch(mount -> mount.kind() instanceof Mount.Cgroup)) {
            return;
        }
        for (Limit limit : Limit.values()) {
            if (machine.lacks(limit).isEmpty()) {
                files.kernelFile(machine.file(limit).path(), () -> LimitValues.of(limit, engine.limitsOf(spec.id())));
            }
        }
        files.kernelFile("/sys/fs/cgroup/cgroup.procs", () -> "1");
    }

    private void nodes(Vfs files) throws Refused {
        for (DeviceNode node : spec.devices()) {
            String path = node.path().value();
            if (fault.is(Wrong.FOLLOWS_LINKS_OUT_OF_THE_ROOT)) {
                makeOutside(files, path);
            }
            files.node(files.resolve(path), node);
        }
        if (spec.process().terminal()) {
            long owner = fault.is(Wrong.TERMINALS_BELONG_TO_ROOT) ? 0 : owner(files);
            ContainerPath path = ContainerPath.of("/dev/pts/0");
            files.node(path.value(), new DeviceNode(path, DeviceNode.Type.CHARACTER, 136, 0, 0620, owner, 5));
        }
    }

    private long owner(Vfs files) throws Refused {
        return Identity.of(files, spec.process()).uid();
    }

    private static void makeOutside(Vfs files, String path) {
        Path host = files.mountOf("/").tree().forWriting(path.substring(1));
        if (Files.exists(host.getParent()) && !path.startsWith("/dev/")) {
            try {
                Files.createFile(host);
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }

    private void hide(Vfs files) throws Refused {
        for (ContainerPath path : spec.security().maskedPaths()) {
            if (fault.is(Wrong.FOLLOWS_LINKS_OUT_OF_THE_ROOT)) {
                emptyOutside(files, path.value());
            }
            files.mask(ContainerPath.of(files.resolve(path.value())));
        }
        for (ContainerPath path : spec.security().readonlyPaths()) {
            files.keep(ContainerPath.of(files.resolve(path.value())));
        }
        if (fault.is(Wrong.MASKS_MAY_BE_WRITTEN)) {
            files.openMasks();
        }
    }

    private static void emptyOutside(Vfs files, String path) {
        Path host = files.mountOf("/").tree().forWriting(path.substring(1));
        if (Files.isSymbolicLink(host)) {
            try {
                Files.writeString(host, "");
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }

    private void workingDirectory(Vfs files) throws Refused {
        if (spec.process().cwd().isEmpty() || fault.is(Wrong.MAKES_NO_WORKING_DIRECTORY)) {
            return;
        }
        String path = spec.process().cwd().get().value();
        if (fault.is(Wrong.FOLLOWS_LINKS_OUT_OF_THE_ROOT)) {
            Path host = files.mountOf("/").tree().forWriting(path.substring(1));
            try {
                Files.createDirectories(host);
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
        try {
            files.makeDirectories(path);
        } catch (Refused refused) {
            throw new Refused("working directory " + path + ": " + refused.getMessage());
        }
    }

    private void checkSysctl() throws Refused {
        if (fault.is(Wrong.SKIPS_SETTINGS_THAT_FAIL)) {
            return;
        }
        for (Map.Entry<String, String> setting : spec.sysctl().entrySet()) {
            if (setting.getKey().contains("no_such") || setting.getValue().startsWith("no ")) {
                throw new Refused("set " + setting.getKey() + ": Invalid argument");
            }
        }
    }

    private void checkInterfaces() throws Refused {
        for (NetworkInterface one : spec.network().interfaces()) {
            switch (one) {
                case NetworkInterface.Veth veth -> {
                    if (machine.bridges().hasTaken(veth) && !fault.is(Wrong.SHARES_ADDRESSES)) {
                        throw new Refused("the address " + veth.addresses().get(0) + " is another container's");
                    }
                    machine.addLink(veth.bridge());
                }
                case NetworkInterface.HostDevice device -> {
                    if (!machine.hasLink(device.hostName()) && !fault.is(Wrong.SKIPS_DEVICES_THAT_ARE_MISSING)) {
                        throw new Refused("there is no network device " + device.hostName());
                    }
                    if (fault.is(Wrong.KEEPS_THE_HOSTS_DEVICE)) {
                        machine.removeLink(device.hostName());
                    }
                }
            }
        }
        for (Scheduler scheduler : spec.process().scheduler().stream().toList()) {
            if (scheduler.policy() == Scheduler.Policy.DEADLINE && !machine.admits(scheduler)) {
                throw new Refused("sched_setattr: Device or resource busy");
            }
        }
    }
}
