// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.live;

import com.kenai.jffi.CallContext;
import com.kenai.jffi.CallingConvention;
import com.kenai.jffi.Invoker;
import com.kenai.jffi.Library;
import com.kenai.jffi.MemoryIO;
import com.kenai.jffi.Type;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real pseudo-terminal: the side of the person who sits before it. */
final class Pty implements AutoCloseable {
    private static final int O_RDWR = 2;
    private static final int O_NOCTTY = 0400;
    private static final int O_CLOEXEC = 02000000;
    private static final int TIOCGPTN = 0x80045430;
    private static final int TIOCSPTLCK = 0x40045431;
    private static final int TIOCSWINSZ = 0x5414;
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);

    private final CallContext signature = CallContext.getCallContext(
            Type.SLONG, new Type[] {Type.SLONG, Type.SLONG, Type.SLONG}, CallingConvention.DEFAULT, true);
    private final int master;
    private final int kept;
    private final String slave;
    private final StringBuilder seen = new StringBuilder();
    private int consumed;

    Pty(int rows, int columns) {
        ByteBuffer path = text("/dev/ptmx");
        master = (int) call("open", address(path), O_RDWR | O_NOCTTY | O_CLOEXEC, 0);
        ByteBuffer number = buffer(4);
        call("ioctl", master, TIOCSPTLCK, address(number));
        call("ioctl", master, TIOCGPTN, address(number));
        slave = "/dev/pts/" + number.getInt(0);
        // Without a descriptor of the other side the master would be at its end whenever the last program closes its
        // own.
        ByteBuffer slavePath = text(slave);
        kept = (int) call("open", address(slavePath), O_RDWR | O_NOCTTY | O_CLOEXEC, 0);
        resize(rows, columns);
        Thread.ofPlatform().daemon().name("screen of " + slave).start(this::watch);
    }

    private long call(String function, long a, long b, long c) {
        return Invoker.getInstance().invokeN3(signature, Library.getDefault().getSymbolAddress(function), a, b, c);
    }

    private static ByteBuffer buffer(int size) {
        return ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
    }

    private static ByteBuffer text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return buffer(bytes.length + 1).put(0, bytes);
    }

    private static long address(ByteBuffer direct) {
        return MemoryIO.getInstance().getDirectBufferAddress(direct);
    }

    private void watch() {
        ByteBuffer buffer = buffer(4096);
        while (true) {
            int length = (int) call("read", master, address(buffer), buffer.capacity());
            if (length <= 0) {
                return;
            }
            byte[] bytes = new byte[length];
            buffer.get(0, bytes);
            synchronized (seen) {
                seen.append(new String(bytes, StandardCharsets.UTF_8));
                seen.notifyAll();
            }
        }
    }

    /** Returns the path of the side that programs have. */
    String slave() {
        return slave;
    }

    /** Starts a program that has this as its controlling terminal. */
    Process start(ProcessBuilder builder) throws IOException {
        List<String> line = new ArrayList<>(List.of("setsid", "--ctty"));
        line.addAll(builder.command());
        File terminal = new File(slave);
        return builder.command(line)
                .redirectInput(terminal)
                .redirectOutput(terminal)
                .redirectError(terminal)
                .start();
    }

    /** Types. */
    void type(String keys) {
        byte[] bytes = keys.getBytes(StandardCharsets.UTF_8);
        call("write", master, address(text(keys)), bytes.length);
    }

    /** Waits until this is shown, behind what was awaited before, and returns all that is shown up to it. */
    String await(String text) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE;
        synchronized (seen) {
            int found = seen.indexOf(text, consumed);
            while (found < 0) {
                long left = end - System.nanoTime();
                if (left <= 0) {
                    throw new AssertionError("\"" + text + "\" was not shown, but:\n" + seen.substring(consumed));
                }
                TimeUnit.NANOSECONDS.timedWait(seen, left);
                found = seen.indexOf(text, consumed);
            }
            String shown = seen.substring(consumed, found + text.length());
            consumed = found + text.length();
            return shown;
        }
    }

    /** Makes the window another size. */
    void resize(int rows, int columns) {
        ByteBuffer size = buffer(8).putShort(0, (short) rows).putShort(2, (short) columns);
        call("ioctl", master, TIOCSWINSZ, address(size));
    }

    /** Returns what the terminal is set to, as {@code stty -g} tells it. */
    String settings() throws IOException, InterruptedException {
        Process stty = new ProcessBuilder("stty", "-g", "-F", slave).start();
        String text = new String(stty.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        stty.waitFor();
        return text;
    }

    @Override
    public void close() {
        call("close", kept, 0, 0);
        call("close", master, 0, 0);
    }
}
