// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The end of {@code ./check}: the counts, and the exit code that continuous integration goes by. */
final class TestReportTest {
    @TempDir
    private Path root;

    private Outcome report(String... problems) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-XX:TieredStopAtLevel=1",
                System.getProperty("caisson.root") + "/build-tools/TestReport.java",
                root.toString()));
        command.addAll(List.of(problems));
        return new Script(root, Map.of()).run(command.toArray(String[]::new));
    }

    private void junit(String module, String cases) throws IOException {
        write(module + "/target/surefire-reports/TEST-A.xml", "<testsuite>" + cases + "</testsuite>");
    }

    private void tap(String lines) throws IOException {
        write("native/target/test/plan_test.tap", lines);
    }

    private void write(String name, String content) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    @Test
    void countsWhatPassedAndWhatWasSkippedForWantOfWhat() throws Exception {
        junit(
                "a",
                "<testcase classname='A' name='x'/><testcase classname='A' name='y'><skipped message='no criu'/></testcase>");
        junit(
                "b",
                "<testcase classname='B' name='z'><skipped type='T'>org.opentest4j.TestAbortedException: Assumption failed: no criu"
                        + "&#10;\tat A</skipped></testcase>");
        tap("ok 1 - reads\nok 2 - writes # SKIP no userfaultfd\n1..2\n");

        assertEquals(
                new Outcome(0, "skipped 2: no criu\nskipped 1: no userfaultfd\n2 passed, 0 failed, 3 skipped\n", ""),
                report());
    }

    @Test
    void namesWhatFailed() throws Exception {
        junit(
                "a",
                "<testcase classname='A' name='ok'/><testcase classname='A' name='x'><failure type='T' message='m&#10; n'/></testcase>"
                        + "<testcase classname='A' name='y'><error type='E'>E: text&#10;at A</error></testcase>");
        tap("not ok 1 - reads\n1..1\n");

        assertEquals(new Outcome(1, """
                        FAILED the scripts
                        FAILED A.x: T: m | n
                        FAILED A.y: E: text
                        FAILED plan_test.tap: not ok 1 - reads
                        1 passed, 4 failed, 0 skipped
                        """, ""), report("the scripts"));
    }

    @Test
    void virtualMachinesCountToo() throws Exception {
        junit("a", "<testcase classname='A' name='ok'/>");
        junit(
                "target/guest/runs/v2",
                "<testcase classname='A' name='ok'/><testcase classname='A' name='x'><failure message='m'/></testcase>");

        assertEquals(new Outcome(1, "FAILED guest v2: A.x: : m\n2 passed, 1 failed, 0 skipped\n", ""), report());
    }

    @Test
    void aTestProgramThatDiedHalfwayFailed() throws Exception {
        tap("1..3\nok 1 - reads\n");

        assertEquals(
                new Outcome(1, "FAILED plan_test.tap: 1 tests ran, 3 planned\n1 passed, 1 failed, 0 skipped\n", ""),
                report());
    }

    @Test
    void noTestsAtAllIsAFailure() throws Exception {
        assertEquals(new Outcome(1, "0 passed, 0 failed, 0 skipped\n", ""), report());
    }
}
