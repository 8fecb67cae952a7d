// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.command;

import static java.util.Objects.requireNonNull;

import dev.caisson.driver.ContainerId;
import dev.caisson.driver.check.Checked;
import dev.caisson.driver.check.Checker;
import java.nio.file.Path;
import java.util.List;

/**
 * The network of a container.
 *
 * @param namespace which; a private one has loopback, which is up, and the interfaces below
 * @param interfaces made for it or moved into it
 * @param routes further routes
 */
public record Network(NamespaceChoice namespace, List<NetworkInterface> interfaces, List<Route> routes)
        implements Checked {
    public Network {
        requireNonNull(namespace, "namespace is null");
        interfaces = List.copyOf(interfaces);
        routes = List.copyOf(routes);
    }

    /** Returns a network of its own with nothing but loopback. */
    public static Network none() {
        return new Network(NamespaceChoice.PRIVATE, List.of(), List.of());
    }

    /** Returns the host's. */
    public static Network host() {
        return new Network(NamespaceChoice.HOST, List.of(), List.of());
    }

    /** Returns that of another container. */
    public static Network of(ContainerId id) {
        return new Network(new NamespaceChoice.OfContainer(id), List.of(), List.of());
    }

    /** Returns that at a path. */
    public static Network at(Path path) {
        return new Network(new NamespaceChoice.AtPath(path), List.of(), List.of());
    }

    @Override
    public void check(Checker checker) {
        checker.checkAll("interfaces", interfaces);
        checker.checkAll("routes", routes);
        for (int i = 0; i < interfaces.size(); i++) {
            String name = interfaces.get(i).name();
            checker.at("interfaces")
                    .at(i)
                    .at("name")
                    .require(
                            interfaces.subList(0, i).stream()
                                    .noneMatch(other -> other.name().equals(name)),
                            "\"" + name + "\" stands twice",
                            "give each interface a name of its own");
        }
        boolean plain = interfaces.isEmpty() && routes.isEmpty();
        checker.require(
                plain || !(namespace instanceof NamespaceChoice.Host),
                "puts interfaces or routes into the host's network",
                "make the namespace private");
    }
}
