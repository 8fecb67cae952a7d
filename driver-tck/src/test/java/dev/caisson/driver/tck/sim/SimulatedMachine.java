// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.sim;

import dev.caisson.driver.ProcessIdentity;
import dev.caisson.driver.Signal;
import dev.caisson.driver.command.Capability;
import dev.caisson.driver.command.Scheduler;
import dev.caisson.driver.tck.leak.Census;
import dev.caisson.driver.tck.leak.Marks;
import dev.caisson.driver.tck.leak.Trace;
import dev.caisson.driver.tck.machine.DeviceNumber;
import dev.caisson.driver.tck.machine.Facility;
import dev.caisson.driver.tck.machine.Fixture;
import dev.caisson.driver.tck.machine.Limit;
import dev.caisson.driver.tck.machine.LimitFile;
import dev.caisson.driver.tck.machine.Machine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** A machine in memory: it knows what simulated containers have made and not taken away. */
final class SimulatedMachine implements Machine {
    private final Set<Facility> lackingFacilities;
    private final Set<Limit> lackingLimits;
    private final AtomicLong numbers = new AtomicLong(1000);
    private final Set<Trace> things = ConcurrentHashMap.newKeySet();
    private final Map<Long, SimulatedProcess> alive = new ConcurrentHashMap<>();
    private final Map<Path, String> hostMounts = new ConcurrentHashMap<>();
    private final Map<Path, String> owners = new ConcurrentHashMap<>();
    private final Map<Path, StateRoot> stateRoots = new ConcurrentHashMap<>();
    private final AtomicLong load = new AtomicLong();
    private final Set<String> links = ConcurrentHashMap.newKeySet();
    private final StringBuffer log = new StringBuffer();
    private final Lock reading = new ReentrantLock();
    private final Bridges bridges = new Bridges();

    private SimulatedMachine(Set<Facility> lackingFacilities, Set<Limit> lackingLimits) {
        this.lackingFacilities = lackingFacilities;
        this.lackingLimits = lackingLimits;
    }

    /** Returns a machine that has everything. */
    static SimulatedMachine complete() {
        return new SimulatedMachine(EnumSet.noneOf(Facility.class), EnumSet.noneOf(Limit.class));
    }

    /** Returns a machine that lacks all that the kit knows of. */
    static SimulatedMachine bare() {
        return new SimulatedMachine(EnumSet.allOf(Facility.class), EnumSet.allOf(Limit.class));
    }

    /** Returns what one that reads for all drivers holds. */
    Lock reading() {
        return reading;
    }

    Bridges bridges() {
        return bridges;
    }

    long nextNumber() {
        return numbers.incrementAndGet();
    }

    void put(Trace.Kind kind, String name) {
        things.add(new Trace(kind, name, name));
    }

    void remove(Trace.Kind kind, String name) {
        things.remove(new Trace(kind, name, name));
    }

    void born(SimulatedProcess process) {
        alive.put(process.identity().pid(), process);
    }

    void died(SimulatedProcess process) {
        alive.remove(process.identity().pid());
    }

    Optional<SimulatedProcess> process(long pid) {
        return Optional.ofNullable(alive.get(pid));
    }

    StateRoot stateRoot(Path path) {
        return stateRoots.computeIfAbsent(path, key -> new StateRoot());
    }

    /** Returns the options of the mounts of the host at and below a path. */
    Map<Path, String> mountsAt(Path path) {
        Map<Path, String> found = new java.util.TreeMap<>();
        hostMounts.forEach((target, options) -> {
            if (target.startsWith(path)) {
                found.put(target, options);
            }
        });
        return found;
    }

    /** Returns {@code uid:gid} of a file of the host. */
    String owner(Path path) {
        return owners.getOrDefault(path, "0:0");
    }

    void addLink(String name) {
        links.add(name);
        put(Trace.Kind.NETWORK_LINK, name);
    }

