// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli;

import java.io.PrintStream;

/** What the command says on standard error: lines that begin with its name. Thread-safe. */
public final class Messages {
    private static final String NAME = "caisson: ";

    private final PrintStream stream;
    private volatile String lineEnd = "\n";

    public Messages(PrintStream stream) {
        this.stream = stream;
    }

    /** Says something; each line of it begins with the name. */
    public void say(String text) {
        String lines = NAME + text.strip().replace("\n", lineEnd + NAME) + lineEnd;
        stream.print(lines);
        stream.flush();
    }

    /** Says whether the terminal is raw, where a line end doesn't lead back to the first column by itself. */
    public void rawTerminal(boolean raw) {
        lineEnd = raw ? "\r\n" : "\n";
    }
}
