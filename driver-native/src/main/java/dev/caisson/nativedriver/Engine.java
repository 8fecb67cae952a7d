// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver;

import dev.caisson.driver.ContainerListener;
import dev.caisson.driver.DriverContext;
import dev.caisson.driver.DriverContext.Lifetime;
import dev.caisson.driver.DriverException;
import dev.caisson.driver.Feature;
import dev.caisson.driver.Subscription;
import dev.caisson.nativedriver.cgroup.CgroupLayout;
import dev.caisson.nativedriver.cgroup.CgroupManager;
import dev.caisson.nativedriver.cgroup.Delegation;
import dev.caisson.nativedriver.check.CommandChecks;
import dev.caisson.nativedriver.container.ActiveContainer;
import dev.caisson.nativedriver.container.ActiveContainers;
import dev.caisson.nativedriver.criu.Checkpoint;
import dev.caisson.nativedriver.criu.CriuTool;
import dev.caisson.nativedriver.event.EventHub;
import dev.caisson.nativedriver.hook.HookRunner;
import dev.caisson.nativedriver.kernel.Kernel;
import dev.caisson.nativedriver.kernel.Poller;
import dev.caisson.nativedriver.kernel.jnr.JnrKernel;
import dev.caisson.nativedriver.launch.ContainerNamespaces;
import dev.caisson.nativedriver.launch.InitLauncher;
import dev.caisson.nativedriver.launch.Launcher;
import dev.caisson.nativedriver.machine.MachineFacts;
import dev.caisson.nativedriver.machine.MachineReader;
import dev.caisson.nativedriver.network.Translations;
import dev.caisson.nativedriver.operation.AbandonContainer;
import dev.caisson.nativedriver.operation.AttachStreams;
import dev.caisson.nativedriver.operation.CgroupOf;
import dev.caisson.nativedriver.operation.CheckpointContainer;
import dev.caisson.nativedriver.operation.CleanContainer;
import dev.caisson.nativedriver.operation.ContainerHooks;
import dev.caisson.nativedriver.operation.CreateContainer;
import dev.caisson.nativedriver.operation.ExecProcess;
import dev.caisson.nativedriver.operation.KillAll;
import dev.caisson.nativedriver.operation.OomWatches;
import dev.caisson.nativedriver.operation.PauseContainer;
import dev.caisson.nativedriver.operation.ProcessesOf;
import dev.caisson.nativedriver.operation.RestoreContainer;
import dev.caisson.nativedriver.operation.RunContainer;
import dev.caisson.nativedriver.operation.StartContainer;
import dev.caisson.nativedriver.operation.StatsOf;
import dev.caisson.nativedriver.operation.TerminateContainer;
import dev.caisson.nativedriver.operation.UnpauseContainer;
import dev.caisson.nativedriver.operation.UpdateContainer;
import dev.caisson.nativedriver.plan.ExecPlanner;
import dev.caisson.nativedriver.plan.InitPlanner;
import dev.caisson.nativedriver.plan.RestorePlanner;
import dev.caisson.nativedriver.probe.MachineFeatures;
import dev.caisson.nativedriver.recover.RecoverContainers;
import dev.caisson.nativedriver.root.OrphanSweep;
import dev.caisson.nativedriver.root.StateRoot;
import dev.caisson.nativedriver.rootless.Rootless;
import dev.caisson.nativedriver.seccomp.SeccompCache;
import dev.caisson.nativedriver.shim.Shim;
import dev.caisson.nativedriver.shim.ShimMode;
import dev.caisson.nativedriver.stdio.AttachWiring;
import dev.caisson.nativedriver.stdio.ProcessStreams;
import dev.caisson.nativedriver.stdio.Pumps;
import dev.caisson.nativedriver.stdio.SpoolNames;
import dev.caisson.nativedriver.stdio.StreamWiring;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts of an open driver, put together. */
final class Engine implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Engine.class);

    /** Where the shim has its records, which CRIU has no need to see. */
    private static final String RECORDS = "c";

    /** How long close waits for streams that don't take what they are given. */
    private static final Duration STREAM_PATIENCE = Duration.ofSeconds(2);

    private final boolean lasting;
    private final Poller poller;
    private final EventHub events = new EventHub();
    private final ActiveContainers containers = new ActiveContainers();
    private final RecoverContainers recover;
    private final Shim shim;
    private final Supplier<Set<Feature>> features;
    private final CommandChecks checks;

    private final CreateContainer create;
    private final StartContainer start;
    private final RunContainer run;
    private final TerminateContainer terminate;
    private final CleanContainer clean;
    private final ExecProcess exec;
    private final AttachStreams attach;
    private final KillAll killAll;
    private final PauseContainer pause;
    private final UnpauseContainer unpause;
    private final UpdateContainer update;
    private final StatsOf stats;
    private final ProcessesOf processes;
    private final CriuTool criu;
    private final CheckpointContainer checkpoint;
    private final RestoreContainer restore;
    private final OomWatches oomWatches;

    private Engine(Kernel kernel, Poller poller, boolean lasting, Path root, NativeOptions options) {
        this.poller = poller;
        this.lasting = lasting;
        MachineFacts facts = MachineReader.read(kernel);
        CgroupLayout all = CgroupLayout.detect(kernel);
        CgroupLayout layout = facts.confined() ? Delegation.of(kernel, all) : all;
        facts.rootless().ifPresent(own -> warn(own, layout));
        CgroupManager cgroups = new CgroupManager(kernel, poller, layout);
        recover = new RecoverContainers(cgroups, containers, events);
        shim = Shim.open(kernel, lasting ? ShimMode.LASTING : ShimMode.TIED, root, recover);
        features = new Features(() -> MachineFeatures.of(kernel, facts, cgroups.layout(), lasting));
        checks = new CommandChecks(kernel, facts, !layout.hierarchies().isEmpty());
        ContainerNamespaces namespaces = new ContainerNamespaces(kernel, containers);
        SeccompCache seccomp = new SeccompCache(kernel, facts);
        Translations translations = new Translations(kernel);
        InitPlanner planner = new InitPlanner(kernel, facts, seccomp, namespaces, translations);

        Pumps pumps = new Pumps(kernel, poller);
        SpoolNames spools = new SpoolNames(root);
        StreamWiring piped = StreamWiring.piped(kernel, pumps);
        StreamWiring ofContainers = lasting ? StreamWiring.kept(kernel, pumps, spools) : piped;
        Launcher launcher = new Launcher(kernel, shim);
        InitLauncher inits = new InitLauncher(cgroups, planner, ofContainers, launcher, containers, events, lasting);
        ContainerHooks hooks = new ContainerHooks(new HookRunner(launcher, piped));
        AbandonContainer abandon = new AbandonContainer(launcher, hooks);
        CgroupOf cgroupOf = new CgroupOf(cgroups);
        create = new CreateContainer(inits, hooks, abandon);
        start = new StartContainer(hooks, abandon);
        terminate = new TerminateContainer();
        clean = new CleanContainer(hooks, terminate);
        run = new RunContainer(inits, create, start, clean, abandon, lasting);
        exec = new ExecProcess(
                checks, new ExecPlanner(kernel, facts, seccomp), kernel.files(), piped, launcher, events);
        attach = new AttachStreams(new AttachWiring(kernel, pumps, spools));
        killAll = new KillAll(cgroupOf);
        pause = new PauseContainer(cgroupOf, events);
        unpause = new UnpauseContainer(cgroupOf, events);
        update = new UpdateContainer(cgroupOf, events);
        stats = new StatsOf(cgroupOf);
        processes = new ProcessesOf(cgroupOf, kernel.files());
        criu = new CriuTool(
                kernel,
                poller,
                launcher,
                piped,
                options.criu(),
                facts.rootless().isEmpty());
        checkpoint = new CheckpointContainer(checks, cgroupOf, new Checkpoint(kernel, criu));
        restore = new RestoreContainer(
                checks,
                cgroups,
                criu,
                new RestorePlanner(kernel, facts, namespaces, translations),
                inits,
                hooks,
                abandon,
                root.resolve(RECORDS));
        oomWatches = new OomWatches(cgroupOf, containers, events);
    }

    /** What an ordinary user's containers lack, told once: who sees it can do something about it before it is asked for. */
    private static void warn(Rootless rootless, CgroupLayout cgroups) {
        List<String> lacking = new ArrayList<>();
        rootless.lacking().ifPresent(why -> lacking.add("containers have but one user: " + why));
        if (cgroups.of("memory").isEmpty()) {
            lacking.add("limits are refused: no cgroup with their controllers is delegated to this user");
        }
        if (!lacking.isEmpty()) {
            log.warn("without root, {}", String.join("; ", lacking));
        }
    }

    static Engine open(DriverContext context, NativeOptions options) {
        Kernel kernel = new JnrKernel();
        Path root = StateRoot.prepare(kernel, context);
        boolean lasting = context.lifetime() == Lifetime.LASTING;
        if (!lasting) {
            OrphanSweep.sweep(kernel, context.stateRoot().toAbsolutePath().normalize());
        }
        Poller poller = new Poller(kernel);
        try {
            Engine engine = new Engine(kernel, poller, lasting, root, options);
            engine.recover.removeAbandoned();
            return engine;
        } catch (RuntimeException | Error e) {
            poller.close();
            throw e;
        }
    }

    ActiveContainers containers() {
        return containers;
    }

    /** All that it can do on this machine. */
    Set<Feature> features() {
        if (!criu.isUsable()) {
            return features.get();
        }
        Set<Feature> all = EnumSet.copyOf(features.get());
        all.add(Feature.CHECKPOINT);
        return Collections.unmodifiableSet(all);
    }

    /** @throws DriverException UNSUPPORTED_FEATURE if no container can be checkpointed or restored here */
    void demandCriu(String doing) {
        criu.demand(doing);
    }

    /** Whether it can do one thing, but for checkpoints: whether it can do those takes longer to find out. */
    boolean has(Feature feature) {
        return features.get().contains(feature);
    }

    CommandChecks checks() {
        return checks;
    }

    RecoverContainers recover() {
        return recover;
    }

    CreateContainer create() {
        return create;
    }

    StartContainer start() {
        return start;
    }

    RunContainer run() {
        return run;
    }

    TerminateContainer terminate() {
        return terminate;
    }

    CleanContainer clean() {
        return clean;
    }

    ExecProcess exec() {
        return exec;
    }

    AttachStreams attach() {
        return attach;
    }

    KillAll killAll() {
        return killAll;
    }

    PauseContainer pause() {
        return pause;
    }

    UnpauseContainer unpause() {
        return unpause;
    }

    UpdateContainer update() {
        return update;
    }

    StatsOf stats() {
        return stats;
    }

    CheckpointContainer checkpoint() {
        return checkpoint;
    }

    RestoreContainer restore() {
        return restore;
    }

    ProcessesOf processes() {
        return processes;
    }

    Subscription subscribe(ContainerListener listener) {
        oomWatches.begin();
        return events.subscribe(listener);
    }

    @Override
    public void close() {
        if (lasting) {
            leaveStreams();
        } else {
            removeAll();
        }
        events.close();
        oomWatches.close();
        shim.close();
        poller.close();
    }

    /** Containers go on: what is not delivered yet is left for the next engine. */
    private void leaveStreams() {
        List<ProcessStreams> streams = containers.all().stream()
                .flatMap(container -> container.streams().stream())
                .toList();
        streams.forEach(ProcessStreams::close);
        long deadline = System.nanoTime() + STREAM_PATIENCE.toNanos();
        try {
            for (ProcessStreams each : streams) {
                each.awaitStopped(deadline);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void removeAll() {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            containers.all().forEach(container -> threads.execute(() -> remove(container)));
        }
    }

    private void remove(ActiveContainer container) {
        try {
            terminate.terminate(container);
            clean.clean(container);
        } catch (DriverException e) {
            log.error("Container \"{}\" could not be removed", container.id(), e);
        }
    }

    /** Finds the features out when they are first asked for: to start a container they are not needed. */
    private static final class Features implements Supplier<Set<Feature>> {
        private final Supplier<Set<Feature>> source;
        private volatile Set<Feature> known = Set.of();

        Features(Supplier<Set<Feature>> source) {
            this.source = source;
        }

        @Override
        public Set<Feature> get() {
            if (known.isEmpty()) {
                known = source.get();
            }
            return known;
        }
    }
}
