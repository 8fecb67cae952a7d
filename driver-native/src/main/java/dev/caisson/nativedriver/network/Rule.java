// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.network;

import dev.caisson.driver.command.IpPrefix;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A rule of nftables under construction: expressions that each load a register, compare it, or act (linux/netfilter/nf_tables.h).
 * The kernel goes on with the next expression as long as what is compared holds. Not thread-safe.
 */
final class Rule {
    private static final int REGISTER = 1;
    private static final int SECOND_REGISTER = 2;

    private static final int EXPRESSION_NAME = 1;
    private static final int EXPRESSION_DATA = 2;
    private static final int LIST_ELEMENT = 1;
    private static final int DATA_VALUE = 1;

    private static final int META_IIFNAME = 6;
    private static final int META_OIFNAME = 7;
    private static final int META_NFPROTO = 15;
    private static final int META_L4PROTO = 16;
    private static final int CT_STATUS = 2;
    private static final int STATUS_DNAT = 1 << 5;
    private static final int NETWORK_HEADER = 1;
    private static final int TRANSPORT_HEADER = 2;
    private static final int FIB_ADDRESS_TYPE = 3;
    private static final int FIB_DESTINATION = 1 << 1;
    private static final int LOCAL = 2;
    private static final int DNAT = 1;
    private static final int INTERFACE_NAME = 16;
    private static final byte FOUR = 2;
    private static final byte SIX = 10;

    private static final int EQUAL = 0;
    private static final int UNEQUAL = 1;

    private static final int SOURCE_4 = 12;
    private static final int DESTINATION_4 = 16;
    private static final int SOURCE_6 = 8;
    private static final int DESTINATION_6 = 24;
    private static final int DESTINATION_PORT = 2;

    private final NetlinkBatch batch;

    /** Goes on in the list of expressions that the batch is in. */
    Rule(NetlinkBatch batch) {
        this.batch = batch;
    }

    private Rule expression(String name, Runnable data) {
        batch.begin(LIST_ELEMENT).text(EXPRESSION_NAME, name).begin(EXPRESSION_DATA);
        data.run();
        batch.end().end();
        return this;
    }

    private void value(int attribute, byte[] value) {
        batch.begin(attribute).bytes(DATA_VALUE, value).end();
    }

    private Rule compare(int how, byte[] value) {
        return expression("cmp", () -> {
            batch.number(1, REGISTER).number(2, how);
            value(3, value);
        });
    }

    private Rule meta(int key) {
        return expression("meta", () -> batch.number(1, REGISTER).number(2, key));
    }

    private Rule load(int header, int offset, int length) {
        return expression(
                "payload",
                () -> batch.number(1, REGISTER)
                        .number(2, header)
                        .number(3, offset)
                        .number(4, length));
    }

    private Rule mask(byte[] mask) {
        return expression("bitwise", () -> {
            batch.number(1, REGISTER).number(2, REGISTER).number(3, mask.length);
            value(4, mask);
            value(5, new byte[mask.length]);
        });
    }

    private Rule immediate(int register, byte[] value) {
        return expression("immediate", () -> {
            batch.number(1, register);
            value(2, value);
        });
    }

    private static byte[] name(String text) {
        return Arrays.copyOf(text.getBytes(StandardCharsets.UTF_8), INTERFACE_NAME);
    }

    private static byte family(InetAddress address) {
        return address instanceof Inet4Address ? FOUR : SIX;
    }

    Rule comesIn(String device) {
        return meta(META_IIFNAME).compare(EQUAL, name(device));
    }

    Rule comesInBut(String device) {
        return meta(META_IIFNAME).compare(UNEQUAL, name(device));
    }

    Rule goesOut(String device) {
        return meta(META_OIFNAME).compare(EQUAL, name(device));
    }

    Rule goesOutBut(String device) {
        return meta(META_OIFNAME).compare(UNEQUAL, name(device));
    }

    /** Is of the address's family: what looks at headers has to know which. */
    Rule isOfFamily(InetAddress address) {
        return meta(META_NFPROTO).compare(EQUAL, new byte[] {family(address)});
    }

    Rule isFrom(IpPrefix network) {
        return isWithin(network, SOURCE_4, SOURCE_6);
    }

    Rule isTo(IpPrefix network) {
        return isWithin(network, DESTINATION_4, DESTINATION_6);
    }

    private Rule isWithin(IpPrefix network, int offsetOfFour, int offsetOfSix) {
        byte[] address = network.network().address().getAddress();
        load(NETWORK_HEADER, network.isSix() ? offsetOfSix : offsetOfFour, address.length);
        if (network.length() < address.length * Byte.SIZE) {
            mask(maskOf(network.length(), address.length));
        }
        return compare(EQUAL, address);
    }

    private static byte[] maskOf(int bits, int length) {
        byte[] mask = new byte[length];
        for (int bit = 0; bit < bits; bit++) {
            mask[bit / Byte.SIZE] |= (byte) (0x80 >> bit % Byte.SIZE);
        }
        return mask;
    }

    /** Is to an address that the host itself has. */
    Rule isToHost() {
        expression(
                "fib",
                () -> batch.number(1, REGISTER).number(2, FIB_ADDRESS_TYPE).number(3, FIB_DESTINATION));
        return compare(EQUAL, machineOrder(LOCAL));
    }

    /** Is to a port of a protocol, by the number that IP has for it. */
    Rule isToPort(int protocol, int port) {
        meta(META_L4PROTO).compare(EQUAL, new byte[] {(byte) protocol});
        return load(TRANSPORT_HEADER, DESTINATION_PORT, Short.BYTES).compare(EQUAL, port(port));
    }

    private static byte[] port(int number) {
        return ByteBuffer.allocate(Short.BYTES).putShort((short) number).array();
    }

    /** Belongs to a connection whose destination was translated. */
    Rule wasRedirected() {
        expression("ct", () -> batch.number(1, REGISTER).number(2, CT_STATUS));
        return mask(machineOrder(STATUS_DNAT)).compare(UNEQUAL, new byte[Integer.BYTES]);
    }

    /** Registers that the kernel fills with a number hold it in the machine's order. */
    private static byte[] machineOrder(int number) {
        return ByteBuffer.allocate(Integer.BYTES)
                .order(java.nio.ByteOrder.nativeOrder())
                .putInt(number)
                .array();
    }

    /** Acts: from now on its source is the host's. */
    Rule masquerade() {
        return expression("masq", () -> {});
    }

    /** Acts: its destination is another one. */
    Rule redirect(InetAddress address, int port) {
        immediate(REGISTER, address.getAddress());
        immediate(SECOND_REGISTER, port(port));
        return expression(
                "nat",
                () -> batch.number(1, DNAT)
                        .number(2, family(address))
                        .number(3, REGISTER)
                        .number(5, SECOND_REGISTER));
    }

    /** Acts: it is thrown away. */
    Rule drop() {
        return expression(
                "immediate",
                () -> batch.number(1, 0).begin(2).begin(2).number(1, 0).end().end());
    }
}
