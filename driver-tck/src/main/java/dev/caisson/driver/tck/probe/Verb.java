// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.probe;

import java.util.Locale;

/** What the probe can be told to do. The shell's side of each is in {@code probe.sh}. */
public enum Verb {
    /** Holds that many bytes of memory and says {@code allocated N}. */
    ALLOCATE(1),
    /** The same in a child of its own; then says {@code child ended CODE}. */
    ALLOCATE_IN_CHILD(1),
    /** Writes {@code out N} to standard output and {@code err N} to standard error, that often in turns. */
    ALTERNATE(1),
    /** Says each of all remaining words in brackets, on a line each, and ends with 0. */
    ARGS(-1),
    /** Turns a loop that often and says {@code burnt N}. */
    BURN(1),
    /** Closes its standard input. */
    CLOSE_INPUT(0),
    /** Says a line on standard error. */
    COMPLAIN(1),
    /** Copies standard input to standard output up to its end. */
    COPY(0),
    /** Says how many bytes standard input has. */
    COUNT(0),
    /** Sends itself a signal, by name without SIG. */
    DIE(1),
    /** Says {@code heard LINE} for each line of standard input up to its end. */
    ECHO(0),
    /** Says its initial environment, one variable a line, in order. */
    ENVIRON(0),
    /** Ends with a code. */
    EXIT(1),
    /** Starts up to that many children, says {@code forked N} for each, and {@code forking ended} at last. */
    FORK(1),
    /** Waits for ever; signals are still answered. */
    HOLD(0),
    /** Says a line. */
    LINE(1),
    /** Makes that many orphans, one after the other, and says {@code orphans N}. */
    ORPHANS(1),
    /** Writes that many bytes of {@link Pattern}. */
    PRODUCE(1),
    /** Copies a descriptor to standard output up to its end. */
    READ_DESCRIPTOR(1),
    /** Says {@code heard LINE} for one line of standard input. */
    READ_LINE(0),
    /**
     * What hooks do: leaves standard input, environment, processors and namespaces (mnt, net, pid) in files that begin with
     * the first path and end in .state, .env, .cpus and .ns, and appends its last name to the second path.
     */
    RECORD(2),
    /** Says words without a line break. */
    SAY(1),
    /** Answers whoever connects to a TCP port with a text, for ever. */
    SERVE(2),
    /** Says a {@link Fact}, given with its argument, on one line. */
    SHOW(2),
    /** Says a {@link Fact}, given with its argument, on one line of standard error. */
    SHOW_ON_ERRORS(2),
    /** Starts a child that says {@code child ready}, and {@code child caught} when it gets USR1. */
    SPAWN(0),
    /** From now on says {@code caught NAME} when it gets that signal. */
    TRAP(1),
    /** From now on ends with a code when it gets that signal. */
    TRAP_EXIT(2),
    /** Tries a {@link Deed}, given with two arguments, in a child; says {@code ok} or {@code no CODE: why}. */
    TRY(3),
    /** Writes words to a descriptor. */
    WRITE_DESCRIPTOR(2);

    private final int words;

    Verb(int words) {
        this.words = words;
    }

    /** Returns how many words follow it, -1 for all that are left. */
    int words() {
        return words;
    }

    /** Returns how it is written among the probe's arguments. */
    String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
