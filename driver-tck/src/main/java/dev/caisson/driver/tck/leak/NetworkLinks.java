// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.leak;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** The network interfaces of this JVM's network namespace: ends of veth pairs and bridges that nobody took away. */
final class NetworkLinks implements Census {
    @Override
    public Set<Trace> take(Marks marks) {
        Set<Trace> found = new HashSet<>();
        for (Path link : Proc.entries(Path.of("/sys/class/net"))) {
            String name = link.getFileName().toString();
            String index = Proc.read(link.resolve("ifindex")).strip();
            found.add(new Trace(Trace.Kind.NETWORK_LINK, name + "#" + index, name));
        }
        return found;
    }

    @Override
    public boolean isOurs(Trace trace, Marks marks) {
        return true;
    }
}
