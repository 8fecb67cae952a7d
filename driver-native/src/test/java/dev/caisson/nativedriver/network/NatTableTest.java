// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.driver.command.NetworkInterface;
import dev.caisson.driver.command.PublishedPort;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The batches, read again message by message. What the kernel makes of them is seen by BridgeRootTest. */
class NatTableTest {
    private static final int BEGIN = 0x10;
    private static final int END = 0x11;
    private static final int TABLE = 0x0a00;
    private static final int CHAIN = 0x0a03;
    private static final int RULE = 0x0a06;

    private record Message(int type, int flags, byte[] payload) {
        boolean holds(String text) {
            return new String(payload, StandardCharsets.ISO_8859_1).contains(text);
        }

        boolean holdsHex(String digits) {
            return HexFormat.of().formatHex(payload).contains(digits);
        }
    }

    private static List<Message> messages(NetworkInterface.Veth... interfaces) {
        ByteBuffer batch = NatTable.encode("caisson-a", List.of(interfaces)).order(ByteOrder.nativeOrder());
        List<Message> messages = new ArrayList<>();
        while (batch.hasRemaining()) {
            int start = batch.position();
            int length = batch.getInt(start);
            byte[] payload = new byte[length - 16];
            batch.get(start + 16, payload);
            messages.add(new Message(batch.getShort(start + 4), batch.getShort(start + 6), payload));
            batch.position(start + length);
        }
        return messages;
    }

    private static List<Message> rules(List<Message> messages) {
        return messages.stream().filter(message -> message.type() == RULE).toList();
    }

    private static NetworkInterface.VethBuilder veth() {
        return NetworkInterface.veth("eth0", "br0").address("10.0.0.2/24");
    }

    @Test
    void withoutTranslationThereIsTheGuardAlone() {
        List<Message> messages = messages(veth().build());
        assertEquals(
                List.of(BEGIN, TABLE, CHAIN, RULE, END),
                messages.stream().map(Message::type).toList());
        Message guard = messages.get(3);
        assertTrue(guard.holds("br0\0") && guard.holdsHex("7f000000"), "what comes in for 127.0.0.0/8");
        assertEquals(0x4, guard.flags() & 0x4, "the last message that does something is answered");
        assertTrue(messages.stream().filter(one -> (one.flags() & 0x4) != 0).count() == 1, "and no other");
    }

    @Test
    void masqueradingIsOneRuleForEachAddress() {
        List<Message> rules =
                rules(messages(veth().address("fd00::2/64").masquerade().build()));
        assertEquals(3, rules.size());
        assertTrue(rules.get(1).holds("masq\0") && rules.get(1).holdsHex("0a000002"));
        assertTrue(rules.get(2).holds("masq\0") && rules.get(2).holdsHex("fd000000000000000000000000000002"));
    }

    @Test
    void aPortIsThereForOthersAndForTheHostItself() {
        PublishedPort port = new PublishedPort(PublishedPort.Protocol.UDP, Optional.empty(), 0x1234, 0x35);
        List<Message> messages = messages(veth().port(port).build());
        List<Message> redirecting =
                rules(messages).stream().filter(rule -> rule.holds("nat\0")).toList();
        assertEquals(2, redirecting.size());
        for (Message rule : redirecting) {
            assertTrue(rule.holds("fib\0"), "to any address of the host");
            assertTrue(rule.holdsHex("0500010011"), "of UDP");
            assertTrue(rule.holdsHex("060001001234") && rule.holdsHex("060001000035"), "from port to port");
        }
        assertTrue(redirecting.get(0).holds("in\0") && redirecting.get(1).holds("local\0"));
    }

    @Test
    void aPortOfOneAddressLooksAtTheAddress() {
        PublishedPort port = new PublishedPort(PublishedPort.Protocol.TCP, Optional.of("192.0.2.1"), 8080, 80);
        List<Message> redirecting = rules(
                        messages(veth().address("fd00::2/64").port(port).build()))
                .stream()
                .filter(rule -> rule.holds("nat\0"))
                .toList();
        assertEquals(2, redirecting.size(), "not for IPv6");
        assertTrue(
                redirecting.get(0).holdsHex("c0000201") && !redirecting.get(0).holds("fib\0"));
    }
}
