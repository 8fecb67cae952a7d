// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.run;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.driver.Signal;
import org.junit.jupiter.api.Test;

class SignalReceptionTest {
    private static final String STATUS = """
            Name:\tsh
            NSpid:\t4711\t1
            SigPnd:\t0000000000000000
            SigBlk:\t0000000000000200
            SigIgn:\t0000000000000800
            SigCgt:\t0000000000000002
            """;

    @Test
    void processOneIsDeafToWhatItDoesNotHandle() {
        SignalReception reception = SignalReception.parse(STATUS);
        assertTrue(reception.isDeafTo(Signal.TERM));
        assertFalse(reception.isDeafTo(Signal.INT), "caught");
        assertFalse(reception.isDeafTo(Signal.USR1), "blocked");
        assertFalse(reception.isDeafTo(Signal.USR2), "ignored");
        assertFalse(reception.isDeafTo(Signal.WINCH), "ends nobody");
        assertFalse(reception.isDeafTo(Signal.CONT), "ends nobody");
    }

    @Test
    void othersAreDeafToNothing() {
        assertFalse(SignalReception.parse(STATUS.replace("\t1\n", "\t7\n")).isDeafTo(Signal.TERM), "not process 1");
        assertFalse(
                SignalReception.parse(STATUS.replace("4711\t1", "4711")).isDeafTo(Signal.TERM), "the host's namespace");
        assertFalse(SignalReception.parse("").isDeafTo(Signal.TERM), "gone");
    }
}
