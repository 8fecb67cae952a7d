// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.network;

import dev.caisson.driver.command.IpPrefix;
import dev.caisson.driver.command.NetworkInterface;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The host's end of a veth pair. Its name is made of the container's address, since the kernel allows a name once: two
 * containers can't have the same address, whoever starts them, and an address is free again exactly when the interface is
 * gone. No file has to be kept about it, or cleaned after a crash.
 *
 * @param name 15 bytes at most
 * @param mac by which it is known again when it is removed: another interface may have the name by then
 */
public record HostEnd(String name, byte[] mac) {
    private static final int MAC = 6;
    private static final long FOLD = 0x9e37_79b9_7f4a_7c15L;
    private static final int DIGITS_OF_SIX = 12;

    /** Chooses name and address. */
    public static HostEnd of(NetworkInterface.Veth veth) {
        byte[] mac = new byte[MAC];
        ThreadLocalRandom.current().nextBytes(mac);
        mac[0] = 0x02; // locally administered, of one host
        return new HostEnd(name(veth), mac);
    }

    private static String name(NetworkInterface.Veth veth) {
        Optional<IpPrefix> four =
                veth.prefixes().stream().filter(prefix -> !prefix.isSix()).findFirst();
        if (four.isPresent()) {
            return "cs" + HexFormat.of().formatHex(four.get().address().getAddress());
        }
        return veth.prefixes().stream()
                .findFirst()
                .map(HostEnd::nameOfSix)
                .orElseGet(() -> "cx" + digits(ThreadLocalRandom.current().nextLong()));
    }

    /** 48 bits of 128: that two addresses of one host meet by chance is told as one that is taken, and does no harm. */
    private static String nameOfSix(IpPrefix six) {
        ByteBuffer bytes = ByteBuffer.wrap(six.address().getAddress());
        long folded = (bytes.getLong() * FOLD ^ bytes.getLong()) * FOLD;
        return "c6" + digits(folded);
    }

    private static String digits(long number) {
        return HexFormat.of().toHexDigits(number).substring(0, DIGITS_OF_SIX);
    }

    /** Returns the address as {@code 02:…}. */
    public String macText() {
        return HexFormat.ofDelimiter(":").formatHex(mac);
    }
}
