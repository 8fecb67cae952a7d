// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.sim;

import dev.caisson.driver.ContainerId;
import dev.caisson.driver.ContainerState;
import dev.caisson.driver.DriverContext;
import dev.caisson.driver.DriverException;
import dev.caisson.driver.Feature;
import dev.caisson.driver.InvalidCommandException;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.driver.Unsupported;
import dev.caisson.driver.check.Checked;
import dev.caisson.driver.check.Checker;
import dev.caisson.driver.resources.Resources;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** What the parts of a simulated driver share: its containers, and who refuses what isn't there or doesn't run. */
final class Engine {
    static final String NAME = "breakable-1";

    private final SimulatedMachine machine;
    private final Fault fault;
    private final Set<Feature> features;
    private final DriverContext context;
    private final StateRoot root;
    private final EventHub events;
    private final FeatureChecks checks;
    private volatile boolean closed;

    Engine(SimulatedMachine machine, Fault fault, Set<Feature> features, DriverContext context) {
        this.machine = machine;
        this.fault = fault;
        this.features = features.contains(Feature.RECOVER) && context.lifetime() == DriverContext.Lifetime.TIED
                ? without(features, Feature.RECOVER)
                : features;
        this.context = context;
        this.root = machine.stateRoot(fault.is(Wrong.MIXES_STATE_ROOTS) ? Path.of("/") : context.stateRoot());
        boolean first = root.taken().compareAndSet(false, true);
        if (!first && !fault.is(Wrong.SHARES_A_STATE_ROOT) && !fault.is(Wrong.MIXES_STATE_ROOTS)) {
            throw new DriverException(
                    StandardErrorCode.ID_TAKEN,
                    "open " + context.stateRoot(),
                    "another engine has it",
                    "close that one");
        }
        this.events = new EventHub(fault);
        this.checks = new FeatureChecks(NAME, this.features, machine, fault);
        if (fault.is(Wrong.LOSES_CONTAINERS_OF_ITS_FORERUNNER)) {
            root.containers().clear();
        }
    }

    static Set<Feature> without(Set<Feature> features, Feature feature) {
        Set<Feature> copy = EnumSet.copyOf(features);
        copy.remove(feature);
        return copy;
    }

    SimulatedMachine machine() {
        return machine;
    }

    Fault fault() {
        return fault;
    }

    Set<Feature> features() {
        return features;
    }

    StateRoot root() {
        return root;
    }

    EventHub events() {
        return events;
    }

    FeatureChecks checks() {
        return checks;
    }

    Path stateRoot() {
        return context.stateRoot();
    }

    boolean isLasting() {
        return context.lifetime() == DriverContext.Lifetime.LASTING && !fault.is(Wrong.TIES_LASTING_CONTAINERS);
    }

    Resources limitsOf(ContainerId id) {
        return Optional.ofNullable(root.containers().get(id))
                .map(one -> one.usage().limits())
                .orElse(Resources.none());
    }

    boolean isClosed() {
        return closed;
    }

    void close() {
        closed = true;
        root.taken().set(false);
    }

    static String doing(String verb, ContainerId id) {
        return verb + " container \"" + id + "\"";
    }

    void checkOpen(String doing) {
        if (closed) {
            throw new DriverException(StandardErrorCode.DRIVER_CLOSED, doing, "the driver was closed", "open it again");
        }
    }

    void needs(String doing, Feature feature) {
        checkOpen(doing);
        if (!features.contains(feature) && !fault.is(Wrong.IGNORES_WHAT_IT_LACKS)) {
            throw Unsupported.feature(NAME, doing, feature);
        }
    }

    void checkMistakes(String doing, String path, Checked checked) {
        Checker checker = Checker.atRoot();
        checked.check(checker.at(path));
        if (!checker.mistakes().isEmpty() && !fault.is(Wrong.TAKES_MISTAKES)) {
            throw new InvalidCommandException(doing, checker.mistakes());
        }
    }

    SimulatedContainer require(String doing, ContainerId id) {
        checkOpen(doing);
        SimulatedContainer container = root.containers().get(id);
        if (container == null) {
            throw new DriverException(
                    StandardErrorCode.NO_SUCH_CONTAINER, doing, "there is no \"" + id + "\"", "name another");
        }
        return container;
    }

    SimulatedContainer requireRunning(String doing, ContainerId id) {
        SimulatedContainer container = require(doing, id);
        boolean created = container.state() == ContainerState.CREATED && !fault.is(Wrong.STATE_STAYS_CREATED);
        boolean runs = !created && container.state() != ContainerState.EXITED;
        if (!runs && !fault.is(Wrong.TAKES_ENDED_FOR_RUNNING)) {
            throw new DriverException(StandardErrorCode.NOT_RUNNING, doing, "it does not run", "start it");
        }
        return container;
    }
}
