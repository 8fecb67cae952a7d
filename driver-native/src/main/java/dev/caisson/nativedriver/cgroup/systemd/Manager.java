// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup.systemd;

import dev.caisson.nativedriver.dbus.DbusConnection;
import dev.caisson.nativedriver.dbus.DbusException;
import dev.caisson.nativedriver.dbus.DbusMethod;
import dev.caisson.nativedriver.dbus.DbusReader;
import dev.caisson.nativedriver.dbus.DbusWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** systemd's own object (org.freedesktop.systemd1(5)), over one connection. Not thread-safe; its methods wait for systemd. */
final class Manager implements AutoCloseable {
    private static final Duration MOST = Duration.ofSeconds(30);
    private static final String DONE = "done";

    private final DbusConnection connection;

    private Manager(DbusConnection connection) {
        this.connection = connection;
    }

    /** Connects over the system's bus. */
    static Manager open(Path bus, long uid) throws DbusException {
        DbusConnection connection = DbusConnection.open(bus, uid, MOST);
        try {
            connection.call(DbusMethod.HELLO, "", new DbusWriter());
            connection.call(
                    DbusMethod.ADD_MATCH,
                    "s",
                    new DbusWriter()
                            .text("type='signal',sender='org.freedesktop.systemd1',"
                                    + "interface='org.freedesktop.systemd1.Manager',member='JobRemoved'"));
            Manager manager = new Manager(connection);
            manager.call("Subscribe", "", new DbusWriter());
            return manager;
        } catch (DbusException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private DbusReader call(String member, String signature, DbusWriter body) throws DbusException {
        return connection.call(
                new DbusMethod(
                        "org.freedesktop.systemd1",
                        "/org/freedesktop/systemd1",
                        "org.freedesktop.systemd1.Manager",
                        member),
                signature,
                body);
    }

    /** Makes a unit and starts it; returns when it has started. */
    String startTransient(String unit, List<Property> properties) throws DbusException {
        DbusWriter body = new DbusWriter().text(unit).text("replace");
        write(body, properties);
        body.structs(() -> {});
        return awaitJob(call("StartTransientUnit", "ssa(sv)a(sa(sv))", body).text());
    }

    /** Stops a unit; returns when it has stopped. */
    String stop(String unit) throws DbusException {
        return awaitJob(call("StopUnit", "ss", new DbusWriter().text(unit).text("replace"))
                .text());
    }

    /** Forgets that a unit has failed. */
    void resetFailed(String unit) throws DbusException {
        call("ResetFailedUnit", "s", new DbusWriter().text(unit));
    }

    /** Changes properties until the unit ends. */
    void set(String unit, List<Property> properties) throws DbusException {
        DbusWriter body = new DbusWriter().text(unit).bool(true);
        write(body, properties);
        call("SetUnitProperties", "sba(sv)", body);
    }

    private static void write(DbusWriter body, List<Property> properties) {
        body.structs(() -> properties.forEach(property -> property.write(body)));
    }

    /** Returns how a job ended: {@link #isDone} or the reason why not. */
    private String awaitJob(String job) throws DbusException {
        DbusReader ended = connection.awaitSignal("JobRemoved", signal -> {
            signal.u32();
            return signal.text().equals(job);
        });
        ended.u32();
        ended.text();
        ended.text();
        return ended.text();
    }

    static boolean isDone(String result) {
        return result.equals(DONE);
    }

    @Override
    public void close() {
        connection.close();
    }
}
