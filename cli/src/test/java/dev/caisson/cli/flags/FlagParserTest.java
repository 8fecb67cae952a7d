// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.flags;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FlagParserTest {
    private static final Flag TTY = Flag.toggle("--tty", "t").letter('t');
    private static final Flag INTERACTIVE = Flag.toggle("--interactive", "i").letter('i');
    private static final Flag MEMORY = Flag.value("--memory", "SIZE", "m").letter('m');
    private static final Flag ENV = Flag.list("--env", "KEY", "e").letter('e');
    private static final FlagTable TABLE = new FlagTable(List.of(FlagSection.of("All", TTY, INTERACTIVE, MEMORY, ENV)));

    private static FlagValues parse(String... arguments) {
        return FlagParser.parse(TABLE, List.of(arguments));
    }

    @Test
    void everySpellingOfAValueIsRead() {
        for (String[] spelling : List.of(
                new String[] {"--memory", "64m"},
                new String[] {"--memory=64m"},
                new String[] {"-m", "64m"},
                new String[] {"-m64m"},
                new String[] {"-m=64m"},
                new String[] {"-tm64m"},
                new String[] {"-tm", "64m"})) {
            assertEquals(Optional.of("64m"), parse(spelling).text(MEMORY), String.join(" ", spelling));
        }
    }

    @Test
    void lettersOfSwitchesStandTogether() {
        FlagValues values = parse("-it", "--", "sh");
        assertTrue(values.on(TTY));
        assertTrue(values.on(INTERACTIVE));
        assertEquals(List.of("sh"), values.operands());
    }

    @Test
    void aSwitchCanBeSwitchedOff() {
        assertFalse(parse("--tty=false").on(TTY));
        assertFalse(parse("-t", "--tty=0").on(TTY));
        assertTrue(parse("--tty=T").on(TTY));
        assertFalse(parse("-it=false").on(TTY));
        assertEquals(
                List.of("--tty: \"maybe\" is neither true nor false; leave it out"),
                parse("--tty=maybe").mistakes());
    }

    @Test
    void theFirstOperandEndsTheOptions() {
        FlagValues values = parse("-t", "ls", "-m", "--memory", "--", "@file");
        assertEquals(List.of("ls", "-m", "--memory", "--", "@file"), values.operands());
        assertFalse(values.has(MEMORY));
    }

    @Test
    void aHyphenAloneIsAnOperand() {
        assertEquals(List.of("-"), parse("-").operands());
    }

    @Test
    void theSecondDashesBelongToTheCommand() {
        assertEquals(List.of("--", "x"), parse("--", "--", "x").operands());
    }

    @Test
    void aValueMayLookLikeAnOption() {
        assertEquals(Optional.of("-t"), parse("--memory", "-t").text(MEMORY));
        assertEquals(Optional.of("-1"), parse("-m", "-1").text(MEMORY));
    }

    @Test
    void theLastOfSeveralValuesCountsAndListsKeepAll() {
        FlagValues values = parse("-m1", "-m2", "-e", "a", "-eb");
        assertEquals(Optional.of("2"), values.text(MEMORY));
        assertEquals(List.of("a", "b"), values.texts(ENV));
    }

    @Test
    void everyMistakeIsTold() {
        assertEquals(
                List.of(
                        "--memroy: there is no such option; did you mean --memory?",
                        "-x: there is no such option; --help lists the options",
                        "--pull: there is no such option; --help lists the options",
                        "-m: its value is missing; give -m SIZE"),
                parse("--memroy", "4m", "-tx", "--pull", "-m").mistakes());
    }

    @Test
    void unreadableValuesAreNotedAndTheOthersKept() {
        FlagValues values = parse("-e1", "-ex", "-e3");
        List<Integer> numbers = values.readAll(ENV, text -> {
            if (!text.matches("[0-9]+")) {
                throw new BadValueException("is no number", "give one");
            }
            return Integer.valueOf(text);
        });
        assertEquals(List.of(1, 3), numbers);
        assertEquals(List.of("--env: \"x\" is no number; give one"), values.mistakes());
    }

    @Test
    void aNameCanBeTakenOnce() {
        List<FlagSection> twice = List.of(FlagSection.of("a", TTY), FlagSection.of("b", TTY));
        assertThrows(IllegalArgumentException.class, () -> new FlagTable(twice));
    }
}
