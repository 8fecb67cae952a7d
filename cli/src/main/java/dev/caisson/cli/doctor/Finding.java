// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.doctor;

import java.util.Locale;

/**
 * One thing about the machine.
 *
 * @param level what it means
 * @param subject what it is about
 * @param text how it is
 * @param remedy how to get more; empty if nothing is lacking
 */
record Finding(Level level, String subject, String text, String remedy) {
    private static final int LEVEL_WIDTH = 6;
    private static final int SUBJECT_WIDTH = 18;

    /** What a finding means. */
    enum Level {
        /** As it should be. */
        OK,
        /** Something works less well, or not. */
        NOTE,
        /** Nothing works without it. */
        LACKS
    }

    static Finding ok(String subject, String text) {
        return new Finding(Level.OK, subject, text, "");
    }

    static Finding note(String subject, String text, String remedy) {
        return new Finding(Level.NOTE, subject, text, remedy);
    }

    static Finding lacks(String subject, String text, String remedy) {
        return new Finding(Level.LACKS, subject, text, remedy);
    }

    /** Returns a finding that is fine or worth a note. */
    static Finding either(boolean fine, String subject, String text, String remedy) {
        return fine ? ok(subject, text) : note(subject, text, remedy);
    }

    /** Returns it as a line, with the remedy in a second one. */
    String line() {
        String head = "  " + padded(level.name().toLowerCase(Locale.ROOT), LEVEL_WIDTH) + padded(subject, SUBJECT_WIDTH)
                + text;
        return remedy.isEmpty() ? head : head + "\n" + " ".repeat(2 + LEVEL_WIDTH + SUBJECT_WIDTH) + "-> " + remedy;
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(1, width - text.length()));
    }
}
