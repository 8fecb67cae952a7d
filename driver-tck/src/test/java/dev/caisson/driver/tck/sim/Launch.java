// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.sim;

import dev.caisson.driver.ContainerId;
import dev.caisson.driver.DriverException;
import dev.caisson.driver.LaunchException;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.driver.command.Command;
import dev.caisson.driver.command.ContainerPath;
import dev.caisson.driver.command.DeviceNode;
import dev.caisson.driver.command.IdMappings;
import dev.caisson.driver.command.Mount;
import dev.caisson.driver.command.NamespaceChoice;
import dev.caisson.driver.command.Namespaces;
import dev.caisson.driver.command.NetworkInterface;
import dev.caisson.driver.command.Rootfs;
import dev.caisson.driver.command.Scheduler;
import dev.caisson.driver.command.Seccomp;
import dev.caisson.driver.tck.machine.Limit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes a simulated container of a Command. */
final class Launch {
    private static final Pattern NAMESPACE = Pattern.compile("/proc/([0-9]+|self)/ns/([a-z]+)");

    private final BreakableDriver driver;
    private final SimulatedMachine machine;
    private final Fault fault;
    private final Command command;
    private final Command spec;
    private final String doing;

    Launch(BreakableDriver driver, Command command) {
        this.driver = driver;
        this.machine = driver.machine();
        this.fault = driver.fault();
        this.command = command;
        this.spec = Misread.of(command, fault);
        this.doing = "create container \"" + command.id() + "\"";
    }

    SimulatedContainer make() {
        Path scratch = newScratch();
        Optional<Vfs> joined = joinedFiles();
        Vfs files = joined.isPresent() ? joined.get() : newFiles(scratch);
        boolean own = spec.network().namespace() instanceof NamespaceChoice.Private;
        SimulatedContainer.Parts parts = new SimulatedContainer.Parts(
                namespaces(), files, new Net(spec.network(), own, fault), idMappings(), scratch);
        return new SimulatedContainer(driver, command, spec, parts);
    }

    /** Returns the files of the container whose mount namespace is to be entered. */
    private Optional<Vfs> joinedFiles() {
        if (fault.is(Wrong.JOINS_NOBODY)) {
            return Optional.empty();
        }
        return switch (spec.namespaces().mount()) {
            case NamespaceChoice.OfContainer other ->
                Optional.of(require(other.id()).files());
            case NamespaceChoice.AtPath at ->
                entered("mnt", at.path()).map(process -> process.container().files());
            case NamespaceChoice.Private own -> Optional.empty();
            case NamespaceChoice.Host host -> Optional.empty();
        };
    }

    private Vfs newFiles(Path scratch) {
        Vfs files = new Vfs(machine);
        try {
            mountRoot(files, scratch);
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
            throw failure(String.valueOf(refused.getMessage()));
        }
    }

    private LaunchException failure(String why) {
        return new LaunchException(StandardErrorCode.LAUNCH_FAILED, doing, "make", 0, 125, why, "mend it", null);
    }

    /** Made by whoever needs it. */
    private Path newScratch() {
        return Path.of(
                System.getProperty("java.io.tmpdir"),
                "caisson-simulated-" + ProcessHandle.current().pid() + "-" + machine.hashCode() + "-"
                        + machine.nextNumber());
    }

    private void mountRoot(Vfs files, Path scratch) throws Refused {
        Rootfs rootfs = spec.rootfs();
        boolean readonly = rootfs.readonly();
        String type = "ext4";
        String data = "rw";
        long limit = Long.MAX_VALUE;
        Tree tree = switch (rootfs.source()) {
            case Rootfs.Directory directory -> {
                if (!Files.isDirectory(directory.path())) {
                    if (fault.is(Wrong.TAKES_ANY_ROOT)) {
                        yield new Tree.Fresh(scratch.resolve("root"));
                    }
                    throw new Refused(directory.path() + ": No such directory");
                }
                yield fault.is(Wrong.SHOWS_THE_HOSTS_FILES)
                        ? new Tree.Layers(directory.path(), List.of(Path.of("/")))
                        : new Tree.Plain(directory.path());
            }
            case Rootfs.Overlay overlay -> {
                readonly |= overlay.writable().isEmpty() && !fault.is(Wrong.MAKES_LAYERS_WRITABLE);
                type = "overlay";
                data = "rw," + String.join(",", overlay.options());
                checkLayers(overlay);
                yield new Tree.Layers(
                        overlay.writable().map(Rootfs.WritableLayer::upper).orElse(scratch.resolve("upper")),
                        overlay.layers());
            }
            case Rootfs.HostCopy copy -> {
                limit = copy.limit().isUnlimited()
                        ? Long.MAX_VALUE
                        : copy.limit().bytes();
                yield new Tree.Layers(scratch.resolve("upper"), List.of(Path.of("/")));
            }
        };
        files.mount(new MountPoint(
                "/",
                tree,
                List.of(readonly ? "ro" : "rw", "relatime"),
                rootfs.propagation(),
                type,
                "root",
                data,
                limit,
                "",
                Optional.empty()));
    }

