// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.seccomp;

import com.kenai.jffi.CallContext;
import com.kenai.jffi.CallingConvention;
import com.kenai.jffi.Invoker;
import com.kenai.jffi.Library;
import com.kenai.jffi.MemoryIO;
import com.kenai.jffi.Type;
import dev.caisson.driver.DriverException;
import dev.caisson.driver.StandardErrorCode;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Calls functions of libseccomp, seccomp_init(3) and on. As with the C library, every call is made with six integer words,
 * of which a function that takes fewer ignores the rest. Failures are negative error numbers in the result.
 */
final class LibSeccomp {
    /** The ABI is the same since 2.0; what came later is asked for by {@link #version()}. */
    private static final String NAME = "libseccomp.so.2";

    private static final int ARGUMENTS = 6;

    private final Invoker invoker = Invoker.getInstance();
    private final MemoryIO memory = MemoryIO.getInstance();
    private final CallContext signature;
    private final Library library;

    private LibSeccomp(Library library) {
        Type[] arguments = new Type[ARGUMENTS];
        Arrays.fill(arguments, Type.SLONG);
        this.signature = CallContext.getCallContext(Type.SLONG, arguments, CallingConvention.DEFAULT, false);
        this.library = library;
    }

    /**
     * Loads the library.
     *
     * @throws DriverException of kind MACHINE if there is none
     */
    static LibSeccomp load() {
        @Nullable Library library = Library.getCachedInstance(NAME, Library.LAZY | Library.LOCAL);
        if (library == null) {
            throw new DriverException(
                    StandardErrorCode.TOOL_LACKS,
                    "load " + NAME,
                    String.valueOf(Library.getLastError()),
                    "install libseccomp (package libseccomp2), or run the container unconfined");
        }
        return new LibSeccomp(library);
    }

    /** The address of a function, to be looked up once per use of the library. */
    long function(String name) {
        long address = library.getSymbolAddress(name);
        if (address == 0) {
            throw new DriverException(
                    StandardErrorCode.TOOL_LACKS,
                    "call " + name + " of " + NAME,
                    "the library doesn't have it",
                    "install libseccomp 2.5 or later");
        }
        return address;
    }

    long call(long function, long a, long b, long c, long d, long e) {
        return invoker.invokeN6(signature, function, a, b, c, d, e, 0);
    }

    long call(long function, long a, long b, long c) {
        return call(function, a, b, c, 0, 0);
    }

    /** The address of a direct buffer's first byte; valid while the caller keeps the buffer reachable. */
    long address(ByteBuffer direct) {
        return memory.getDirectBufferAddress(direct);
    }

    /** Major, minor and micro version as one number, as 2_005_004 for 2.5.4. */
    int version() {
        long version = call(function("seccomp_version"), 0, 0, 0);
        return memory.getInt(version) * 1_000_000
                + memory.getInt(version + Integer.BYTES) * 1_000
                + memory.getInt(version + 2L * Integer.BYTES);
    }
}
