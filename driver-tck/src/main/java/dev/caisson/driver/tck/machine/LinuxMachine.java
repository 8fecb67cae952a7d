// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.machine;

import dev.caisson.driver.ProcessIdentity;
import dev.caisson.driver.Signal;
import dev.caisson.driver.command.Capability;
import dev.caisson.driver.tck.leak.Census;
import dev.caisson.driver.tck.leak.LinuxCensus;
import dev.caisson.driver.tck.leak.Marks;
import dev.caisson.driver.tck.leak.NetworkLinks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** This machine, as /proc and /sys tell of it. Thread-safe. */
public final class LinuxMachine implements Machine {
    private static final LinuxMachine THIS = new LinuxMachine();

    private final List<Census> censuses = LinuxCensus.all();
    private final Optional<DeviceNumber> blockDevice = findBlockDevice();
    private final String hugepageSize = findHugepageSize();
    private final CgroupLayout layout = CgroupLayout.read();
    private final Map<Limit, LimitFile> limits = new EnumMap<>(Limit.class);

    private LinuxMachine() {
        LimitTrial trial = new LimitTrial(
                CgroupLayout.read(),
                hugepageSize,
                blockDevice.map(DeviceNumber::toString).orElse("0:0"));
        for (Limit limit : Limit.values()) {
            trial.file(limit).ifPresent(file -> limits.put(limit, file));
        }
    }

    /** Returns this machine. */
    public static Machine current() {
        return THIS;
    }

    private static Optional<DeviceNumber> findBlockDevice() {
        try (Stream<Path> devices = Files.list(Path.of("/sys/block"))) {
            return devices.filter(device -> !device.getFileName().toString().matches("(loop|ram|zram|sr|fd).*"))
                    .sorted()
                    .map(device -> read(device.resolve("dev")).strip().split(":"))
                    .filter(numbers -> numbers.length == 2)
                    .map(numbers -> new DeviceNumber(Long.parseLong(numbers[0]), Long.parseLong(numbers[1])))
                    .findFirst();
        } catch (IOException absent) {
            return Optional.empty();
        }
    }

