// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.leak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;

/** The network interfaces of this JVM's network namespace: ends of veth pairs and bridges that nobody took away. */
public final class NetworkLinks implements Census {
    /** Not /sys/class/net, which shows the namespace of whoever has mounted it. */
    private static final Path DEVICES = Path.of("/proc/thread-self/net/dev");

    private static final int HEADER = 2;

    NetworkLinks() {}

    /** Returns the names of all. */
    public static Set<String> names() {
        try {
            return Files.readAllLines(DEVICES).stream()
                    .skip(HEADER)
                    .map(line -> line.substring(0, line.indexOf(':')).strip())
                    .collect(Collectors.toSet());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public Set<Trace> take(Marks marks) {
        return names().stream()
                .map(name -> new Trace(Trace.Kind.NETWORK_LINK, name, name))
                .collect(Collectors.toSet());
    }

    @Override
    public boolean isOurs(Trace trace, Marks marks) {
        return true;
    }
}
