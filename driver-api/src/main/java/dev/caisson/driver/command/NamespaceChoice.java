// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.command;

import static java.util.Objects.requireNonNull;

import dev.caisson.driver.ContainerId;
import java.nio.file.Path;

/** Which namespace of a kind a container is in. */
public sealed interface NamespaceChoice {
    /** One of its own, newly made. */
    NamespaceChoice PRIVATE = new Private();

    /** The engine's. */
    NamespaceChoice HOST = new Host();

    /** One of its own, newly made. */
    record Private() implements NamespaceChoice {}

    /** The engine's. */
    record Host() implements NamespaceChoice {}

    /** That of another container of the same driver, which must run. */
    record OfContainer(ContainerId id) implements NamespaceChoice {
        public OfContainer {
            requireNonNull(id, "id is null");
        }
    }

    /** That at a path of the host, such as {@code /run/netns/x} or {@code /proc/7/ns/net}. */
    record AtPath(Path path) implements NamespaceChoice {
        public AtPath {
            requireNonNull(path, "path is null");
        }
    }
}
