// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** The drivers on the class path or module path, found by {@link ServiceLoader}. */
public final class Drivers {
    private Drivers() {}

    /**
     * Returns every provider, the highest priority first.
     *
     * @throws DriverException {@link StandardErrorCode#NO_SUCH_DRIVER} if one can't be loaded, or two have the same name
     */
    public static List<DriverProvider> all() {
        List<DriverProvider> found = new ArrayList<>();
        try {
            ServiceLoader.load(DriverProvider.class).forEach(found::add);
        } catch (ServiceConfigurationError broken) {
            throw new DriverException(
                    StandardErrorCode.NO_SUCH_DRIVER,
                    "find drivers",
                    "one of them can't be loaded: " + broken.getMessage(),
                    "mend or remove its jar",
                    broken);
        }
        for (DriverProvider provider : found) {
            if (found.stream()
                            .filter(other -> other.name().equals(provider.name()))
                            .count()
                    > 1) {
                throw new DriverException(
                        StandardErrorCode.NO_SUCH_DRIVER,
                        "find drivers",
                        "the name \"" + provider.name() + "\" is taken twice",
                        "remove one of the jars");
            }
        }
        found.sort(Comparator.comparingInt(DriverProvider::priority).reversed().thenComparing(DriverProvider::name));
        return List.copyOf(found);
    }

    /**
     * Returns the provider of that name.
     *
     * @throws DriverException {@link StandardErrorCode#NO_SUCH_DRIVER} with the names that there are
     */
    public static DriverProvider named(String name) {
        List<DriverProvider> all = all();
        return all.stream()
                .filter(provider -> provider.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new DriverException(
                        StandardErrorCode.NO_SUCH_DRIVER,
                        "find driver \"" + name + "\"",
                        "there is none of that name",
                        all.isEmpty() ? "put a driver's jar on the class path" : "choose one of " + names(all)));
    }

    /**
     * Returns the provider of the highest priority that can work on this machine. Blocks while they are tried.
     *
     * @throws DriverException {@link StandardErrorCode#NO_SUCH_DRIVER} with every provider's obstacles, if none can
     */
    public static DriverProvider available() {
        List<DriverProvider> all = all();
        List<String> refusals = new ArrayList<>();
        for (DriverProvider provider : all) {
            Availability availability = provider.probe();
            if (availability.isAvailable()) {
                return provider;
            }
            availability
                    .obstacles()
                    .forEach(obstacle ->
                            refusals.add(provider.name() + ": " + obstacle.what() + "; " + obstacle.remedy()));
        }
        throw new DriverException(
                StandardErrorCode.NO_SUCH_DRIVER,
                "choose a driver",
                refusals.isEmpty() ? "there is none" : "none can work here\n  " + String.join("\n  ", refusals),
                refusals.isEmpty() ? "put a driver's jar on the class path" : "");
    }

    /**
     * Opens the driver of that name with its default options, for containers that end with this process.
     *
     * @throws DriverException as {@link #named} and {@link DriverProvider#open}
     */
    public static Driver open(String name) {
        DriverProvider provider = named(name);
        return provider.open(DriverContext.tied(), provider.defaultOptions());
    }

    private static String names(List<DriverProvider> providers) {
        return providers.stream().map(DriverProvider::name).collect(Collectors.joining(", "));
    }
}
