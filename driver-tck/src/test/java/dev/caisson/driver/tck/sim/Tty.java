// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.sim;

import dev.caisson.driver.Signal;
import dev.caisson.driver.pipes.ConsoleSize;
import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;

/** A terminal's line discipline: shows what is typed, makes a signal of Ctrl-C, and puts carriage returns before newlines. */
final class Tty implements Streams.Sink {
    private static final int CONTROL_C = 3;

    private final BoundedPipe typed;
    private final BoundedPipe shown;
    private final Fault fault;
    private volatile ConsoleSize size = new ConsoleSize(0, 0);
    private volatile Consumer<Signal> foreground = signal -> {};

    Tty(BoundedPipe typed, BoundedPipe shown, Fault fault) {
        this.typed = typed;
        this.shown = shown;
        this.fault = fault;
    }

    void foreground(Consumer<Signal> process) {
        foreground = process;
    }

    void type(byte[] bytes, int length) throws InterruptedException {
        for (int i = 0; i < length; i++) {
            if (bytes[i] == CONTROL_C) {
                if (!fault.is(Wrong.CONTROL_C_IS_A_CHARACTER)) {
                    foreground.accept(Signal.INT);
                }
            } else {
                if (!fault.is(Wrong.TYPES_UNSEEN)) {
                    write(bytes, i, 1);
                }
                typed.write(bytes, i, 1);
            }
        }
    }

    void resize(ConsoleSize value) {
        if (!fault.is(Wrong.KEEPS_THE_TERMINALS_SIZE)) {
            size = value;
        }
        if (!fault.is(Wrong.TELLS_NOBODY_OF_A_RESIZE)) {
            foreground.accept(Signal.WINCH);
        }
    }

    void initialSize(ConsoleSize value) {
        size = value;
    }

    ConsoleSize size() {
        return size;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws InterruptedException {
        ByteArrayOutputStream cooked = new ByteArrayOutputStream(length + 16);
        for (int i = offset; i < offset + length; i++) {
            if (bytes[i] == '\n') {
                cooked.write('\r');
            }
            cooked.write(bytes[i]);
        }
        byte[] all = cooked.toByteArray();
        shown.write(all, 0, fault.is(Wrong.TERMINAL_LOSES_BYTES) && all.length > 1000 ? all.length - 1 : all.length);
    }

    @Override
    public String description() {
        return "character special file;0:9;88:0";
    }

    @Override
    public void close() {
        shown.closeWriter();
    }
}
