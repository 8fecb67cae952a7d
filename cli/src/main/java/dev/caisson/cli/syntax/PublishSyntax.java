// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.syntax;

import dev.caisson.cli.flags.BadValueException;
import dev.caisson.driver.command.IpPrefix;
import dev.caisson.driver.command.PublishedPort;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Reads --publish: {@code [ADDRESS:]HOST:CONTAINER[/tcp|/udp]}, where both ports may be ranges of the same length. */
public final class PublishSyntax {
    private static final Pattern FORM = Pattern.compile(
            "(?:(?<address>[0-9.]+|\\[[0-9A-Fa-f:.]+\\]):)?(?<host>[0-9-]+):(?<container>[0-9-]+)(?:/(?<protocol>[A-Za-z]+))?");
    private static final int HIGHEST = 65_535;

    private PublishSyntax() {}

    /** The ports of a range. */
    private record Range(int first, int last) {
        static Range read(String text) {
            String[] ends = text.split("-", -1);
            if (ends.length > 2) {
                throw new BadValueException("has a range with more than two ends", "give a range as 8000-8010");
            }
            int first = (int) Numbers.whole(ends[0], 1, HIGHEST);
            int last = (int) Numbers.whole(ends[ends.length - 1], 1, HIGHEST);
            if (last < first) {
                throw new BadValueException("has a range that ends before it begins", "give a range as 8000-8010");
            }
            return new Range(first, last);
        }

        int size() {
            return last - first + 1;
        }
    }

    /**
     * Returns the ports.
     *
     * @throws BadValueException if it is none
     */
    public static List<PublishedPort> read(String text) {
        Matcher match = FORM.matcher(text);
        if (!match.matches()) {
            throw new BadValueException(
                    "is not HOST:CONTAINER",
                    text.matches("[0-9]+(/.*)?")
                            ? "give the port of the host as well, as 8080:" + text
                            : "give ports as 8080:80, 127.0.0.1:8080:80 or 5353:53/udp");
        }
        Optional<String> address = Optional.ofNullable(match.group("address")).map(PublishSyntax::address);
        Range host = Range.read(match.group("host"));
        Range container = Range.read(match.group("container"));
        if (host.size() != container.size()) {
            throw new BadValueException("has ranges of different length", "give as many ports of both");
        }
        PublishedPort.Protocol protocol = protocol(Optional.ofNullable(match.group("protocol")));
        return IntStream.range(0, host.size())
                .mapToObj(i -> new PublishedPort(protocol, address, host.first() + i, container.first() + i))
                .toList();
    }

    private static String address(String text) {
        String plain = text.replaceAll("[\\[\\]]", "");
        if (IpPrefix.parseAddress(plain).isEmpty()) {
            throw new BadValueException("has no address of the host before its ports", "give one as 127.0.0.1:8080:80");
        }
        return plain;
    }

    private static PublishedPort.Protocol protocol(Optional<String> name) {
        return switch (name.orElse("tcp").toLowerCase(Locale.ROOT)) {
            case "tcp" -> PublishedPort.Protocol.TCP;
            case "udp" -> PublishedPort.Protocol.UDP;
            default -> throw new BadValueException("has a protocol other than tcp and udp", "give tcp or udp");
        };
    }
}