    /** The kernel takes deadlines only as long as there is time for them; without a period it is the deadline. */
    boolean admits(Scheduler scheduler) {
        long period = scheduler.period() == 0 ? scheduler.deadline() : scheduler.period();
        double sum = load.addAndGet(period == 0 ? 0 : 1000 * scheduler.runtime() / period);
        boolean whole = scheduler.runtime() > 0 && scheduler.deadline() > 0;
        return whole && sum <= 1000 * processors();
    }

    void forgetLoad() {
        load.set(0);
    }

    void log(String line) {
        log.append(line).append('\n');
    }

    @Override
    public Optional<String> lacks(Facility facility) {
        return lackingFacilities.contains(facility)
                ? Optional.of("the simulated machine has no " + facility)
                : Optional.empty();
    }

    @Override
    public Optional<String> lacks(Limit limit) {
        return lackingLimits.contains(limit)
                ? Optional.of("the simulated machine gives no " + limit)
                : Optional.empty();
    }

    @Override
    public LimitFile file(Limit limit) {
        return new LimitFile("/sys/fs/cgroup/" + limit.name(), limit.files().isEmpty());
    }

    @Override
    public int processors() {
        return 2;
    }

    @Override
    public String hugepageSize() {
        return "2MB";
    }

    @Override
    public DeviceNumber blockDevice() {
        return new DeviceNumber(254, 0);
    }

    @Override
    public String rdmaDevice() {
        return "rdma0";
    }

    @Override
    public Fixture mountTmpfs(Path target, String options) {
        hostMounts.put(target, options);
        return () -> hostMounts.remove(target);
    }

    @Override
    public Fixture networkDevice(String name) {
        links.add(name);
        return () -> links.remove(name);
    }

    @Override
    public boolean hasLink(String name) {
        return links.contains(name);
    }

    @Override
    public void removeLink(String name) {
        links.remove(name);
        remove(Trace.Kind.NETWORK_LINK, name);
    }

    @Override
    public Optional<String> hear(String host, int port, Duration patience) {
        return bridges.hear(host, port, patience);
    }

    @Override
    public void own(Path file, int uid, int gid) {
        owners.put(file, uid + ":" + gid);
    }

    @Override
    public String log() {
        return log.toString();
    }

    @Override
    public String schema() {
        return "L3:0=ff";
    }

    @Override
    public void removeCgroup(String path) {
        // Parents are not counted here.
    }

    @Override
    public void signal(ProcessIdentity process, Signal signal) {
        process(process.pid()).ifPresent(found -> found.signal(signal, true));
    }

    @Override
    public String namespace(String kind) {
        return kind + ":[1]";
    }

    @Override
    public String hostname() {
        return "simulated";
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.allOf(Capability.class);
    }

    @Override
    public String descriptor(int number) {
        try {
            Path path = Path.of("/proc/self/fd", Integer.toString(number));
            return Files.getAttribute(path, "unix:dev") + ":" + Files.getAttribute(path, "unix:ino");
        } catch (IOException closed) {
            throw new UncheckedIOException(closed);
        }
    }

    @Override
    public Set<String> keyrings() {
        return Set.of("00000001");
    }

    @Override
    public void mark(ProcessIdentity process, Marks marks) {
        // Everything here is ours.
    }

    @Override
    public boolean isAlive(ProcessIdentity process) {
        return process(process.pid())
                .filter(found -> found.identity().equals(process))
                .isPresent();
    }

    @Override
    public List<Census> censuses() {
        return List.of(new Census() {
            @Override
            public Set<Trace> take(Marks marks) {
                Set<Trace> all = new HashSet<>(things);
                alive.keySet().forEach(pid -> all.add(new Trace(Trace.Kind.PROCESS, pid.toString(), pid.toString())));
                return all;
            }

            @Override
            public boolean isOurs(Trace trace, Marks marks) {
                return true;
            }
        });
    }
}
