// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.kernel.jnr;

import static dev.caisson.nativedriver.kernel.jnr.Libc.check;

import dev.caisson.nativedriver.kernel.Descriptor;
import dev.caisson.nativedriver.kernel.Errno;
import dev.caisson.nativedriver.kernel.FileCalls;
import dev.caisson.nativedriver.kernel.KernelException;
import dev.caisson.nativedriver.kernel.OpenFlag;
import dev.caisson.nativedriver.kernel.PeerCredentials;
import dev.caisson.nativedriver.kernel.Received;
import dev.caisson.nativedriver.kernel.SocketCalls;
import dev.caisson.nativedriver.kernel.SocketPair;
import dev.caisson.nativedriver.kernel.SocketType;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

final class JnrSocketCalls implements SocketCalls {
    private static final int AF_UNIX = 1;
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final int AF_NETLINK = 16;
    private static final int SOCK_STREAM = 1;
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_RAW = 3;
    private static final int SOCK_SEQPACKET = 5;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int SOL_SOCKET = 1;
    private static final int SO_PEERCRED = 17;
    private static final int UCRED = 12;
    private static final int SHUT_WR = 1;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int MSG_CMSG_CLOEXEC = 0x40000000;
    private static final int EAGAIN = Errno.EAGAIN.number();

    private static final int SOL_NETLINK = 270;
    private static final int NETLINK_CAP_ACK = 10;
    private static final int NETLINK_EXT_ACK = 11;
    private static final int IPPROTO_IPV6 = 41;
    private static final int IPV6_V6ONLY = 26;

    /** {@code sockaddr_in} is family, port, address; {@code sockaddr_in6} has the flow label before the address. */
    private static final int SOCKADDR_IN = 16;

    private static final int SOCKADDR_IN6 = 28;
    private static final int ADDRESS_OF_IN = 4;
    private static final int ADDRESS_OF_IN6 = 8;

    /** Size of {@code sun_path}, and of {@code sockaddr_un} as a whole (unix(7)). */
    private static final int SUN_PATH = 108;

    private static final int SOCKADDR_UN = Short.BYTES + SUN_PATH;

    private final Libc libc;
    private final Descriptors descriptors;
    private final FileCalls files;

    JnrSocketCalls(Libc libc, Descriptors descriptors, FileCalls files) {
        this.libc = libc;
        this.descriptors = descriptors;
        this.files = files;
    }

    @Override
    public SocketPair pair(SocketType type) {
        try (Scratch scratch = Scratch.take(libc)) {
            int at = scratch.reserve(Long.BYTES);
            long result = libc.call(LibcFunction.SOCKETPAIR, AF_UNIX, number(type), 0, scratch.address(at));
            check(result, "socketpair", "");
            return new SocketPair(
                    descriptors.own(scratch.buffer().getInt(at), "socket of a pair"),
                    descriptors.own(scratch.buffer().getInt(at + Integer.BYTES), "socket of a pair"));
        }
    }

    @Override
    public Descriptor connect(SocketType type, String path) {
        int name = path.lastIndexOf('/') + 1;
        if (path.getBytes(StandardCharsets.UTF_8).length < SUN_PATH || name == 0) {
            return connect(type, path, path);
        }
        // A longer path does not fit in the address: reach the socket through its open directory.
        try (Descriptor directory = files.open(path.substring(0, name), OpenFlag.PATH_ONLY, OpenFlag.DIRECTORY)) {
            return connect(type, directory.procPath() + "/" + path.substring(name), path);
        }
    }

    private Descriptor connect(SocketType type, String address, String subject) {
        byte[] bytes = address.getBytes(StandardCharsets.UTF_8);
        if (bytes.length >= SUN_PATH) {
            throw new KernelException("connect", Errno.ENAMETOOLONG, subject);
        }
        long number = check(libc.call(LibcFunction.SOCKET, AF_UNIX, number(type), 0), "socket", subject);
        Descriptor socket = descriptors.own(number, "connection to " + subject);
        try (Scratch scratch = Scratch.take(libc)) {
            int at = scratch.reserve(SOCKADDR_UN);
            scratch.buffer().putShort(at, (short) AF_UNIX);
            scratch.buffer().put(at + Short.BYTES, bytes);
            check(libc.call(LibcFunction.CONNECT, number, scratch.address(at), SOCKADDR_UN), "connect", subject);
            return socket;
        } catch (KernelException e) {
            socket.close();
            throw e;
        }
    }

    private static int number(SocketType type) {
        return switch (type) {
            case STREAM -> SOCK_STREAM | SOCK_CLOEXEC;
            case SEQPACKET -> SOCK_SEQPACKET | SOCK_CLOEXEC;
        };
    }

