// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.command;

import static java.util.Objects.requireNonNull;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

/**
 * An address together with the length of its network's prefix, as {@code 10.0.0.2/24} or {@code fd00::2/64}.
 *
 * @param address IPv4 or IPv6, without a zone
 * @param length of the prefix in bits
 */
public record IpPrefix(InetAddress address, int length) {
    private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final String FOUR = BYTE + "(\\." + BYTE + "){3}";
    private static final String SIX = "[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*";
    private static final int MOST_DIGITS = 3;

    /** @throws IllegalArgumentException if the length is out of range */
    public IpPrefix {
        requireNonNull(address, "address is null");
        if (length < 0 || length > address.getAddress().length * Byte.SIZE) {
            throw new IllegalArgumentException("/" + length + " is no prefix of " + address.getHostAddress());
        }
    }

    /** Reads an address with its prefix; empty if the text is none. */
    public static Optional<IpPrefix> parse(String text) {
        int slash = text.indexOf('/');
        String length = text.substring(slash + 1);
        if (slash < 0 || !length.matches("[0-9]{1," + MOST_DIGITS + "}")) {
            return Optional.empty();
        }
        int bits = Integer.parseInt(length);
        return parseAddress(text.substring(0, slash))
                .filter(address -> bits <= address.getAddress().length * Byte.SIZE)
                .map(address -> new IpPrefix(address, bits));
    }

    /** Reads an address without prefix; empty if the text is none. No name is ever looked up. */
    public static Optional<InetAddress> parseAddress(String text) {
        if (!text.matches(FOUR) && !text.matches(SIX)) {
            return Optional.empty();
        }
        try {
            InetAddress address = InetAddress.getByName(text);
            // ::ffff:10.0.0.1 would come back as an address of IPv4, which it isn't for the kernel.
            return address instanceof Inet4Address == text.matches(FOUR) ? Optional.of(address) : Optional.empty();
        } catch (UnknownHostException malformed) {
            return Optional.empty();
        }
    }

    /** Returns whether an address lies in this network. */
    public boolean contains(InetAddress other) {
        byte[] bytes = other.getAddress();
        return bytes.length == address.getAddress().length
                && Arrays.equals(masked(bytes), masked(address.getAddress()));
    }

    /** Returns whether the two networks have an address in common. */
    public boolean overlaps(IpPrefix other) {
        return length <= other.length ? contains(other.address) : other.contains(address);
    }

    /** Returns the network: the address with nothing behind its prefix. */
    public IpPrefix network() {
        try {
            return new IpPrefix(InetAddress.getByAddress(masked(address.getAddress())), length);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private byte[] masked(byte[] bytes) {
        byte[] result = bytes.clone();
        for (int bit = length; bit < result.length * Byte.SIZE; bit++) {
            result[bit / Byte.SIZE] &= (byte) ~(0x80 >> bit % Byte.SIZE);
        }
        return result;
    }

    /** Returns whether it is of IPv6. */
    public boolean isSix() {
        return !(address instanceof Inet4Address);
    }

    @Override
    public String toString() {
        return address.getHostAddress() + "/" + length;
    }
}
