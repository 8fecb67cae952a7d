// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.shim;

import dev.caisson.nativedriver.kernel.Descriptor;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a packet as the message that it is, refusing whatever {@code protocol.h} doesn't allow. Stateless. */
final class MessageReader {
    private MessageReader() {}

    /**
     * Reads the packet that fills the buffer from its position to its limit, little endian.
     *
     * @param descriptors what came beside it
     * @throws MalformedMessageException if it is none; the descriptors are left to the caller
     */
    static Message read(ByteBuffer packet, List<Descriptor> descriptors) {
        int length = packet.remaining();
        try {
            int number = packet.getInt();
            MessageType type = MessageType.of(number);
            if (type == null) {
                throw new MalformedMessageException("there is no message type " + Integer.toUnsignedString(number));
            }
            int said = packet.getInt();
            if (said != length) {
                throw new MalformedMessageException(
                        type + " says it has " + Integer.toUnsignedString(said) + " bytes, but has " + length);
            }
            Message message = body(type, packet.getLong(), packet, descriptors);
            check(message, packet, descriptors);
            return message;
        } catch (BufferUnderflowException tooShort) {
            throw new MalformedMessageException("a packet of " + length + " bytes is too short");
        }
    }

    private static void check(Message message, ByteBuffer packet, List<Descriptor> descriptors) {
        if (packet.hasRemaining()) {
            throw new MalformedMessageException(message.type() + " has " + packet.remaining() + " bytes too many");
        }
        if (message.descriptors().size() != descriptors.size()) {
            throw new MalformedMessageException(message.type() + " came with " + descriptors.size() + " descriptors");
        }
    }

    private static Message body(MessageType type, long tag, ByteBuffer body, List<Descriptor> descriptors) {
        return switch (type) {
            case HELLO -> hello(body);
            case LAUNCH -> new Request.Launch(tag, descriptors);
            case CONTINUE -> new Request.Continue(tag, rest(body));
            case START -> new Request.Start(tag, rest(body));
            case SIGNAL -> new Request.Kill(tag, body.getInt());
            case CLEAN -> new Request.Clean(tag);
            case LIST -> new Request.ListHeld();
            case FOLLOW -> follow(tag, body);
            case CLOSE_STDIN -> new Request.CloseStdin(tag);
            case TAKE -> new Request.Take(tag);
            case SHUTDOWN -> new Request.Shutdown(tag, body.getInt() != 0);
            case ADOPT -> new Request.Adopt(tag, padded(body), atMostOne(type, descriptors));
            case WELCOME -> new Reply.Welcome(body.getInt(), body.getInt(), ShimMode.of(body.getInt()), body.getInt());
            case CREATED -> new Reply.Created(tag, pid(body), body.getLong());
            case READY -> new Reply.Ready(tag, pid(body), body.getLong(), atMostOne(type, descriptors));
            case STARTED ->
                new Reply.Started(tag, pid(body), body.getLong(), body.getLong(), atMostOne(type, descriptors));
            case FAILED -> failed(tag, body);
            case EXITED -> exited(tag, body);
            case CLEANED -> new Reply.Cleaned(tag, padded(body), text(body));
            case SIGNALLED -> new Reply.Signalled(tag, padded(body));
            case HELD -> held(tag, body);
            case LIST_END -> new Reply.ListEnd();
            case GREW -> new Reply.Grew(tag, stream(body), body.getInt() != 0, body.getLong());
            case TAKEN -> taken(tag, body, descriptors);
            case REFUSED -> new Reply.Refused(tag, text(body));
        };
    }

    private static Message hello(ByteBuffer body) {
        Request.Hello hello = new Request.Hello(body.getInt(), body.getInt(), body.getInt());
        body.getInt();
        return hello;
    }

    private static Message follow(long tag, ByteBuffer body) {
        int stream = stream(body);
        body.getInt();
        return new Request.Follow(tag, stream, body.getLong());
    }

    static Reply.Failed failed(long tag, ByteBuffer body) {
        LaunchPhase phase = LaunchPhase.of(body.getInt());
        int errno = body.getInt();
        int execCode = body.getInt();
        String text = new String(bytes(body.getInt(), body), StandardCharsets.UTF_8);
        List<Optional<byte[]>> reports = new ArrayList<>();
        while (body.hasRemaining()) {
            reports.add(report(body));
        }
        return new Reply.Failed(tag, phase, errno, execCode, text, List.copyOf(reports));
    }

    private static Optional<byte[]> report(ByteBuffer body) {
        int length = body.getInt();
        return length == Protocol.REPORT_MISSING ? Optional.empty() : Optional.of(bytes(length, body));
    }

    private static Message exited(long tag, ByteBuffer body) {
        int waitStatus = body.getInt();
        int count = body.getInt();
        long[] figures = new long[7];
        for (int i = 0; i < figures.length; i++) {
            figures[i] = body.getLong();
        }
        List<Optional<byte[]>> reports = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            reports.add(report(body));
        }
        return new Reply.Exited(
                tag,
                waitStatus,
                figures[0],
                figures[1],
                figures[2],
                figures[3],
                figures[4],
                figures[5],
                figures[6],
                List.copyOf(reports));
    }

    private static Message held(long tag, ByteBuffer body) {
        HeldState state = HeldState.of(body.getInt());
        int pid = body.getInt();
        long startTime = body.getLong();
        long startedNanos = body.getLong();
        int kind = body.getInt();
        int flags = body.getInt();
        long target = body.getLong();
        int idLength = body.getInt();
        int blobLength = body.getInt();
        long[] spools = {body.getLong(), body.getLong(), body.getLong(), body.getLong()};
        String id = new String(bytes(idLength, body), StandardCharsets.UTF_8);
        return new Reply.Held(
                tag,
                state,
                pid,
                startTime,
                startedNanos,
                kind,
                flags,
                target,
                id,
                bytes(blobLength, body),
                new Reply.Spooled(spools[0], spools[2]),
                new Reply.Spooled(spools[1], spools[3]));
    }

    private static Message taken(long tag, ByteBuffer body, List<Descriptor> descriptors) {
        int mask = body.getInt();
        if (Integer.bitCount(mask) != descriptors.size()) {
            throw new MalformedMessageException(
                    "TAKEN names the descriptors " + mask + ", but " + descriptors.size() + " came");
        }
        return new Reply.Taken(tag, mask, descriptors);
    }

    private static List<Descriptor> atMostOne(MessageType type, List<Descriptor> descriptors) {
        if (descriptors.size() > 1) {
            throw new MalformedMessageException(type + " came with " + descriptors.size() + " descriptors");
        }
        return descriptors;
    }

    private static int stream(ByteBuffer body) {
        int stream = body.getInt();
        if (stream != 1 && stream != 2) {
            throw new MalformedMessageException("there is no output stream " + stream);
        }
        return stream;
    }

    private static int pid(ByteBuffer body) {
        return padded(body);
    }

    /** Reads a u32 that is followed by padding. */
    private static int padded(ByteBuffer body) {
        int value = body.getInt();
        body.getInt();
        return value;
    }

    private static String text(ByteBuffer body) {
        return new String(rest(body), StandardCharsets.UTF_8);
    }

    private static byte[] rest(ByteBuffer body) {
        return bytes(body.remaining(), body);
    }

    private static byte[] bytes(int length, ByteBuffer body) {
        if (length < 0 || length > body.remaining()) {
            throw new MalformedMessageException(
                    Integer.toUnsignedString(length) + " bytes are announced, " + body.remaining() + " are left");
        }
        byte[] bytes = new byte[length];
        body.get(bytes);
        return bytes;
    }
}
