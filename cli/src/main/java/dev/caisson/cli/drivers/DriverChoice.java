// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.drivers;

import dev.caisson.cli.UsageException;
import dev.caisson.cli.options.OptionsBinder;
import dev.caisson.driver.Availability;
import dev.caisson.driver.Driver;
import dev.caisson.driver.DriverContext;
import dev.caisson.driver.DriverException;
import dev.caisson.driver.DriverProvider;
import dev.caisson.driver.Drivers;
import dev.caisson.driver.ErrorKind;
import dev.caisson.driver.InvalidCommandException;
import dev.caisson.driver.StandardErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which driver is used.
 *
 * @param name the one that was asked for; empty for the first by priority that opens. Opening tells what probing would: it is
 *     tried at once, since probing costs time that every run would pay
 * @param options as text
 */
public record DriverChoice(Optional<String> name, Map<String, String> options) {
    /**
     * Opens it.
     *
     * @throws UsageException if its options have mistakes
     * @throws DriverException {@link StandardErrorCode#NO_SUCH_DRIVER} if none of that name is there or, with every
     *     driver's reason, if none can work here; what {@link DriverProvider#open} throws
     */
    public Driver open(DriverContext context) {
        if (name.isPresent()) {
            return open(Drivers.named(name.get()), context);
        }
        List<DriverProvider> providers = Drivers.all();
        List<DriverException> refusals = new ArrayList<>();
        for (DriverProvider provider : providers) {
            try {
                return open(provider, context);
            } catch (DriverException refused) {
                if (refused.kind() != ErrorKind.MACHINE) {
                    throw refused;
                }
                refusals.add(refused);
            }
        }
        throw refusals.size() == 1 ? refusals.get(0) : none(refusals);
    }

    /**
     * Returns why a container could not be run: that no driver can work here at all, if that is so, else the failure itself. Only
     * a failure is worth the time of probing.
     */
    public DriverException explain(DriverException failure) {
        if (failure.code() == StandardErrorCode.NO_SUCH_DRIVER) {
            return failure;
        }
        List<DriverProvider> candidates = name.map(Drivers::named).map(List::of).orElseGet(Drivers::all);
        List<String> reasons = new ArrayList<>();
        for (DriverProvider provider : candidates) {
            Availability availability = provider.probe();
            if (availability.isAvailable()) {
                return failure;
            }
            availability
                    .obstacles()
                    .forEach(obstacle -> reasons.add("driver " + provider.name() + " can't work here: "
                            + obstacle.what() + "; " + obstacle.remedy()));
        }
        return new DriverException(
                StandardErrorCode.NOT_PERMITTED,
                "run a container",
                String.join("\n", reasons),
                "caisson doctor tells more",
                failure);
    }

    private Driver open(DriverProvider provider, DriverContext context) {
        return provider.open(context, bound(provider));
    }

    private Record bound(DriverProvider provider) {
        try {
            return OptionsBinder.bind(provider.name(), provider.defaultOptions(), options);
        } catch (InvalidCommandException invalid) {
            throw new UsageException(invalid.mistakes().stream()
                    .map(mistake -> "--driver-opt " + mistake)
                    .toList());
        }
    }

    private static DriverException none(List<DriverException> refusals) {
        StringBuilder reasons = new StringBuilder(refusals.isEmpty() ? "there is none" : "none can work here");
        refusals.forEach(refusal -> reasons.append('\n').append(refusal.getMessage()));
        return new DriverException(
                StandardErrorCode.NO_SUCH_DRIVER,
                "choose a driver",
                reasons.toString(),
                refusals.isEmpty() ? "put a driver's jar on the class path" : "");
    }
}
