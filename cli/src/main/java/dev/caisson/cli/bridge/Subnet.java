// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.bridge;

import dev.caisson.driver.command.IpPrefix;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * A network on a bridge.
 *
 * @param gateway the bridge's own address in it
 */
record Subnet(IpPrefix gateway) {
    /** Returns how many addresses there are for containers: all but that of the network, the broadcast's, the bridge's. */
    BigInteger room() {
        int bits = gateway.address().getAddress().length * Byte.SIZE - gateway.length();
        return BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.valueOf(3)).max(BigInteger.ZERO);
    }

    /** Returns one of them by its number, from 0; numbers beyond the last begin anew. */
    IpPrefix address(BigInteger number) {
        BigInteger first = value(gateway.network().address()).add(BigInteger.ONE);
        BigInteger chosen = first.add(number.mod(room()));
        BigInteger own = value(gateway.address());
        // The bridge's own is left out: from there on all move up by one.
        return prefix(chosen.compareTo(own) >= 0 ? chosen.add(BigInteger.ONE) : chosen);
    }

    /** Returns whether an address is one for a container. */
    boolean offers(InetAddress address) {
        BigInteger number = value(address).subtract(value(gateway.network().address()));
        return gateway.contains(address)
                && !address.equals(gateway.address())
                && number.signum() > 0
                && number.compareTo(room().add(BigInteger.TWO)) < 0;
    }

    /** Returns the address with this network's prefix. */
    IpPrefix prefixed(InetAddress address) {
        return new IpPrefix(address, gateway.length());
    }

    private static BigInteger value(InetAddress address) {
        return new BigInteger(1, address.getAddress());
    }

    private IpPrefix prefix(BigInteger value) {
        int length = gateway.address().getAddress().length;
        byte[] bytes = value.toByteArray();
        byte[] address = new byte[length];
        byte[] significant = Arrays.copyOfRange(bytes, Math.max(0, bytes.length - length), bytes.length);
        System.arraycopy(significant, 0, address, length - significant.length, significant.length);
        try {
            return prefixed(InetAddress.getByAddress(address));
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
