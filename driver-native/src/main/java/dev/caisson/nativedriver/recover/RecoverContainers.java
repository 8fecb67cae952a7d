// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.recover;

import dev.caisson.driver.DriverException;
import dev.caisson.driver.ProcessIdentity;
import dev.caisson.driver.Signal;
import dev.caisson.nativedriver.cgroup.CgroupManager;
import dev.caisson.nativedriver.cgroup.CgroupPlace;
import dev.caisson.nativedriver.container.ActiveContainer;
import dev.caisson.nativedriver.container.ActiveContainers;
import dev.caisson.nativedriver.container.ContainerParts;
import dev.caisson.nativedriver.container.Stage;
import dev.caisson.nativedriver.event.EventHub;
import dev.caisson.nativedriver.plan.PlanKind;
import dev.caisson.nativedriver.record.ContainerRecord;
import dev.caisson.nativedriver.shim.HeldState;
import dev.caisson.nativedriver.shim.Milestone;
import dev.caisson.nativedriver.shim.Reply;
import dev.caisson.nativedriver.shim.Shim;
import dev.caisson.nativedriver.shim.ShimProcess;
import dev.caisson.nativedriver.stdio.Spools;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes containers again of what the shim tells of. What has nobody to go on with it is removed: a container that was being
 * made when its engine died, the end of a further process or of a hook that nobody waits for.
 */
public final class RecoverContainers implements Shim.Adopter {
    private static final Logger log = LoggerFactory.getLogger(RecoverContainers.class);

    private final CgroupManager cgroups;
    private final ActiveContainers containers;
    private final EventHub events;
    private final List<ActiveContainer> recovered = new CopyOnWriteArrayList<>();
    private final List<ShimProcess> abandoned = new CopyOnWriteArrayList<>();

    public RecoverContainers(CgroupManager cgroups, ActiveContainers containers, EventHub events) {
        this.cgroups = cgroups;
        this.containers = containers;
        this.events = events;
    }

    @Override
    public ShimProcess.Listener adopt(ShimProcess process, Reply.Held held) {
        boolean isInit = held.kind() == PlanKind.INIT.value();
        if (!isInit || held.state() == HeldState.CREATING) {
            if (held.kind() != PlanKind.EXEC.value() || held.state() != HeldState.RUNNING) {
                abandoned.add(process);
            }
            return ShimProcess.Listener.NONE;
        }
        try {
            return recover(process, held);
        } catch (DriverException e) {
            log.error("Container \"{}\" can't be taken over and is killed", held.id(), e);
            abandoned.add(process);
            return ShimProcess.Listener.NONE;
        }
    }

    private ActiveContainer recover(ShimProcess process, Reply.Held held) {
        ContainerRecord kept = ContainerRecord.decode("take over container \"" + held.id() + "\"", held.blob());
        CgroupPlace place =
                CgroupPlace.of(kept.command().cgroup(), kept.command().id().value());
        ActiveContainer container = new ActiveContainer(
                kept.command(),
                new ContainerParts(
                        place,
                        cgroups.joins(place),
                        kept.reportFiles(),
                        new Spools(held.stdout().consumed(), held.stderr().consumed())),
                stage(held, place),
                containers,
                events);
        container.recovered(process, new ProcessIdentity(held.pid(), held.startTime()));
        containers.add(container);
        recovered.add(container);
        return container;
    }

    private Stage stage(Reply.Held held, CgroupPlace place) {
        if (held.state() == HeldState.READY) {
            return Stage.CREATED;
        }
        boolean frozen = held.state() == HeldState.RUNNING
                && cgroups.open(held.id(), place, held.pid()).isFrozen();
        return frozen ? Stage.PAUSED : Stage.RUNNING;
    }

    /** Returns those that were taken over, in the order of their ids. */
    public List<ActiveContainer> recovered() {
        return recovered.stream()
                .filter(container -> container.stage() != Stage.CLEANED)
                .sorted((a, b) -> a.id().compareTo(b.id()))
                .toList();
    }

    /** Removes what nobody goes on with. Returns when it is gone; called once the shim has told of all. */
    public void removeAbandoned() {
        for (ShimProcess process : abandoned) {
            if (!process.hasReached(Milestone.EXITED)) {
                process.signal(Signal.KILL.number());
                process.awaitUninterruptibly(Milestone.EXITED);
            }
            process.clean();
        }
        abandoned.clear();
    }
}
