// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.cli.flags.BadValueException;
import dev.caisson.driver.command.PublishedPort;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublishSyntaxTest {
    @ParameterizedTest
    @CsvSource({
        "8080:80, 8080:80/tcp",
        "5353:53/udp, 5353:53/udp",
        "127.0.0.1:8080:80/TCP, 127.0.0.1:8080:80/tcp",
        "[::1]:8080:80, ::1:8080:80/tcp",
        "8000-8002:80-82, 8000:80/tcp 8001:81/tcp 8002:82/tcp",
    })
    void ports(String text, String wanted) {
        assertEquals(
                wanted,
                PublishSyntax.read(text).stream().map(PublishedPort::toString).collect(Collectors.joining(" ")));
    }

    @ParameterizedTest
    @CsvSource({
        "80, give the port of the host as well",
        "8080:, is not HOST:CONTAINER",
        "0:80, is out of range",
        "80:65536, is out of range",
        "8000-8002:80-81, has ranges of different length",
        "8002-8000:80-82, has a range that ends before it begins",
        "1-2-3:1, has a range with more than two ends",
        "80:80/sctp, has a protocol other than tcp and udp",
        "1.2.3:80:80, has no address of the host",
        "1.2.3.400:80:80, has no address of the host",
    })
    void whatIsNone(String text, String why) {
        BadValueException refusal = assertThrows(BadValueException.class, () -> PublishSyntax.read(text));
        assertTrue(String.valueOf(refusal.getMessage()).contains(why), refusal::toString);
    }

    @Test
    void aRangeIsAsLongAsItSays() {
        assertEquals(11, PublishSyntax.read("8000-8010:8000-8010").size());
    }
}
