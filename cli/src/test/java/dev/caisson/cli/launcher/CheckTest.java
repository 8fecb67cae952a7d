// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code ./check}: its arguments, and the reports that it prints in place of running tests. */
final class CheckTest {
    @TempDir
    private Path directory;

    private SourceTree tree;

    @BeforeEach
    void makeTree() throws IOException {
        tree = new SourceTree(directory);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--fats | unknown argument '--fats'",
                "fields | unknown argument 'fields'",
                "'' | unknown argument ''",
                "--fields 3 | unknown argument '3'",
                "--fast --fields | --fast and --fields exclude each other",
                "--chaos --fields | --chaos and --fields exclude each other",
                "--chaos 5 --chaos | --chaos and --chaos exclude each other",
                "--chaos 0 | --chaos takes a number of rounds from 1 to 999999, not '0'",
                "--chaos ten | --chaos takes a number of rounds from 1 to 999999, not 'ten'",
                "--chaos 1000000 | --chaos takes a number of rounds from 1 to 999999, not '1000000'",
                "--chaos 5 6 | unknown argument '6'",
            })
    void aWrongArgumentIsNamedAndNothingIsDone(String arguments, String complaint) throws Exception {
        Outcome outcome = tree.check(arguments.split(" ", -1));

        assertEquals(2, outcome.code());
        assertEquals("", outcome.out());
        assertTrue(outcome.err().startsWith("check: " + complaint + "\nUsage: ./check "), outcome.err());
        assertEquals(0, tree.builds());
        assertFalse(Files.exists(tree.root().resolve("target")));
    }

    @Test
    void helpIsTheAnswerToHelp() throws Exception {
        Outcome outcome = tree.check("--help");

        assertEquals(0, outcome.code());
        assertEquals("", outcome.err());
        for (String option : new String[] {"--fast", "--fields", "--chaos [ROUNDS]", "--help"}) {
            assertTrue(outcome.out().contains("\n  " + option + " "), option);
        }
    }

    @Test
    void fieldsBuildsTheKitQuietlyAndPrintsItsTable() throws Exception {
        Path target = Files.createDirectories(tree.root().resolve("driver-tck/target"));
        Files.writeString(target.resolve("test-class-path"), "one.jar:two.jar");

        Outcome outcome = tree.check("--fields");

        assertEquals(0, outcome.code(), outcome.err());
        assertEquals("check: building\n", outcome.err());
        assertEquals(1, outcome.out().lines().count(), outcome.out());
        assertTrue(
                outcome.out()
                        .endsWith("<" + target + "/test-classes:" + target
                                + "/classes:one.jar:two.jar><dev.caisson.driver.tck.FieldTable>\n"),
                outcome.out());
    }

    @Test
    void aFailedBuildTellsWhyAndWhere() throws Exception {
        Files.createFile(tree.mavenFile("fails"));

        Outcome outcome = tree.check("--fields");

        assertEquals(1, outcome.code());
        assertEquals("", outcome.out());
        assertTrue(outcome.err().contains("[ERROR] a line that tells why"), outcome.err());
        assertTrue(outcome.err().contains("/target/check.log"), outcome.err());
    }
}
