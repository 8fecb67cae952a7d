// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.caisson.driver.InvalidCommandException;
import dev.caisson.driver.Option;
import dev.caisson.driver.resources.ByteSize;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OptionsBinderTest {
    enum CgroupDriver {
        CGROUPFS,
        SYSTEM_D
    }

    record All(
            @Option("Text") String text,
            @Option("Truth") boolean truth,
            @Option("Number") int number,
            @Option("Large number") long largeNumber,
            @Option("Directory") Path stateDirectory,
            @Option("Time") Duration stopTimeout,
            @Option("Size") ByteSize size,
            @Option("Choice") CgroupDriver cgroupDriver,
            @Option("Names") List<String> names,
            @Option("Perhaps") Optional<Path> perhaps) {}

    private static final All DEFAULTS = new All(
            "a",
            false,
            1,
            2,
            Path.of("/x"),
            Duration.ofSeconds(10),
            ByteSize.ofMib(1),
            CgroupDriver.CGROUPFS,
            List.of(),
            Optional.empty());

    @Test
    void everyTypeIsBound() {
        Record bound = OptionsBinder.bind(
                "d",
                DEFAULTS,
                Map.of(
                        "text", "b",
                        "truth", "true",
                        "number", "-3",
                        "large-number", "5000000000",
                        "state-directory", "/y",
                        "stop-timeout", "1m30s",
                        "size", "64m",
                        "cgroup-driver", "system-d",
                        "names", "p,q",
                        "perhaps", "/z"));
        assertEquals(
                new All(
                        "b",
                        true,
                        -3,
                        5_000_000_000L,
                        Path.of("/y"),
                        Duration.ofSeconds(90),
                        ByteSize.ofMib(64),
                        CgroupDriver.SYSTEM_D,
                        List.of("p", "q"),
                        Optional.of(Path.of("/z"))),
                bound);
    }

    @Test
    void whatIsNotGivenStaysAsItWas() {
        assertSame(DEFAULTS, OptionsBinder.bind("d", DEFAULTS, Map.of()));
        All bound = (All) OptionsBinder.bind("d", DEFAULTS, Map.of("number", "7"));
        assertEquals(7, bound.number());
        assertEquals(DEFAULTS.stopTimeout(), bound.stopTimeout());
    }

    @Test
    void anUnknownNameGetsASuggestion() {
        assertMistake("cgroupDriver: there is no such option; did you mean cgroup-driver?", "cgroupDriver", "x");
        assertMistake(
                "zzz: there is no such option; choose one of text, truth, number, large-number, state-directory, "
                        + "stop-timeout, size, cgroup-driver, names, perhaps",
                "zzz",
                "x");
    }

    @Test
    void anUnreadableValueSaysWhatWouldBeRight() {
        assertMistake("number: \"x\" can't be read; give a whole number", "number", "x");
        assertMistake("truth: \"yes\" can't be read; give true or false", "truth", "yes");
        assertMistake("state-directory: \"y\" can't be read; give an absolute path", "state-directory", "y");
        assertMistake("cgroup-driver: \"x\" can't be read; give cgroupfs|system-d", "cgroup-driver", "x");
        assertMistake("size: \"x\" can't be read; give a size such as 64m", "size", "x");
        assertMistake(
                "stop-timeout: \"10x\" can't be read; give a time such as 500ms, 10s or 1m30s", "stop-timeout", "10x");
    }

    private static void assertMistake(String expected, String name, String value) {
        Map<String, String> given = Map.of(name, value);
        InvalidCommandException refused =
                assertThrows(InvalidCommandException.class, () -> OptionsBinder.bind("d", DEFAULTS, given));
        assertEquals(expected, refused.mistakes().get(0).toString());
    }

    @Test
    void fieldsAreDescribed() {
        List<OptionField> fields = OptionsBinder.fields(All.class);
        assertEquals("stop-timeout", fields.get(5).name());
        assertEquals("Time", fields.get(5).help());
        assertEquals("10s", OptionsBinder.text(fields.get(5), DEFAULTS));
        assertEquals("text, ...", fields.get(8).type());
        assertEquals("none", OptionsBinder.text(fields.get(9), DEFAULTS));
    }
}
