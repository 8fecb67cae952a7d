// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.plan;

import dev.caisson.driver.command.Command;
import dev.caisson.driver.command.NamespaceChoice;
import dev.caisson.driver.command.Namespaces;

/** The choice that a Command makes for each kind of namespace. */
final class NamespaceChoices {
    private NamespaceChoices() {}

    static NamespaceChoice of(Command command, NamespaceKind kind) {
        Namespaces namespaces = command.namespaces();
        return switch (kind) {
            case USER -> namespaces.user().choice();
            case MOUNT -> namespaces.mount();
            case PID -> namespaces.pid();
            case NETWORK -> command.network().namespace();
            case IPC -> namespaces.ipc();
            case UTS -> namespaces.uts();
            case CGROUP -> namespaces.cgroup();
            case TIME -> namespaces.time().choice();
        };
    }

    static boolean isPrivate(Command command, NamespaceKind kind) {
        return of(command, kind) instanceof NamespaceChoice.Private;
    }

    /** Whether the container's users are the host's: no namespace of its own, nor another's. */
    static boolean usersOfHost(Command command) {
        return isOfHost(command, NamespaceKind.USER);
    }

    static boolean isOfHost(Command command, NamespaceKind kind) {
        return of(command, kind) instanceof NamespaceChoice.Host;
    }
}
