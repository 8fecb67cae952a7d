// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.chaos;

import dev.caisson.driver.Container;
import dev.caisson.driver.ContainerId;
import dev.caisson.driver.ContainerState;
import dev.caisson.driver.Driver;
import dev.caisson.driver.DriverContext;
import dev.caisson.driver.DriverContext.Lifetime;
import dev.caisson.driver.DriverProvider;
import dev.caisson.driver.Drivers;
import dev.caisson.driver.ExitStatus;
import dev.caisson.driver.pipes.Input;
import dev.caisson.driver.pipes.Output;
import dev.caisson.driver.pipes.Pipes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the engine after a killed one finds.
 *
 * @param recovered how many containers it took over to their ends
 * @param faults everything that was lost
 */
record Recovery(int recovered, List<String> faults) {
    static Recovery of(Path root, Ledger ledger) throws IOException, InterruptedException {
        List<String> faults = new ArrayList<>();
        int recovered = 0;
        try (Driver driver = engine(root)) {
            Map<ContainerId, Container> held = new HashMap<>();
            driver.recover().forEach(container -> held.put(container.id(), container));
            for (ContainerId id : ledger.allStarted()) {
                Container container = held.get(id);
                if (container != null) {
                    recovered++;
                    faults.addAll(follow(container, ledger));
                } else if (!ledger.isFinished(id)) {
                    faults.add(id + " was started, and the next engine doesn't know it");
                }
            }
            for (Container container : held.values()) {
                driver.terminate(container.id());
                driver.clean(container.id());
            }
        }
        return new Recovery(recovered, faults);
    }

    static Driver engine(Path root) {
        DriverProvider provider = Drivers.named("native");
        return provider.open(new DriverContext(root, Lifetime.LASTING), provider.defaultOptions());
    }

    private static List<String> follow(Container container, Ledger ledger) throws IOException, InterruptedException {
        List<String> faults = new ArrayList<>();
        if (container.state() == ContainerState.CREATED) {
            faults.add(container.id() + " was started, and is now said to be only created");
            return faults;
        }
        ByteArrayOutputStream later = new ByteArrayOutputStream();
        container.attach(
                new Pipes.Streams(new Input.Empty(), new Output.ToStream(later), new Output.Discard(), List.of()));
        ExitStatus status = container.await();
        int number = Workload.number(container.id());
        if (status.shellCode() != Workload.exitCode(number)) {
            faults.add(container.id() + " ended with " + status.termination() + " instead of "
                    + Workload.exitCode(number));
        }
        if (!covers(ledger.read(container.id()), later.toByteArray(), Workload.output(number))) {
            faults.add(container.id() + " lost output: " + ledger.read(container.id()).length + " bytes before, "
                    + later.size() + " after, of " + Workload.output(number).length);
        }
        return faults;
    }

    /** What was read before is a beginning, what came later is an end, and nothing is missing between. */
    private static boolean covers(byte[] before, byte[] later, byte[] all) {
        return before.length + later.length >= all.length
                && before.length <= all.length
                && later.length <= all.length
                && Arrays.equals(before, 0, before.length, all, 0, before.length)
                && Arrays.equals(later, 0, later.length, all, all.length - later.length, all.length);
    }
}
