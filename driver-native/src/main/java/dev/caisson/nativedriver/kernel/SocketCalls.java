// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.kernel;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;

/** Calls on sockets: unix(7), where nothing else is said. Buffers must be direct. */
public interface SocketCalls {
    /** The most descriptors that go beside one message. */
    int MAX_DESCRIPTORS = 64;

    /** Two sockets connected to each other, close-on-exec and blocking. */
    SocketPair pair(SocketType type);

    /**
     * Connects to a socket file, close-on-exec and blocking. The path may be longer than the 107 bytes of a
     * {@code sockaddr_un}.
     */
    Descriptor connect(SocketType type, String path);

    /**
     * Sends a message and descriptors beside it, without SIGPIPE.
     *
     * @return the bytes sent; 0 when a non-blocking socket has no room now
     * @throws KernelException EPIPE when the peer is gone, EMSGSIZE when a packet is larger than the socket's buffer
     */
    int send(Descriptor socket, ByteBuffer message, List<Descriptor> descriptors);

    /**
     * Receives a message and the descriptors beside it, which become ours, close-on-exec.
     *
     * @throws KernelException EMSGSIZE when the message or its descriptors did not fit; those received are closed
     */
    Received receive(Descriptor socket, ByteBuffer buffer, int maxDescriptors);

    /** Who is at the other end, as it was when the connection was made (SO_PEERCRED). */
    PeerCredentials peerCredentials(Descriptor socket);

    /**
     * A socket to a part of the kernel (netlink(7)), which is spoken to by reading and writing.
     *
     * @param family such as NETLINK_NETFILTER, 12
     */
    Descriptor netlink(int family);

    /**
     * A socket that has a port for itself, and does nothing with it.
     *
     * @param datagrams of UDP, or else of TCP
     * @throws KernelException EADDRINUSE when somebody else has it, EADDRNOTAVAIL when the address is none of the host's
     */
    Descriptor reserve(boolean datagrams, InetAddress address, int port);

    /** Says that nothing more will be written. */
    void shutdownWrite(Descriptor socket);
}
