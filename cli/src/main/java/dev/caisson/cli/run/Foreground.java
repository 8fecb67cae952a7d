// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.run;

import dev.caisson.cli.Messages;
import dev.caisson.cli.terminal.OwnTerminal;
import dev.caisson.cli.terminal.RawMode;
import dev.caisson.driver.pipes.ConsoleSize;
import dev.caisson.driver.pipes.Input;
import dev.caisson.driver.pipes.Output;
import dev.caisson.driver.pipes.Pipes;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Our own place in the foreground: the three streams, and the terminal if the container gets one. */
final class Foreground implements AutoCloseable {
    private final boolean interactive;
    private final boolean terminal;
    private final Supplier<OwnTerminal> own;
    private final Messages messages;
    private @Nullable RawMode raw;

    /** @param own made only when a terminal is needed: it loads the native library for that */
    Foreground(boolean interactive, boolean terminal, Supplier<OwnTerminal> own, Messages messages) {
        this.interactive = interactive;
        this.terminal = terminal;
        this.own = own;
        this.messages = messages;
    }

    /** Returns what the container is connected to; with --interactive and --tty our terminal is raw from now on. */
    Pipes connect() {
        if (!terminal) {
            Input input = interactive ? new Input.Inherit() : new Input.Empty();
            return new Pipes.Streams(input, new Output.Inherit(), new Output.Inherit(), List.of());
        }
        InputStream typed = InputStream.nullInputStream();
        if (interactive) {
            raw = own.get().enterRawMode();
            messages.rawTerminal(true);
            typed = new FileInputStream(FileDescriptor.in);
        }
        return Pipes.terminal(typed, new FileOutputStream(FileDescriptor.out));
    }

    /** Passes a new size of our window on; returns false if the container has no terminal. */
    boolean resized(ForegroundContainer container) {
        if (!terminal) {
            return false;
        }
        Optional<ConsoleSize> size = own.get().size();
        size.ifPresent(container::resize);
        return true;
    }

    /** Stops this process until SIGCONT. */
    void stopSelf() {
        if (raw != null) {
            raw.suspend();
        }
        own.get().stopSelf();
    }

    /** Takes the terminal again after a stop. */
    void goOn() {
        if (raw != null) {
            raw.resume();
        }
    }

    /** Sets the terminal back. Idempotent; called from any thread. */
    @Override
    public void close() {
        if (raw != null) {
            raw.close();
            messages.rawTerminal(false);
        }
    }
}
