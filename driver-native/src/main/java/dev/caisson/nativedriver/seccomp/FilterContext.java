// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.seccomp;

import dev.caisson.driver.command.Seccomp;
import dev.caisson.nativedriver.kernel.Descriptor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A filter under construction in libseccomp: {@code scmp_filter_ctx}. Not thread-safe. */
final class FilterContext implements AutoCloseable {
    /** Makes the filter a binary tree over the numbers of the calls, since 2.5. */
    private static final int CTL_OPTIMIZE = 8;

    private static final int BINARY_TREE = 2;
    private static final int OPTIMIZE_SINCE = 2_005_000;

    /** {@code struct scmp_arg_cmp}: u32 argument, u32 operator, u64, u64. */
    private static final int COMPARISON = 24;

    private static final int MOST_COMPARISONS = 6;
    private static final int TEXT = 256;

    private final LibSeccomp library;
    private final ByteBuffer scratch =
            ByteBuffer.allocateDirect(MOST_COMPARISONS * COMPARISON + TEXT).order(ByteOrder.nativeOrder());
    private final long scratchAddress;
    private final long context;
    private final long ruleAddArray;
    private final long resolveName;
    private final long resolveNameArch;

    FilterContext(LibSeccomp library, int defaultAction) {
        this.library = library;
        this.scratchAddress = library.address(scratch);
        this.ruleAddArray = library.function("seccomp_rule_add_array");
        this.resolveName = library.function("seccomp_syscall_resolve_name");
        this.resolveNameArch = library.function("seccomp_syscall_resolve_name_arch");
        this.context = library.call(library.function("seccomp_init"), Integer.toUnsignedLong(defaultAction), 0, 0);
        if (context == 0) {
            throw new IllegalArgumentException("seccomp_init refuses action " + Integer.toHexString(defaultAction));
        }
        if (library.version() >= OPTIMIZE_SINCE) {
            library.call(library.function("seccomp_attr_set"), context, CTL_OPTIMIZE, BINARY_TREE);
        }
    }

    /** The token of an architecture, by its name as {@code x86_64}; 0 if the library doesn't know it. */
    int architecture(String name) {
        return (int) library.call(library.function("seccomp_arch_resolve_name"), text(name), 0, 0);
    }

    /** Adds an architecture. Returns 0 or a negative error number. */
    int addArchitecture(int token) {
        return (int) library.call(library.function("seccomp_arch_add"), context, Integer.toUnsignedLong(token), 0);
    }

    /** The number of a system call; -1 if the library doesn't know it. Other negative numbers are pseudo calls. */
    int systemCall(String name) {
        return name.length() < TEXT ? (int) library.call(resolveName, text(name), 0, 0) : -1;
    }

    /** The highest number that one of these calls has on an architecture; -1 if it has none of them. */
    int newest(int architecture, List<String> names) {
        int newest = -1;
        for (String name : names) {
            if (name.length() < TEXT) {
                long number = library.call(resolveNameArch, Integer.toUnsignedLong(architecture), text(name), 0);
                newest = Math.max(newest, (int) number);
            }
        }
        return newest;
    }

    /** The token of the machine's own architecture. */
    int ownArchitecture() {
        return (int) library.call(library.function("seccomp_arch_native"), 0, 0, 0);
    }

    /** Adds a rule. Returns 0 or a negative error number. */
    int addRule(int action, int systemCall, List<Seccomp.Argument> arguments) {
        for (int i = 0; i < arguments.size(); i++) {
            Seccomp.Argument argument = arguments.get(i);
            int at = i * COMPARISON;
            scratch.putInt(at, argument.index());
            scratch.putInt(at + 4, SeccompNumbers.operator(argument.operator()));
            scratch.putLong(at + 8, argument.value());
            scratch.putLong(at + 16, argument.valueTwo());
        }
        return (int) library.call(
                ruleAddArray,
                context,
                Integer.toUnsignedLong(action),
                systemCall,
                arguments.size(),
                arguments.isEmpty() ? 0 : scratchAddress);
    }

    /** Writes the filter into a file or pipe. Returns 0 or a negative error number. */
    int export(Descriptor target) {
        int number = target.acquire();
        try {
            return (int) library.call(library.function("seccomp_export_bpf"), context, number, 0);
        } finally {
            target.release();
        }
    }

    private long text(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.US_ASCII);
        int at = MOST_COMPARISONS * COMPARISON;
        scratch.put(at, bytes);
        scratch.put(at + bytes.length, (byte) 0);
        return scratchAddress + at;
    }

    @Override
    public void close() {
        library.call(library.function("seccomp_release"), context, 0, 0);
    }
}
