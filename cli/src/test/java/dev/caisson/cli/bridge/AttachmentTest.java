// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.cli.flags.BadValueException;
import dev.caisson.driver.command.NetworkInterface;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttachmentTest {
    private static final BigInteger SOME = new BigInteger("f00dbeef", 16);

    private final FakeHostNetwork host =
            new FakeHostNetwork().with("lo", "127.0.0.1/8").with("eth0", "192.0.2.5/24");

    private static NetworkInterface.Veth veth(Attachment attachment) {
        return assertInstanceOf(
                NetworkInterface.Veth.class, attachment.network().interfaces().get(0));
    }

    @Test
    void theOwnBridgeGetsAFreeNetwork() {
        assertEquals("10.193.0.1/16", Bridge.own(host).four().orElseThrow().toString());
        host.with("vpn0", "10.193.4.4/20").with("vpn1", "10.194.0.0/15");
        assertEquals("10.196.0.1/16", Bridge.own(host).four().orElseThrow().toString());
        host.with("vpn2", "10.0.0.0/8");
        assertThrows(BadValueException.class, () -> Bridge.own(host));
    }

    @Test
    void theOwnBridgeIsTakenAsItIs() {
        host.with("caisson0", "10.200.0.1/24");
        NetworkInterface.Veth veth = veth(new Attachment(Bridge.own(host), SOME));
        assertEquals("caisson0", veth.bridge());
        assertTrue(veth.masquerade());
        assertEquals(List.of("10.200.0.1"), veth.gateway());
        String address = veth.addresses().get(0);
        assertTrue(address.matches("10\\.200\\.0\\.[0-9]+/24"), address);
        assertEquals("02:42:0a:c8:00:", veth.mac().orElseThrow().substring(0, 15));
    }

    @Test
    void aBridgeOfTheUsersIsNotTranslated() {
        host.with("br7", "10.7.0.254/24");
        NetworkInterface.Veth veth = veth(new Attachment(Bridge.named("br7", host), SOME));
        assertFalse(veth.masquerade());
        assertEquals(List.of("10.7.0.254"), veth.gateway());
        BadValueException none = assertThrows(BadValueException.class, () -> Bridge.named("br8", host));
        assertTrue(String.valueOf(none.getMessage()).contains("br8"), none::toString);
    }

    /** Each address comes once before the first comes again; the network's, the broadcast's and the bridge's never. */
    @Test
    void everyAddressHasItsTurn() {
        Subnet subnet = new Subnet(
                dev.caisson.driver.command.IpPrefix.parse("10.7.0.5/28").orElseThrow());
        Set<String> seen = new HashSet<>();
        int room = subnet.room().intValueExact();
        assertEquals(13, room);
        for (int i = 0; i < room; i++) {
            seen.add(subnet.address(SOME.add(BigInteger.valueOf(i))).toString());
        }
        assertEquals(room, seen.size());
        assertFalse(seen.contains("10.7.0.0/28") || seen.contains("10.7.0.15/28") || seen.contains("10.7.0.5/28"));
        assertTrue(seen.contains("10.7.0.1/28") && seen.contains("10.7.0.14/28"), seen::toString);
    }

    @Test
    void theNextAddressIsTriedUnlessItWasGiven() {
        host.with("caisson0", "10.200.0.1/24");
        Attachment drawn = new Attachment(Bridge.own(host), BigInteger.ZERO);
        assertEquals(List.of("10.200.0.2"), drawn.addresses());
        assertTrue(drawn.next());
        assertEquals(List.of("10.200.0.3"), drawn.addresses());
        drawn.address("10.200.0.77", false);
        assertEquals(List.of("10.200.0.77"), drawn.addresses());
        assertFalse(drawn.next());
    }

    @Test
    void bothFamilies() {
        Attachment attachment = new Attachment(Bridge.own(host), BigInteger.ZERO);
        attachment.address("fd00:ca15:5044::7", true);
        NetworkInterface.Veth veth = veth(attachment);
        assertEquals(List.of("10.193.0.2/16", "fd00:ca15:5044:0:0:0:0:7/64"), veth.addresses());
        assertEquals(List.of("10.193.0.1", "fd00:ca15:5044:0:0:0:0:1"), veth.gateway());
    }

    @ParameterizedTest
    @CsvSource({
        "10.193.0.1, false, is not for a container on caisson0",
        "10.193.0.0, false, is not for a container on caisson0",
        "10.193.255.255, false, is not for a container on caisson0",
        "10.194.0.1, false, whose network is 10.193.0.0/16",
        "10.193.0.7/16, false, is no address of IPv4",
        "fd00::1, false, is no address of IPv4",
        "nonsense, false, is no address of IPv4",
        "10.193.0.9, true, is no address of IPv6",
        "fd01::1, true, is not for a container on caisson0",
    })
    void addressesOfElsewhereAreRefused(String text, boolean six, String why) {
        Attachment attachment = new Attachment(Bridge.own(host), SOME);
        BadValueException refusal = assertThrows(BadValueException.class, () -> attachment.address(text, six));
        assertTrue(String.valueOf(refusal.getMessage()).contains(why), refusal::toString);
    }

    @Test
    void aBridgeWithoutANetworkTakesAnyAddress() {
        Attachment attachment = new Attachment(Bridge.named("br7", host.with("br7")), SOME);
        assertEquals(List.of(), attachment.addresses());
        attachment.address("10.1.2.3/24", false);
        assertEquals(List.of("10.1.2.3/24"), veth(attachment).addresses());
        assertEquals(List.of(), veth(attachment).gateway());
        assertEquals(Optional.of("02:42:0a:01:02:03"), veth(attachment).mac());
    }

    @Test
    void aNetworkWithoutRoomIsRefused() {
        host.with("br7", "10.7.0.1/31");
        assertThrows(BadValueException.class, () -> new Attachment(Bridge.named("br7", host), SOME));
    }
}
