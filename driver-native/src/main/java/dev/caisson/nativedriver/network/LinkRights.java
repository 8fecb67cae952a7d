// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.network;

import dev.caisson.nativedriver.kernel.Descriptor;
import dev.caisson.nativedriver.kernel.Errno;
import dev.caisson.nativedriver.kernel.Kernel;
import dev.caisson.nativedriver.kernel.KernelException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Whether this process may make interfaces in its network namespace. CAP_NET_ADMIN alone doesn't tell: the namespace may
 * belong to another user namespace than the one in which the process has it.
 */
public final class LinkRights {
    private static final int NETLINK_ROUTE = 0;
    private static final int RTM_DELLINK = 17;
    private static final int LINK_HEADER = 16;
    private static final int INDEX = 4;
    private static final int ANSWER = 1024;

    private LinkRights() {}

    /** Asks the kernel, which looks at the rights first, to delete an interface that nobody has. */
    public static boolean given(Kernel kernel) {
        byte[] nobody = ByteBuffer.allocate(LINK_HEADER)
                .order(ByteOrder.nativeOrder())
                .putInt(INDEX, Integer.MAX_VALUE)
                .array();
        NetlinkBatch question = new NetlinkBatch();
        question.message(RTM_DELLINK, 0, nobody).finish();
        question.acknowledge();
        ByteBuffer answer = ByteBuffer.allocateDirect(ANSWER);
        try (Descriptor socket = kernel.sockets().netlink(NETLINK_ROUTE)) {
            kernel.descriptors().write(socket, question.all());
            kernel.descriptors().read(socket, answer);
        } catch (KernelException refused) {
            return false;
        }
        return NetlinkAnswer.read(answer.flip()).errno() == Errno.ENODEV.number();
    }
}
