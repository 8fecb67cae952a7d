// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.dbus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DbusConnectionTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final String WELCOME = "OK 0123456789abcdef\r\n";

    @TempDir
    private Path directory;

    private DbusConnection connect(Duration most) throws DbusException {
        return DbusConnection.open(directory.resolve("bus"), 0, most);
    }

    private FakeBus bus(List<List<byte[]>> answers) throws Exception {
        return new FakeBus(directory.resolve("bus"), WELCOME, answers);
    }

    @Test
    void aCallIsSentAndAnswered() throws Exception {
        byte[] answer = FakeBus.message(DbusMessage.ANSWER, 1, DbusMessage.MEMBER, "x", ":1.5");
        try (FakeBus bus = bus(List.of(List.of(answer)));
                DbusConnection connection = connect(LONG)) {
            DbusReader said = connection.call(DbusMethod.ADD_MATCH, "s", new DbusWriter().text("type='signal'"));
            assertEquals(":1.5", said.text());
            DbusMessage call = bus.firstCall();
            assertEquals("AddMatch", call.field(DbusMessage.MEMBER));
            assertEquals("/org/freedesktop/DBus", call.field(DbusMessage.PATH));
            assertEquals("s", call.field(DbusMessage.SIGNATURE));
            assertEquals("type='signal'", call.values().text());
        }
    }

    @Test
    void anErrorHasItsName() throws Exception {
        byte[] answer = FakeBus.message(
                DbusMessage.ERROR, 1, DbusMessage.ERROR_NAME, "org.freedesktop.systemd1.UnitExists", "it is there");
        try (FakeBus bus = bus(List.of(List.of(answer)));
                DbusConnection connection = connect(LONG)) {
            DbusException refused =
                    assertThrows(DbusException.class, () -> connection.call(DbusMethod.HELLO, "", new DbusWriter()));
            assertEquals("org.freedesktop.systemd1.UnitExists", refused.name());
            assertEquals("it is there", refused.getMessage());
            assertEquals("Hello", bus.firstCall().field(DbusMessage.MEMBER));
        }
    }

    @Test
    void aSignalMayComeBeforeTheAnswer() throws Exception {
        byte[] other = FakeBus.message(DbusMessage.SIGNAL, 0, DbusMessage.MEMBER, "JobRemoved", "/job/1");
        byte[] wanted = FakeBus.message(DbusMessage.SIGNAL, 0, DbusMessage.MEMBER, "JobRemoved", "/job/2");
        byte[] answer = FakeBus.message(DbusMessage.ANSWER, 1, DbusMessage.MEMBER, "x", "/job/2");
        try (FakeBus bus = bus(List.of(List.of(other, wanted, answer)));
                DbusConnection connection = connect(LONG)) {
            String job = connection.call(DbusMethod.HELLO, "", new DbusWriter()).text();
            DbusReader signal =
                    connection.awaitSignal("JobRemoved", values -> values.text().equals(job));
            assertEquals("/job/2", signal.text());
            assertEquals("", bus.firstCall().field(DbusMessage.SIGNATURE));
        }
    }

    @Test
    void whoIsNotKnownIsTold() throws Exception {
        try (FakeBus bus = new FakeBus(directory.resolve("bus"), "REJECTED EXTERNAL\r\n", List.of())) {
            DbusException refused = assertThrows(DbusException.class, () -> connect(LONG));
            assertTrue(refused.getMessage().contains("it does not know user 0"), refused::getMessage);
        }
    }

    @Test
    void nobodyWaitsForEver() throws Exception {
        try (FakeBus bus = bus(List.of(List.of()));
                DbusConnection connection = connect(Duration.ofMillis(200))) {
            DbusException late =
                    assertThrows(DbusException.class, () -> connection.call(DbusMethod.HELLO, "", new DbusWriter()));
            assertTrue(late.getMessage().contains("no answer came in time"), late::getMessage);
        }
    }
}
