// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.driver.Driver;
import dev.caisson.driver.DriverException;
import dev.caisson.driver.ErrorKind;
import dev.caisson.driver.Feature;
import dev.caisson.driver.tck.field.FieldPath;
import dev.caisson.driver.tck.machine.Facility;
import dev.caisson.driver.tck.machine.Limit;
import dev.caisson.driver.tck.machine.Machine;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.function.Executable;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/** Decides whether a behaviour has to work or to be refused, and by whose fault. */
final class Refusals {
    private Refusals() {}

    /** What has to become of a behaviour. */
    sealed interface Verdict {
        /** It works. */
        record Works() implements Verdict {}

        /**
         * The driver refuses it, and names one of these; or the machine is the reason for what the driver lacks, and it may
         * say that.
         */
        record Unsupported(List<String> names, boolean machineLacks) implements Verdict {}

        /** The driver refuses it for want of this. */
        record MachineLacks(String what) implements Verdict {}
    }

    /** Skips a behaviour that can't be seen on this machine. */
    static void assumeObservable(@Nullable Needs needs, Machine machine) {
        if (needs == null) {
            return;
        }
        for (Facility facility : needs.toObserve()) {
            machine.lacks(facility).ifPresent(lack -> Assumptions.abort("not observable here: " + lack));
        }
        for (Limit limit : needs.limitsToObserve()) {
            machine.lacks(limit).ifPresent(lack -> Assumptions.abort("not observable here: " + lack));
        }
    }

    static Verdict expected(Method behaviour, Driver driver, Machine machine) {
        Needs needs = behaviour.getAnnotation(Needs.class);
        if (needs == null) {
            return new Verdict.Works();
        }
        List<String> absent = Arrays.stream(needs.value())
                .filter(feature -> !driver.features().contains(feature))
                .map(Feature::name)
                .toList();
        if (!absent.isEmpty()) {
            List<String> names = new ArrayList<>(absent);
            Observes observes = behaviour.getAnnotation(Observes.class);
            if (observes != null) {
                Arrays.stream(observes.value()).map(FieldPath::names).forEach(names::addAll);
            }
            return new Verdict.Unsupported(names, lacking(needs, machine).isPresent());
        }
        return lacking(needs, machine).<Verdict>map(Verdict.MachineLacks::new).orElseGet(Verdict.Works::new);
    }

    private static Optional<String> lacking(Needs needs, Machine machine) {
        Optional<String> facility = Arrays.stream(needs.machine())
                .flatMap(one -> machine.lacks(one).stream())
                .findFirst();
        return facility.or(() -> Arrays.stream(needs.limits())
                .flatMap(one -> machine.lacks(one).stream())
                .findFirst());
    }

    static void carryOut(Verdict expected, Executable behaviour) throws Throwable {
        switch (expected) {
            case Verdict.Works works -> behaviour.execute();
            case Verdict.Unsupported unsupported -> {
                DriverException refusal = refusal(
                        behaviour, "the driver lacks " + unsupported.names().get(0));
                if (unsupported.machineLacks() && refusal.kind() == ErrorKind.MACHINE) {
                    return;
                }
                assertEquals(ErrorKind.UNSUPPORTED, refusal.kind(), () -> "the kind of: " + refusal.getMessage());
                String message = String.valueOf(refusal.getMessage());
                assertTrue(
                        unsupported.names().stream().anyMatch(message::contains),
                        () -> "one of " + unsupported.names() + " named in: " + message);
            }
            case Verdict.MachineLacks lack -> {
                DriverException refusal = refusal(behaviour, lack.what());
                assertEquals(ErrorKind.MACHINE, refusal.kind(), () -> "the kind of: " + refusal.getMessage());
                throw new TestAbortedException(
                        "refused as it has to be, because " + lack.what() + ": " + refusal.getMessage());
            }
        }
    }

    private static DriverException refusal(Executable behaviour, String why) throws Throwable {
        try {
            behaviour.execute();
        } catch (DriverException refusal) {
            return refusal;
        } catch (AssertionError failed) {
            // A behaviour that expects another exception meets the refusal first, and tells of it as the cause.
            if (failed.getCause() instanceof DriverException refusal) {
                return refusal;
            }
            throw new AssertionFailedError("no refusal although " + why + ", but: " + failed.getMessage(), failed);
        } catch (InterruptedException failed) {
            throw new AssertionFailedError("no refusal although " + why + ", but: " + failed.getMessage(), failed);
        }
        throw new AssertionFailedError("no refusal although " + why);
    }
}
