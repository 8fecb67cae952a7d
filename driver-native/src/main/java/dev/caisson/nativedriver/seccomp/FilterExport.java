// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.seccomp;

import dev.caisson.nativedriver.kernel.Errno;
import dev.caisson.nativedriver.kernel.Kernel;
import dev.caisson.nativedriver.kernel.PipeEnds;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Takes a filter out of libseccomp, which can write it to a descriptor only (into memory since 2.6): through a pipe. */
final class FilterExport {
    private static final int EAGAIN = 11;

    /** As much as a pipe takes by default (pipe(7)), and 32 times what the kernel takes as a filter. */
    private static final int MOST = 1 << 20;

    private static final int PIECE = 1 << 14;

    private final Kernel kernel;

    FilterExport(Kernel kernel) {
        this.kernel = kernel;
    }

    BpfProgram take(FilterContext context) {
        try (PipeEnds pipe = kernel.descriptors().pipe()) {
            kernel.descriptors().setPipeCapacity(pipe.write(), MOST);
            // Nobody reads yet: what doesn't fit must fail, not wait.
            kernel.descriptors().setNonBlocking(pipe.write(), true);
            int result = context.export(pipe.write());
            if (result != 0) {
                throw ProfileCompiler.refusal(
                        result == -EAGAIN
                                ? "compiled, it is larger than " + MOST + " bytes"
                                : "libseccomp can't compile it ("
                                        + Errno.of(-result).text() + ")",
                        "use fewer architectures, rules or arguments");
            }
            pipe.write().close();
            return BpfProgram.decode(drain(pipe));
        }
    }

    private byte[] drain(PipeEnds pipe) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteBuffer piece = ByteBuffer.allocateDirect(PIECE);
        byte[] bytes = new byte[PIECE];
        while (kernel.descriptors().read(pipe.read(), piece) > 0) {
            int count = piece.flip().remaining();
            piece.get(bytes, 0, count).clear();
            all.write(bytes, 0, count);
        }
        return all.toByteArray();
    }
}
