// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.network;

import dev.caisson.nativedriver.kernel.Descriptor;
import dev.caisson.nativedriver.kernel.Errno;
import dev.caisson.nativedriver.kernel.Kernel;
import dev.caisson.nativedriver.kernel.KernelException;
import java.nio.ByteBuffer;

/** Speaks to nf_tables in the kernel. Thread-safe. */
public final class Nftables {
    private static final int NETLINK_NETFILTER = 12;
    private static final int ANSWER = 8192;

    private final Kernel kernel;

    public Nftables(Kernel kernel) {
        this.kernel = kernel;
    }

    /** Whether this kernel has it, and lets us ask. */
    public boolean isThere() {
        try (Descriptor socket = open()) {
            return ask(socket, NatTable.question()).errno() == 0;
        } catch (KernelException refused) {
            return false;
        }
    }

    /**
     * Carries out a batch.
     *
     * @return the socket, which owns what was made: closing it removes that
     * @throws KernelException if the kernel refuses; then nothing is made
     */
    Descriptor make(String what, ByteBuffer batch) {
        Descriptor socket = open();
        try {
            NetlinkAnswer answer = ask(socket, batch);
            if (answer.errno() != 0) {
                String words = answer.text().isEmpty() ? "" : " (" + answer.text() + ")";
                throw new KernelException("nftables", Errno.of(answer.errno()), what + words);
            }
            return socket;
        } catch (KernelException refused) {
            socket.close();
            throw refused;
        }
    }

    private Descriptor open() {
        return kernel.sockets().netlink(NETLINK_NETFILTER);
    }

    private NetlinkAnswer ask(Descriptor socket, ByteBuffer request) {
        ByteBuffer answer = ByteBuffer.allocateDirect(ANSWER);
        kernel.descriptors().write(socket, request);
        kernel.descriptors().read(socket, answer);
        return NetlinkAnswer.read(answer.flip());
    }
}
