// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.terminal;

import com.kenai.jffi.CallContext;
import com.kenai.jffi.CallingConvention;
import com.kenai.jffi.Invoker;
import com.kenai.jffi.LastError;
import com.kenai.jffi.Library;
import com.kenai.jffi.MemoryIO;
import com.kenai.jffi.Type;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The C library's functions for terminals, and kill(2). Called through jffi, the layer under jnr-ffi, which starts fastest; this
 * class is loaded only where there is a terminal.
 */
final class TerminalCalls {
    static final int SIGSTOP = 19;

    private static final int EINTR = 4;
    private static final int TIOCGWINSZ = 0x5413;
    private static final int TCSANOW = 0;

    /** Larger than struct termios of every C library. */
    private static final int TERMIOS_SIZE = 256;

    private static final int WINSIZE_SIZE = 8;
    private static final int ARGUMENTS = 3;

    private final Invoker invoker = Invoker.getInstance();
    private final CallContext signature;
    private final Library library = Library.getDefault();

    TerminalCalls() {
        Type[] arguments = new Type[ARGUMENTS];
        Arrays.fill(arguments, Type.SLONG);
        boolean saveErrno = true;
        signature = CallContext.getCallContext(Type.SINT, arguments, CallingConvention.DEFAULT, saveErrno);
    }

    /** Returns the settings of a terminal, or null if the descriptor is none. */
    ByteBuffer settings(int descriptor) {
        ByteBuffer termios = buffer(TERMIOS_SIZE);
        return call("tcgetattr", descriptor, address(termios), 0, termios) == 0 ? termios : buffer(0);
    }

    /** Changes settings so that every byte passes as it is, cfmakeraw(3). */
    void makeRaw(ByteBuffer termios) {
        call("cfmakeraw", address(termios), 0, 0, termios);
    }

    /** Returns false if the terminal refuses, as one that has hung up does. */
    boolean change(int descriptor, ByteBuffer termios) {
        return call("tcsetattr", descriptor, TCSANOW, address(termios), termios) == 0;
    }

    /** Returns rows, columns and pixels of a terminal; empty if the descriptor is none. */
    ByteBuffer windowSize(int descriptor) {
        ByteBuffer winsize = buffer(WINSIZE_SIZE);
        return call("ioctl", descriptor, TIOCGWINSZ, address(winsize), winsize) == 0 ? winsize : buffer(0);
    }

    /** Stops this process until it gets SIGCONT. */
    void stopSelf() {
        call("kill", ProcessHandle.current().pid(), SIGSTOP, 0, buffer(0));
    }

    private int call(String function, long a, long b, long c, ByteBuffer reachable) {
        long address = library.getSymbolAddress(function);
        while (true) {
            int result = (int) invoker.invokeN3(signature, address, a, b, c);
            if (result != -1 || LastError.getInstance().get() != EINTR) {
                Reference.reachabilityFence(reachable);
                return result;
            }
        }
    }

    private static ByteBuffer buffer(int size) {
        return ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
    }

    private static long address(ByteBuffer direct) {
        return MemoryIO.getInstance().getDirectBufferAddress(direct);
    }
}
