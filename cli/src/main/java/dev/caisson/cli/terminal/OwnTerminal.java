// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.terminal;

import dev.caisson.driver.pipes.ConsoleSize;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The terminal on our standard input (or output). Thread-safe. */
public final class OwnTerminal {
    private static final int STDIN = 0;
    private static final int STDOUT = 1;

    private final TerminalCalls calls = new TerminalCalls();

    /** Returns true if standard input is a terminal. */
    public boolean isOnStdin() {
        return calls.settings(STDIN).hasRemaining();
    }

    /** Returns its size now, as standard output's terminal or else standard input's has it; empty if neither is one. */
    public Optional<ConsoleSize> size() {
        return size(STDOUT).or(() -> size(STDIN));
    }

    private Optional<ConsoleSize> size(int descriptor) {
        ByteBuffer winsize = calls.windowSize(descriptor);
        return winsize.hasRemaining()
                ? Optional.of(new ConsoleSize(winsize.getShort(0) & 0xffff, winsize.getShort(2) & 0xffff))
                : Optional.empty();
    }

    /**
     * Makes it raw until the result is closed.
     *
     * @throws IllegalStateException if standard input is no terminal
     */
    public RawMode enterRawMode() {
        ByteBuffer termios = calls.settings(STDIN);
        if (!termios.hasRemaining()) {
            throw new IllegalStateException("standard input is no terminal");
        }
        Settings before = new Settings(termios);
        return new RawMode(calls, STDIN, before, CrashGuard.start(device(), before));
    }

    /** Stops this process, as Ctrl-Z does; returns when it goes on. */
    public void stopSelf() {
        calls.stopSelf();
    }

    private static String device() {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/fd/" + STDIN)).toString();
        } catch (IOException unknown) {
            return "/dev/tty";
        }
    }
}
