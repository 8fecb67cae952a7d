// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup;

import dev.caisson.driver.DriverException;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.driver.resources.Resources;
import dev.caisson.driver.stats.ResourceStats;
import dev.caisson.nativedriver.cgroup.controller.Freezer;
import dev.caisson.nativedriver.cgroup.controller.OomWatch;
import dev.caisson.nativedriver.cgroup.systemd.Scope;
import dev.caisson.nativedriver.cgroup.systemd.Scopes;
import dev.caisson.nativedriver.cgroup.v1.EventfdOomWatch;
import dev.caisson.nativedriver.cgroup.v1.RetryFreezer;
import dev.caisson.nativedriver.cgroup.v2.EventFreezer;
import dev.caisson.nativedriver.cgroup.v2.InotifyOomWatch;
import dev.caisson.nativedriver.kernel.Errno;
import dev.caisson.nativedriver.kernel.Kernel;
import dev.caisson.nativedriver.kernel.KernelException;
import dev.caisson.nativedriver.kernel.Poller;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * The cgroup of a running container: one directory in every tree. It keeps nothing open and has no state of its own; safe
 * for use by many threads, but updates of one container must not overlap.
 */
public final class Cgroup {
    private static final int SIGKILL = 9;

    private final Kernel kernel;
    private final Poller poller;
    private final String container;
    private final Optional<Scope> scope;
    private final Scopes scopes;
    private final List<CgroupDirectory> directories;
    private final int init;

    Cgroup(
            Kernel kernel,
            Poller poller,
            String container,
            Optional<Scope> scope,
            Scopes scopes,
            List<CgroupDirectory> directories,
            int init) {
        this.init = init;
        this.kernel = kernel;
        this.poller = poller;
        this.container = container;
        this.scope = scope;
        this.scopes = scopes;
        this.directories = List.copyOf(directories);
    }

    /**
     * Changes limits. Those that are empty stay as they are.
     *
     * @throws DriverException when one is refused; then all are as they were
     */
    public void update(Resources resources) {
        LimitUpdate update = new LimitUpdate(kernel, container, directories);
        update.apply(resources);
        scope.ifPresent(unit -> {
            scopes.update(container, unit, resources);
            // systemd has written them as it keeps them, which may be rounded.
            update.apply(resources);
        });
    }

    /**
     * What it has used so far.
     *
     * @param init a process of the container, in whose network namespace the interfaces are counted
     */
    public ResourceStats stats(int init) {
        return new CgroupStats(kernel.files(), directories).read(init);
    }

    /** Its processes, those in cgroups of its own making included, by pid. */
    public List<Integer> processes() {
        return processDirectory()
                .map(directory -> new CgroupProcesses(kernel.files()).of(directory.path()))
                .orElseGet(() -> new NamespaceProcesses(kernel.files()).of(init));
    }

    /**
     * Stops all its processes; returns when they have stopped.
     *
     * @throws DriverException when the machine has no freezer, or they do not stop; then they go on
     */
    public void freeze() throws InterruptedException {
        needFreezer().freeze();
    }

    /** Lets them go on. */
    public void thaw() {
        needFreezer().thaw();
    }

    /** Whether they are stopped. */
    public boolean isFrozen() {
        try {
            return freezer().map(Freezer::isFrozen).orElse(false);
        } catch (KernelException e) {
            // Its last process may have ended, and the shim removed it, at any moment.
            if (e.is(Errno.ENOENT, Errno.ENODEV)) {
                return false;
            }
            throw e;
        }
    }

    /** Sends a signal to every process, by its number. Killing a frozen container thaws it as far as that is needed. */
    public void signalAll(int signal) throws InterruptedException {
        SignalAll all = new SignalAll(kernel, freezer().orElse(null), this::processes);
        Optional<CgroupDirectory> directory = processDirectory();
        if (directory.isPresent()) {
            all.send(signal, directory.get());
        } else if (signal == SIGKILL) {
            // The kernel kills the rest of a pid namespace with its init.
            all.signalOne(init, signal);
        } else {
            all.signalEach(signal);
        }
    }

    /**
     * Tells when the kernel kills a process for want of memory; at once when it has done so already.
     *
     * @param onKill gets how often that happened so far; at once in this thread, later on a virtual one; may block
     * @return empty when this machine has no memory controller
     */
    public Optional<OomWatch> watchOom(LongConsumer onKill) {
        return directories.stream()
                .filter(directory -> directory.has("memory"))
                .findFirst()
                .map(directory -> switch (directory.hierarchy().version()) {
                    case V1 -> new EventfdOomWatch(kernel, poller, directory.path(), onKill);
                    case V2 -> new InotifyOomWatch(kernel, poller, directory.path(), onKill);
                });
    }

    /** Where it is in each tree. */
    public List<CgroupRoot> roots() {
        return directories.stream().map(CgroupRoot::of).toList();
    }

    /** The directory by whose file its processes are stopped; empty when the machine has no freezer. */
    public Optional<String> freezerDirectory() {
        return eventFreezer().or(this::retryFreezer).map(CgroupDirectory::path);
    }

    /** Where its processes are looked for: version 2, which can also kill them at once, else any tree. */
    private Optional<CgroupDirectory> processDirectory() {
        return UnifiedSettings.directory(directories)
                .or(() -> directories.stream().findFirst());
    }

    private Freezer needFreezer() {
        return freezer().orElseThrow(() -> lacks("freeze", "this machine has no freezer in its cgroups"));
    }

    private Optional<Freezer> freezer() {
        Optional<Freezer> events = eventFreezer().map(directory -> new EventFreezer(kernel, poller, directory.path()));
        return events.or(() -> retryFreezer().map(directory -> new RetryFreezer(kernel.files(), directory.path())));
    }

    private Optional<CgroupDirectory> eventFreezer() {
        return UnifiedSettings.directory(directories)
                .filter(directory -> directory.files().contains(EventFreezer.FREEZE));
    }

    private Optional<CgroupDirectory> retryFreezer() {
        return directories.stream()
                .filter(directory -> directory.has("freezer"))
                .findFirst();
    }

    private DriverException lacks(String doing, String why) {
        return new DriverException(
                StandardErrorCode.CONTROLLER_LACKS,
                doing + " of container \"" + container + "\"",
                why,
                "mount cgroup2, of Linux 5.2 or later");
    }
}
