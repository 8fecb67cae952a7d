// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.probe;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Makes argument lists of the probe: {@link #at} where it is installed, {@link #inline} where there is only a shell. */
public final class Probe {
    /** Where the kit's root filesystem has it. */
    public static final String PATH = "/bin/probe";

    private static final String SCRIPT = read();

    private Probe() {}

    private static String read() {
        try (InputStream script = Probe.class.getResourceAsStream("probe.sh")) {
            if (script == null) {
                throw new IllegalStateException("probe.sh is missing beside " + Probe.class);
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Returns the text of the program. */
    public static String script() {
        return SCRIPT;
    }

    /** Returns the argv that runs these steps where the probe is installed at {@link #PATH}. */
    public static List<String> at(List<Step> steps) {
        List<String> arguments = new ArrayList<>(List.of(PATH));
        steps.forEach(step -> arguments.addAll(step.arguments()));
        return arguments;
    }

    /** Returns the argv that runs these steps where there is a POSIX shell and busybox, but no probe. */
    public static List<String> inline(List<Step> steps) {
        List<String> arguments = new ArrayList<>(List.of("/bin/sh", "-c", SCRIPT, "probe"));
        steps.forEach(step -> arguments.addAll(step.arguments()));
        return arguments;
    }

    /**
     * Returns the steps that an argv of this class runs.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static List<Step> steps(List<String> argv) {
        if (argv.get(0).equals(PATH)) {
            return Step.parse(argv.subList(1, argv.size()));
        }
        if (argv.size() > 3 && argv.get(2).equals(SCRIPT)) {
            return Step.parse(argv.subList(4, argv.size()));
        }
        throw new IllegalArgumentException("no probe: " + argv);
    }
}