    @Override
    public int send(Descriptor socket, ByteBuffer message, List<Descriptor> beside) {
        if (beside.size() > MAX_DESCRIPTORS) {
            throw new KernelException("sendmsg", Errno.E2BIG, beside.size() + " descriptors through " + socket);
        }
        int held = 0;
        try (Scratch scratch = Scratch.take(libc)) {
            int[] numbers = new int[beside.size()];
            while (held < numbers.length) {
                numbers[held] = beside.get(held).acquire();
                held++;
            }
            long address = libc.address(message) + message.position();
            Ancillary ancillary = new Ancillary(scratch, address, message.remaining(), numbers.length);
            ancillary.put(numbers);
            long result = Descriptors.use(
                    socket, fd -> libc.call(LibcFunction.SENDMSG, fd, ancillary.address(), MSG_NOSIGNAL));
            if (result == -EAGAIN) {
                return 0;
            }
            int count = (int) check(result, "sendmsg", socket.toString());
            message.position(message.position() + count);
            return count;
        } finally {
            for (Descriptor descriptor : beside.subList(0, held)) {
                descriptor.release();
            }
        }
    }

    @Override
    public Received receive(Descriptor socket, ByteBuffer buffer, int maxDescriptors) {
        try (Scratch scratch = Scratch.take(libc)) {
            long address = libc.address(buffer) + buffer.position();
            Ancillary ancillary = new Ancillary(scratch, address, buffer.remaining(), maxDescriptors);
            long result = Descriptors.use(
                    socket, fd -> libc.call(LibcFunction.RECVMSG, fd, ancillary.address(), MSG_CMSG_CLOEXEC));
            if (result == -EAGAIN) {
                return new Received(0, List.of());
            }
            int count = (int) check(result, "recvmsg", socket.toString());
            List<Descriptor> received = new ArrayList<>();
            for (int number : ancillary.descriptors()) {
                received.add(descriptors.own(number, "descriptor received through " + socket.name()));
            }
            if (ancillary.truncated()) {
                received.forEach(Descriptor::close);
                throw new KernelException("recvmsg", Errno.EMSGSIZE, "more than fits, through " + socket);
            }
            buffer.position(buffer.position() + count);
            return new Received(count == 0 ? -1 : count, received);
        }
    }

    @Override
    public PeerCredentials peerCredentials(Descriptor socket) {
        try (Scratch scratch = Scratch.take(libc)) {
            int at = scratch.reserve(UCRED);
            int length = scratch.reserve(Integer.BYTES);
            scratch.buffer().putInt(length, UCRED);
            long result = Descriptors.use(
                    socket,
                    fd -> libc.call(
                            LibcFunction.GETSOCKOPT,
                            fd,
                            SOL_SOCKET,
                            SO_PEERCRED,
                            scratch.address(at),
                            scratch.address(length),
                            0));
            check(result, "getsockopt(SO_PEERCRED)", socket.toString());
            ByteBuffer memory = scratch.buffer();
            return new PeerCredentials(memory.getInt(at), memory.getInt(at + 4), memory.getInt(at + 8));
        }
    }

    @Override
    public Descriptor netlink(int family) {
        long number = check(
                libc.call(LibcFunction.SOCKET, AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, family),
                "socket",
                "netlink family " + family);
        Descriptor socket = descriptors.own(number, "netlink socket");
        try {
            // The kernel's own words for a refusal, without the refused message once more (Linux 4.12).
            switchOn(socket, SOL_NETLINK, NETLINK_EXT_ACK);
            switchOn(socket, SOL_NETLINK, NETLINK_CAP_ACK);
            return socket;
        } catch (KernelException e) {
            socket.close();
            throw e;
        }
    }

    private void switchOn(Descriptor socket, int level, int option) {
        try (Scratch scratch = Scratch.take(libc)) {
            int on = scratch.reserve(Integer.BYTES);
            scratch.buffer().putInt(on, 1);
            long result = Descriptors.use(
                    socket,
                    fd -> libc.call(LibcFunction.SETSOCKOPT, fd, level, option, scratch.address(on), Integer.BYTES, 0));
            check(result, "setsockopt", socket.toString());
        }
    }

    @Override
    public Descriptor reserve(boolean datagrams, InetAddress address, int port) {
        boolean six = address instanceof Inet6Address;
        String subject = (six ? "[" + address.getHostAddress() + "]" : address.getHostAddress()) + ":" + port;
        int type = (datagrams ? SOCK_DGRAM : SOCK_STREAM) | SOCK_CLOEXEC;
        long number = check(libc.call(LibcFunction.SOCKET, six ? AF_INET6 : AF_INET, type, 0), "socket", subject);
        Descriptor socket = descriptors.own(number, "port " + subject);
        try (Scratch scratch = Scratch.take(libc)) {
            if (six) {
                switchOn(socket, IPPROTO_IPV6, IPV6_V6ONLY);
            }
            int at = scratch.reserve(SOCKADDR_IN6);
            scratch.buffer()
                    .putShort(at, (short) (six ? AF_INET6 : AF_INET))
                    .put(at + 2, (byte) (port >> Byte.SIZE))
                    .put(at + 3, (byte) port)
                    .put(at + (six ? ADDRESS_OF_IN6 : ADDRESS_OF_IN), address.getAddress());
            int size = six ? SOCKADDR_IN6 : SOCKADDR_IN;
            check(libc.call(LibcFunction.BIND, number, scratch.address(at), size), "bind", subject);
            return socket;
        } catch (KernelException e) {
            socket.close();
            throw e;
        }
    }

    @Override
    public void shutdownWrite(Descriptor socket) {
        long result = Descriptors.use(socket, fd -> libc.call(LibcFunction.SHUTDOWN, fd, SHUT_WR));
        check(result, "shutdown", socket.toString());
    }
}
