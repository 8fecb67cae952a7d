// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.kernel.jnr;

import com.kenai.jffi.CallContext;
import com.kenai.jffi.CallingConvention;
import com.kenai.jffi.Invoker;
import com.kenai.jffi.LastError;
import com.kenai.jffi.Library;
import com.kenai.jffi.MemoryIO;
import com.kenai.jffi.Type;
import dev.caisson.nativedriver.kernel.Errno;
import dev.caisson.nativedriver.kernel.KernelException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Calls functions of the C library. The only class that knows errno and EINTR.
 *
 * <p>Every call is made with six integer arguments: the calling conventions of Linux pass them in registers, where a
 * function that takes fewer ignores the rest. That holds for variadic ones as well (open, fcntl, ioctl).
 */
final class Libc {
    private static final int EINTR = 4;
    private static final int ARGUMENTS = 6;

    private final Invoker invoker = Invoker.getInstance();
    private final LastError lastError = LastError.getInstance();
    private final MemoryIO memory = MemoryIO.getInstance();
    private final CallContext signature;
    private final long[] addresses = new long[LibcFunction.values().length];

    Libc() {
        Type[] arguments = new Type[ARGUMENTS];
        Arrays.fill(arguments, Type.SLONG);
        boolean saveErrno = true;
        signature = CallContext.getCallContext(Type.SLONG, arguments, CallingConvention.DEFAULT, saveErrno);
        Library library = Library.getDefault();
        for (LibcFunction function : LibcFunction.values()) {
            addresses[function.ordinal()] = library.getSymbolAddress(function.symbol());
        }
    }

    /** The address of a direct buffer's first byte; valid while the caller keeps the buffer reachable. */
    long address(ByteBuffer direct) {
        return memory.getDirectBufferAddress(direct);
    }

    /**
     * Calls a function.
     *
     * @return its result, or the negative error number when it was -1
     */
    long call(LibcFunction function, long a, long b, long c, long d, long e, long f) {
        long address = addresses[function.ordinal()];
        if (address == 0) {
            throw new KernelException(function.symbol(), Errno.ENOSYS, "(this C library does not have it)");
        }
        while (true) {
            long word = invoker.invokeN6(signature, address, a, b, c, d, e, f);
            long result = function.result() == LibcFunction.Result.INT ? (int) word : word;
            if (result != -1) {
                return result;
            }
            // errno was saved by the call in the thread that made it; a virtual thread cannot change its carrier here,
            // since nothing between the two blocks.
            int errno = lastError.get();
            if (errno != EINTR) {
                return -errno;
            }
            if (function.interrupted() == LibcFunction.Interrupted.DONE) {
                return 0;
            }
        }
    }

    long call(LibcFunction function, long a, long b, long c, long d) {
        return call(function, a, b, c, d, 0, 0);
    }

    long call(LibcFunction function, long a, long b, long c) {
        return call(function, a, b, c, 0, 0, 0);
    }

    long call(LibcFunction function, long a, long b) {
        return call(function, a, b, 0, 0, 0, 0);
    }

    long call(LibcFunction function, long a) {
        return call(function, a, 0, 0, 0, 0, 0);
    }

    long call(LibcFunction function) {
        return call(function, 0, 0, 0, 0, 0, 0);
    }

    /** Turns a negative result of {@link #call} into the exception it stands for. */
    static long check(long result, String call, String subject) {
        if (result < 0) {
            throw new KernelException(call, Errno.of((int) -result), subject);
        }
        return result;
    }
}
