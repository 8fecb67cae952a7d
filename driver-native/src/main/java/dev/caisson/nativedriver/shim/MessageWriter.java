// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.shim;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Lays a message out as a packet. Stateless. */
final class MessageWriter {
    private MessageWriter() {}

    /**
     * Puts a packet at the buffer's position, little endian.
     *
     * @throws MalformedMessageException if it doesn't fit in a packet
     */
    static void write(Message message, ByteBuffer buffer) {
        int start = buffer.position();
        if (message.descriptors().size() > Protocol.DESCRIPTORS_MOST) {
            throw new MalformedMessageException(message.type() + " carries "
                    + message.descriptors().size() + " descriptors, " + Protocol.DESCRIPTORS_MOST + " are the most");
        }
        buffer.putInt(message.type().number()).putInt(0).putLong(message.tag());
        switch (message) {
            case Request request -> body(request, buffer);
            case Reply reply -> body(reply, buffer);
        }
        buffer.putInt(start + Integer.BYTES, buffer.position() - start);
    }

    private static void body(Request request, ByteBuffer buffer) {
        switch (request) {
            case Request.Hello hello ->
                buffer.putInt(hello.magic())
                        .putInt(hello.version())
                        .putInt(hello.enginePid())
                        .putInt(0);
            case Request.Continue proceed -> bytes(proceed.state(), proceed.type(), buffer);
            case Request.Start start -> bytes(start.state(), start.type(), buffer);
            case Request.Kill kill -> buffer.putInt(kill.signal());
            case Request.Follow follow ->
                buffer.putInt(follow.stream()).putInt(0).putLong(follow.consumed());
            case Request.Shutdown shutdown -> buffer.putInt(shutdown.force() ? 1 : 0);
            case Request.Adopt adopt -> buffer.putInt(adopt.pid()).putInt(0);
            case Request.Launch launch -> {}
            case Request.Clean clean -> {}
            case Request.ListHeld list -> {}
            case Request.CloseStdin close -> {}
            case Request.Take take -> {}
        }
    }

    private static void body(Reply reply, ByteBuffer buffer) {
        switch (reply) {
            case Reply.Progress progress -> body(progress, buffer);
            case Reply.Welcome welcome ->
                buffer.putInt(welcome.version())
                        .putInt(welcome.shimPid())
                        .putInt(welcome.mode().number())
                        .putInt(welcome.held());
            case Reply.Signalled signalled -> buffer.putInt(signalled.errno()).putInt(0);
            case Reply.Held held -> held(held, buffer);
            case Reply.ListEnd end -> {}
            case Reply.Grew grew ->
                buffer.putInt(grew.stream()).putInt(grew.ended() ? 1 : 0).putLong(grew.size());
            case Reply.Taken taken -> buffer.putInt(taken.mask());
            case Reply.Refused refused -> text(refused.text(), refused.type(), buffer);
        }
    }

    private static void body(Reply.Progress progress, ByteBuffer buffer) {
        switch (progress) {
            case Reply.Created created -> buffer.putInt(created.pid()).putInt(0).putLong(created.startTime());
            case Reply.Ready ready -> buffer.putInt(ready.pid()).putInt(0).putLong(ready.startTime());
            case Reply.Started started ->
                buffer.putInt(started.pid())
                        .putInt(0)
                        .putLong(started.startTime())
                        .putLong(started.startedNanos());
            case Reply.Failed failed -> {
                byte[] text = failed.text().getBytes(StandardCharsets.UTF_8);
                buffer.putInt(failed.phase().number())
                        .putInt(failed.errno())
                        .putInt(failed.execCode())
                        .putInt(text.length);
                bytes(text, failed.type(), buffer);
                reports(failed.reports(), failed.type(), buffer);
            }
            case Reply.Exited exited -> exited(exited, buffer);
            case Reply.Cleaned cleaned -> {
                buffer.putInt(cleaned.errno()).putInt(0);
                text(cleaned.text(), cleaned.type(), buffer);
            }
        }
    }

    private static void exited(Reply.Exited exited, ByteBuffer buffer) {
        buffer.putInt(exited.waitStatus())
                .putInt(exited.reports().size())
                .putLong(exited.startedNanos())
                .putLong(exited.finishedNanos())
                .putLong(exited.userMicros())
                .putLong(exited.systemMicros())
                .putLong(exited.maxRssKib())
                .putLong(exited.minorFaults())
                .putLong(exited.majorFaults());
        reports(exited.reports(), exited.type(), buffer);
    }

    private static void reports(List<Optional<byte[]>> reports, MessageType type, ByteBuffer buffer) {
        for (Optional<byte[]> report : reports) {
            buffer.putInt(report.map(bytes -> bytes.length).orElse(Protocol.REPORT_MISSING));
            report.ifPresent(bytes -> bytes(bytes, type, buffer));
        }
    }

    private static void held(Reply.Held held, ByteBuffer buffer) {
        byte[] id = held.id().getBytes(StandardCharsets.UTF_8);
        buffer.putInt(held.state().number())
                .putInt(held.pid())
                .putLong(held.startTime())
                .putLong(held.startedNanos())
                .putInt(held.kind())
                .putInt(held.flags())
                .putLong(held.target())
                .putInt(id.length)
                .putInt(held.blob().length)
                .putLong(held.stdout().written())
                .putLong(held.stderr().written())
                .putLong(held.stdout().consumed())
                .putLong(held.stderr().consumed());
        bytes(id, held.type(), buffer);
        bytes(held.blob(), held.type(), buffer);
    }

    private static void text(String text, MessageType type, ByteBuffer buffer) {
        bytes(text.getBytes(StandardCharsets.UTF_8), type, buffer);
    }

    private static void bytes(byte[] bytes, MessageType type, ByteBuffer buffer) {
        if (bytes.length > buffer.remaining()) {
            throw new MalformedMessageException(
                    type + " with " + bytes.length + " bytes does not fit in " + Protocol.MESSAGE_MOST);
        }
        buffer.put(bytes);
    }
}