    private static String findHugepageSize() {
        return Files.exists(Path.of("/sys/kernel/mm/hugepages/hugepages-2048kB")) ? "2MB" : "1GB";
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException absent) {
            return "";
        }
    }

    @Override
    public Optional<String> lacks(Facility facility) {
        return LinuxFacilities.lacks(facility, this);
    }

    @Override
    public Optional<String> lacks(Limit limit) {
        if (limit == Limit.RDMA && findRdmaDevice().isEmpty()) {
            return Optional.of("this machine has no RDMA device");
        }
        return limits.containsKey(limit)
                ? Optional.empty()
                : Optional.of("this kernel gives no limit " + limit + ": controller "
                        + Stream.of(limit.controller(), limit.unifiedController())
                                .filter(name -> !name.isEmpty())
                                .findFirst()
                                .orElse("")
                        + " isn't mounted, has no such file, or takes no value");
    }

    @Override
    public LimitFile file(Limit limit) {
        LimitFile file = limits.get(limit);
        if (file == null) {
            throw new IllegalArgumentException("this machine lacks " + limit);
        }
        return file;
    }

    @Override
    public int processors() {
        return Runtime.getRuntime().availableProcessors();
    }

    @Override
    public String hugepageSize() {
        return hugepageSize;
    }

    @Override
    public DeviceNumber blockDevice() {
        return blockDevice.orElseThrow();
    }

    Optional<DeviceNumber> findDevice() {
        return blockDevice;
    }

    @Override
    public String rdmaDevice() {
        return findRdmaDevice().orElseThrow();
    }

    private static Optional<String> findRdmaDevice() {
        try (Stream<Path> devices = Files.list(Path.of("/sys/class/infiniband"))) {
            return devices.map(device -> device.getFileName().toString())
                    .sorted()
                    .findFirst();
        } catch (IOException absent) {
            return Optional.empty();
        }
    }

    /** What a behaviour prepares on the host may take more rights than the driver has. */
    private static void assumeRoot(String doing) {
        Assumptions.assumeTrue(LinuxFacilities.isRoot(), () -> "only root could " + doing);
    }

    @Override
    public Fixture mountTmpfs(Path target, String options) {
        assumeRoot("mount something");
        HostTool.run("mount", "-t", "tmpfs", "-o", options.replace(",shared", ""), "caisson-tck", target.toString());
        HostTool.run("mount", options.endsWith(",shared") ? "--make-shared" : "--make-private", target.toString());
        return () -> HostTool.run("umount", target.toString());
    }

    @Override
    public Fixture networkDevice(String name) {
        assumeRoot("make a network device");
        HostTool.run(
                "ip",
                "link",
                "add",
                "name",
                name,
                "type",
                LinuxFacilities.deviceType().orElseThrow());
        return () -> removeLink(name);
    }

    @Override
    public boolean hasLink(String name) {
        return NetworkLinks.names().contains(name);
    }

    @Override
    public void removeLink(String name) {
        if (hasLink(name)) {
            HostTool.run("ip", "link", "delete", name);
        }
    }

    @Override
    public Optional<String> hear(String host, int port, Duration patience) {
        long begin = System.nanoTime();
        do {
            try (Socket socket = new Socket(host, port)) {
                socket.shutdownOutput();
                return Optional.of(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException nobody) {
                // Nothing tells when somebody in another network namespace begins to listen.
                Thread.onSpinWait();
            }
        } while (System.nanoTime() - begin < patience.toNanos());
        return Optional.empty();
    }

    @Override
    public void own(Path file, int uid, int gid) {
        assumeRoot("give files away");
        try {
            Files.setAttribute(file, "unix:uid", uid);
            Files.setAttribute(file, "unix:gid", gid);
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    @Override
    public String log() {
        return HostTool.attempt("dmesg").said();
    }

    @Override
    public String schema() {
        return read(Path.of("/sys/fs/resctrl/schemata"))
                .lines()
                .findFirst()
                .orElse("")
                .strip();
    }

    @Override
    public void removeCgroup(String path) {
        layout.hierarchies().forEach(root -> {
            try {
                Files.deleteIfExists(root.resolve(path.substring(1)));
            } catch (IOException inUse) {
                throw new UncheckedIOException(inUse);
            }
        });
    }

    @Override
    public void signal(ProcessIdentity process, Signal signal) {
        HostTool.run("kill", "-" + signal.number(), Long.toString(process.pid()));
    }

    @Override
    public String namespace(String kind) {
        return link(Path.of("/proc/self/ns", kind));
    }

    private static String link(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public String hostname() {
        return read(Path.of("/proc/sys/kernel/hostname")).strip();
    }

    /** Whether this process itself has a capability. */
    boolean may(Capability capability) {
        return (Long.parseUnsignedLong(status("CapEff"), 16) >>> capability.number() & 1) == 1;
    }

    @Override
    public Set<Capability> capabilities() {
        long bounding = Long.parseUnsignedLong(status("CapBnd"), 16);
        Set<Capability> present = EnumSet.noneOf(Capability.class);
        Arrays.stream(Capability.values())
                .filter(capability -> (bounding >>> capability.number() & 1) == 1)
                .forEach(present::add);
        return present;
    }

    private static String status(String field) {
        return read(Path.of("/proc/self/status"))
                .lines()
                .filter(line -> line.startsWith(field + ":"))
                .map(line -> line.substring(field.length() + 1).strip())
                .findFirst()
                .orElseThrow();
    }

    @Override
    public String descriptor(int number) {
        Path descriptor = Path.of("/proc/self/fd", Integer.toString(number));
        try {
            return Files.getAttribute(descriptor, "unix:dev") + ":" + Files.getAttribute(descriptor, "unix:ino");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public Set<String> keyrings() {
        Set<String> serials = new HashSet<>();
        read(Path.of("/proc/keys"))
                .lines()
                .filter(line -> line.contains(" keyring "))
                .forEach(line -> serials.add(line.split(" ")[0]));
        return serials;
    }

    @Override
    public void mark(ProcessIdentity process, Marks marks) {
        String own = read(Path.of("/proc/self/cgroup"));
        read(Path.of("/proc", Long.toString(process.pid()), "cgroup"))
                .lines()
                .filter(line -> own.lines().noneMatch(line::equals))
                .forEach(line -> marks.cgroup(line.substring(line.indexOf(':', line.indexOf(':') + 1) + 1)));
    }

    @Override
    public boolean isAlive(ProcessIdentity process) {
        String stat = read(Path.of("/proc", Long.toString(process.pid()), "stat"));
        if (stat.isEmpty()) {
            return false;
        }
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return Long.parseLong(fields[19]) == process.startTime() && !fields[0].equals("Z") && !fields[0].equals("X");
    }

    @Override
    public List<Census> censuses() {
        return censuses;
    }
}
