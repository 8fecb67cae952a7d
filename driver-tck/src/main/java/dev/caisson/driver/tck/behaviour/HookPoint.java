// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.behaviour;

import dev.caisson.driver.command.Hook;
import dev.caisson.driver.command.Hooks;
import java.util.List;

/** The points at which hooks run, in their order. */
enum HookPoint {
    PRESTART("creating", true),
    CREATE_RUNTIME("creating", true),
    CREATE_CONTAINER("creating", true),
    START_CONTAINER("created", true),
    POSTSTART("running", false),
    POSTSTOP("stopped", false);

    private final String status;
    private final boolean fatal;

    HookPoint(String status, boolean fatal) {
        this.status = status;
        this.fatal = fatal;
    }

    /** Returns the container's status as its hooks are told. */
    String status() {
        return status;
    }

    /** Returns true if a hook that fails here fails the start. */
    boolean isFatal() {
        return fatal;
    }

    /** Returns true if the hook's path is the container's. */
    boolean isInside() {
        return this == START_CONTAINER;
    }

    /** Returns hooks of which there is none but this. */
    Hooks with(Hook hook) {
        return add(Hooks.none(), hook);
    }

    /** Returns the same hooks with this one more. */
    Hooks add(Hooks hooks, Hook hook) {
        List<Hook> one = List.of(hook);
        return new Hooks(
                this == PRESTART ? one : hooks.prestart(),
                this == CREATE_RUNTIME ? one : hooks.createRuntime(),
                this == CREATE_CONTAINER ? one : hooks.createContainer(),
                this == START_CONTAINER ? one : hooks.startContainer(),
                this == POSTSTART ? one : hooks.poststart(),
                this == POSTSTOP ? one : hooks.poststop());
    }
}