    private void checkLayers(Rootfs.Overlay overlay) throws Refused {
        for (Path layer : overlay.layers()) {
            if (!Files.isDirectory(layer) && !fault.is(Wrong.SKIPS_LAYERS_THAT_ARE_MISSING)) {
                throw new Refused(layer + ": No such directory");
            }
        }
        if (overlay.writable().isPresent()
                && Files.isDirectory(overlay.writable().get().work())) {
            try {
                Files.createDirectories(overlay.writable().get().work().resolve("work"));
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }

    private void checkProfile() {
        if (spec.security().seccomp() instanceof Seccomp.Profile profile && !fault.is(Wrong.TAKES_ANY_ARCHITECTURE)) {
            for (String architecture : profile.architectures()) {
                if (!architecture.equals("SCMP_ARCH_X86")) {
                    throw new DriverException(
                            StandardErrorCode.INVALID_ARGUMENT,
                            doing,
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
                files.kernelFile(machine.file(limit).path(), () -> LimitValues.of(limit, driver.limitsOf(spec.id())));
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
                case NetworkInterface.Veth veth -> machine.addLink(veth.bridge());
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

    private Map<String, String> namespaces() {
        Namespaces asked = spec.namespaces();
        Map<String, String> found = new TreeMap<>();
        found.put(
                "mnt",
                fault.is(Wrong.SHARES_THE_HOSTS_MOUNTS) ? machine.namespace("mnt") : namespace("mnt", asked.mount()));
        found.put("pid", namespace("pid", asked.pid()));
        found.put("ipc", namespace("ipc", asked.ipc()));
        found.put("uts", namespace("uts", asked.uts()));
        found.put("cgroup", namespace("cgroup", asked.cgroup()));
        found.put("user", namespace("user", asked.user().choice()));
        found.put("time", namespace("time", asked.time().choice()));
        found.put("net", namespace("net", spec.network().namespace()));
        return found;
    }

    private String namespace(String kind, NamespaceChoice choice) {
        return switch (choice) {
            case NamespaceChoice.Private own -> kind + ":[" + machine.nextNumber() + "]";
            case NamespaceChoice.Host host -> machine.namespace(kind);
            case NamespaceChoice.OfContainer other ->
                fault.is(Wrong.JOINS_NOBODY)
                        ? machine.namespace(kind)
                        : require(other.id()).namespaces().getOrDefault(kind, "");
            case NamespaceChoice.AtPath at -> atPath(kind, at.path());
        };
    }

    private SimulatedContainer require(ContainerId id) {
        return driver.require("join container \"" + id + "\"", id);
    }

    private String atPath(String kind, Path path) {
        if (fault.is(Wrong.JOINS_NOBODY)) {
            return machine.namespace(kind);
        }
        return entered(kind, path)
                .map(process -> process.container().namespaces().getOrDefault(kind, ""))
                .orElseGet(() -> machine.namespace(kind));
    }

    /** Returns the process whose namespace is at a path, or nothing if it is the engine's own. */
    private Optional<SimulatedProcess> entered(String kind, Path path) {
        Matcher matcher = NAMESPACE.matcher(path.toString());
        boolean fits = matcher.matches() && (matcher.group(2).equals(kind) || fault.is(Wrong.ENTERS_ANY_NAMESPACE));
        if (!fits) {
            throw failure(path + " is no " + kind + " namespace");
        }
        if (matcher.group(1).equals("self")) {
            return Optional.empty();
        }
        Optional<SimulatedProcess> process = machine.process(Long.parseLong(matcher.group(1)));
        if (process.isEmpty()) {
            throw failure(path + ": No such file or directory");
        }
        return process;
    }

    private IdMappings idMappings() {
        return switch (spec.namespaces().user().choice()) {
            case NamespaceChoice.Private own -> spec.namespaces().user().mappings();
            case NamespaceChoice.OfContainer other -> require(other.id()).idMappings();
            case NamespaceChoice.Host host -> IdMappings.none();
            case NamespaceChoice.AtPath at -> IdMappings.none();
        };
    }
}
