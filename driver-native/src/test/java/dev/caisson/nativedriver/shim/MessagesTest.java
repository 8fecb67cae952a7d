// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.shim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.nativedriver.kernel.Descriptor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MessagesTest {
    private static final long TAG = 0x0123_4567_89ab_cdefL;
    private static final Descriptor ONE = Descriptor.borrowed(0, "one");
    private static final Descriptor TWO = Descriptor.borrowed(1, "two");

    static List<Message> messages() {
        byte[] state = "{\"ociVersion\":\"1.3.0\"}".getBytes(StandardCharsets.UTF_8);
        return List.of(
                new Request.Hello(Protocol.MAGIC, Protocol.VERSION, 4711),
                new Request.Launch(TAG, List.of(ONE, TWO)),
                new Request.Continue(TAG, state),
                new Request.Continue(TAG, new byte[0]),
                new Request.Start(TAG, state),
                new Request.Kill(TAG, 15),
                new Request.Clean(TAG),
                new Request.ListHeld(),
                new Request.Follow(TAG, 2, 1L << 40),
                new Request.CloseStdin(TAG),
                new Request.Take(TAG),
                new Request.Adopt(TAG, 4711, List.of()),
                new Request.Adopt(TAG, 4711, List.of(ONE)),
                new Request.Shutdown(TAG, true),
                new Request.Shutdown(TAG, false),
                new Reply.Welcome(1, 99, ShimMode.LASTING, 3),
                new Reply.Created(TAG, 77, 123_456),
                new Reply.Ready(TAG, 77, 123_456, List.of()),
                new Reply.Ready(TAG, 77, 123_456, List.of(ONE)),
                new Reply.Started(TAG, 77, 123_456, 1_700_000_000_000_000_000L, List.of(ONE)),
                new Reply.Failed(TAG, LaunchPhase.EXEC, 2, 127, "exec: \"nix\": not fóund", List.of()),
                new Reply.Failed(
                        TAG, LaunchPhase.CGROUP, 0, 0, "killéd", List.of(Optional.of(state), Optional.empty())),
                new Reply.Exited(
                        TAG,
                        0x100,
                        1,
                        2,
                        3,
                        4,
                        5,
                        6,
                        7,
                        List.of(Optional.of(state), Optional.empty(), Optional.of(new byte[0]))),
                new Reply.Cleaned(TAG, 16, "/x is busy"),
                new Reply.Signalled(TAG, 3),
                new Reply.Held(
                        TAG,
                        HeldState.RUNNING,
                        77,
                        8,
                        9,
                        1,
                        0xffff,
                        10,
                        "a",
                        state,
                        new Reply.Spooled(20, 10),
                        new Reply.Spooled(40, 30)),
                new Reply.ListEnd(),
                new Reply.Grew(TAG, 1, true, 1L << 33),
                new Reply.Taken(TAG, Reply.Taken.STDIN | Reply.Taken.STDERR, List.of(ONE, TWO)),
                new Reply.Refused(TAG, "no"));
    }

    private static ByteBuffer packet(Message message) {
        ByteBuffer buffer = ByteBuffer.allocate(Protocol.MESSAGE_MOST).order(ByteOrder.LITTLE_ENDIAN);
        MessageWriter.write(message, buffer);
        return buffer.flip();
    }

    /** Records compare arrays by identity; their packets tell whether they say the same. */
    private static void assertSame(Message expected, Message actual) {
        assertEquals(expected.getClass(), actual.getClass());
        assertEquals(expected.tag(), actual.tag());
        assertEquals(expected.descriptors(), actual.descriptors());
        assertEquals(packet(expected), packet(actual));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void comesBackAsItWasSent(Message message) {
        assertSame(message, MessageReader.read(packet(message), message.descriptors()));
    }

    @Test
    void everyTypeIsAmongTheSamples() {
        Set<MessageType> seen = EnumSet.noneOf(MessageType.class);
        messages().forEach(message -> seen.add(message.type()));
        assertEquals(EnumSet.allOf(MessageType.class), seen);
    }

    @ParameterizedTest
    @MethodSource("messages")
    void everyTruncationIsRefused(Message message) {
        ByteBuffer whole = packet(message);
        for (int length = 0; length < whole.limit(); length++) {
            ByteBuffer cut = whole.duplicate().order(ByteOrder.LITTLE_ENDIAN).limit(length);
            assertThrows(MalformedMessageException.class, () -> MessageReader.read(cut, message.descriptors()));
        }
    }

    @ParameterizedTest
    @MethodSource("messages")
    void moreDescriptorsThanItMayHaveAreRefused(Message message) {
        if (message instanceof Request.Launch) {
            return;
        }
        List<Descriptor> many = Collections.nCopies(3, ONE);
        assertThrows(MalformedMessageException.class, () -> MessageReader.read(packet(message), many));
    }

    @Test
    void garbageIsRefusedAndNothingElseIsThrown() {
        Random random = new Random(1);
        List<Message> samples = messages();
        for (int round = 0; round < 200_000; round++) {
            Message sample = samples.get(random.nextInt(samples.size()));
            byte[] bytes = bytes(packet(sample));
            for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            try {
                MessageReader.read(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN), sample.descriptors());
            } catch (MalformedMessageException refused) {
                assertTrue(String.valueOf(refused.getMessage()).length() > 5);
            }
        }
    }

    private static byte[] bytes(ByteBuffer packet) {
        return Arrays.copyOf(packet.array(), packet.limit());
    }

    @Test
    void namesTheDescriptorsThatWereTaken() {
        Reply.Taken taken = new Reply.Taken(TAG, Reply.Taken.STDIN | Reply.Taken.STDERR, List.of(ONE, TWO));
        assertEquals(Optional.of(ONE), taken.descriptor(Reply.Taken.STDIN));
        assertEquals(Optional.empty(), taken.descriptor(Reply.Taken.STDOUT));
        assertEquals(Optional.of(TWO), taken.descriptor(Reply.Taken.STDERR));
        assertEquals(Optional.empty(), taken.descriptor(Reply.Taken.MASTER));
    }

    @Test
    void whatDoesNotFitInAPacketIsRefused() {
        Message large = new Request.Continue(TAG, new byte[Protocol.MESSAGE_MOST]);
        assertThrows(MalformedMessageException.class, () -> packet(large));
        Message crowded = new Request.Launch(TAG, Collections.nCopies(Protocol.DESCRIPTORS_MOST + 1, ONE));
        assertThrows(MalformedMessageException.class, () -> packet(crowded));
    }
}
