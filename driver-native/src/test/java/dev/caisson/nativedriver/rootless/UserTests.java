// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.rootless;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;

/**
 * What became of tests that another user has run.
 *
 * @param passed how many
 * @param failed their names, with why
 * @param skipped how many
 */
record UserTests(long passed, List<String> failed, long skipped) {
    /**
     * Runs the tests of a class.
     *
     * @param before what root's shell does first
     */
    static UserTests run(OrdinaryUser user, List<String> before, Class<?> tests)
            throws IOException, InterruptedException {
        Process process = user.start(before, user.java(AsUser.class, tests.getName()));
        List<String> lines;
        try (BufferedReader output = process.inputReader()) {
            lines = output.lines().toList();
        }
        assertEquals(0, process.waitFor(), user.complaints());
        return new UserTests(
                lines.stream().filter(line -> line.startsWith("passed ")).count(),
                lines.stream().filter(line -> line.startsWith("failed ")).toList(),
                lines.stream().filter(line -> line.startsWith("skipped ")).count());
    }
}
