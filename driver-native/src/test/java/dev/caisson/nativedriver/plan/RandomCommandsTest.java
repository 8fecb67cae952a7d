// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.driver.ContainerId;
import dev.caisson.driver.DriverException;
import dev.caisson.driver.command.Command;
import dev.caisson.nativedriver.kernel.Descriptor;
import dev.caisson.nativedriver.kernel.KernelException;
import dev.caisson.nativedriver.record.RandomRecords;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whatever a Command holds, its plan is well formed and has everything of it, or there is an error and no plan. */
class RandomCommandsTest {
    private static final int TRIES = 600;

    /** A command of random parts, without those that contradict the others. */
    private static Command command(long seed) {
        RandomRecords random = new RandomRecords(seed, false);
        Command command = TestPlans.bare().build();
        for (RecordComponent component : Command.class.getRecordComponents()) {
            if (component.getType() != ContainerId.class) {
                command = with(command, component.getName(), random.make(component.getGenericType()));
            }
        }
        return command;
    }

    /** The same with another value of one component, or as it is if that may not be. */
    private static Command with(Command command, String name, Object value) {
        try {
            RecordComponent[] components = Command.class.getRecordComponents();
            Class<?>[] types = new Class<?>[components.length];
            Object[] values = new Object[components.length];
            for (int i = 0; i < components.length; i++) {
                types[i] = components[i].getType();
                values[i] = components[i].getName().equals(name)
                        ? value
                        : components[i].getAccessor().invoke(command);
            }
            return Command.class.getDeclaredConstructor(types).newInstance(values);
        } catch (InvocationTargetException contradiction) {
            return command;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void everyPlanIsWellFormed() {
        int planned = 0;
        List<Integer> closed = new ArrayList<>();
        List<Integer> opened = new ArrayList<>();
        InitPlanner planner = TestPlans.planner(id -> {
            opened.add(opened.size());
            return new Descriptor(opened.size() - 1, "init", closed::add);
        });
        for (long seed = 0; seed < TRIES; seed++) {
            if (isPlanned(planner, command(seed), "seed " + seed)) {
                planned++;
            }
            assertEquals(opened.size(), closed.size(), "what was opened is closed again");
        }
        assertTrue(planned > 50, planned + " were planned");
    }

    private static boolean isPlanned(InitPlanner planner, Command command, String seed) {
        try (LaunchPlan plan = planner.plan(command, TestPlans.CGROUPS, List.of(), LaunchOptions.none())) {
            PlanDecoder decoded = new PlanDecoder(plan);
            assertEquals(command.process().args(), decoded.one(EntryType.ARGV).strings(), seed);
            assertEquals(
                    command.process().rlimits().size(),
                    decoded.all(EntryType.RLIMIT).size(),
                    seed);
            assertEquals(
                    command.hooks().createContainer().size(),
                    decoded.all(EntryType.HOOK_CREATE).size(),
                    seed);
            assertTrue(decoded.all(EntryType.MOUNT).size() >= command.mounts().size(), seed);
            return true;
        } catch (DriverException | KernelException refused) {
            // A namespace or root that is at no real place.
            return false;
        }
    }
}
