// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.seccomp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caisson.driver.command.Capability;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What Docker's profiles make rules depend on ("includes" and "excludes").
 *
 * @param capabilities of the container
 * @param architecture Go's name for the machine's, such as amd64
 * @param kernel its version, such as 6.18.4
 */
record ProfileConditions(Set<Capability> capabilities, String architecture, String kernel) {
    static ProfileConditions ofMachine(Set<Capability> capabilities) {
        String arch = System.getProperty("os.arch", "");
        return new ProfileConditions(
                capabilities, arch.equals("aarch64") ? "arm64" : arch, System.getProperty("os.version", "0"));
    }

    /** A rule is in force if all of its includes hold and none of its excludes does. */
    boolean hold(JsonNode rule) {
        JsonNode includes = rule.path("includes");
        JsonNode excludes = rule.path("excludes");
        boolean included = architectureIn(includes, true)
                && texts(includes.path("caps")).stream().allMatch(this::has)
                && (!includes.hasNonNull("minKernel")
                        || kernelIsAtLeast(includes.path("minKernel").asText()));
        boolean excluded = architectureIn(excludes, false)
                || texts(excludes.path("caps")).stream().anyMatch(this::has)
                || (excludes.hasNonNull("minKernel")
                        && kernelIsAtLeast(excludes.path("minKernel").asText()));
        return included && !excluded;
    }

    private boolean architectureIn(JsonNode condition, boolean ifAbsent) {
        List<String> names = texts(condition.path("arches"));
        return names.isEmpty() ? ifAbsent : names.contains(architecture);
    }

    private boolean has(String capability) {
        return capabilities.contains(Capability.parse(capability));
    }

    private boolean kernelIsAtLeast(String wanted) {
        int[] ours = numbers(kernel);
        int[] theirs = numbers(wanted);
        return ours[0] > theirs[0] || (ours[0] == theirs[0] && ours[1] >= theirs[1]);
    }

    private static int[] numbers(String version) {
        String[] parts = version.split("[^0-9]+");
        return new int[] {Integer.parseInt(parts[0]), parts.length > 1 ? Integer.parseInt(parts[1]) : 0};
    }

    static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(element -> texts.add(element.asText()));
        return texts;
    }
}
