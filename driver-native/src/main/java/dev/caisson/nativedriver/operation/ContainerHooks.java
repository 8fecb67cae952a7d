// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.operation;

import dev.caisson.driver.DriverException;
import dev.caisson.driver.command.Command;
import dev.caisson.driver.command.Hook;
import dev.caisson.driver.command.Hooks;
import dev.caisson.nativedriver.hook.HookRunner;
import dev.caisson.nativedriver.oci.OciState;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which hooks of a container are run when, on the host (OCI runtime-spec, "Lifecycle"). */
public final class ContainerHooks {
    private static final Logger log = LoggerFactory.getLogger(ContainerHooks.class);

    private final HookRunner runner;

    public ContainerHooks(HookRunner runner) {
        this.runner = runner;
    }

    /** Returns true if the launch waits for what {@link #beforeRoot} does. */
    static boolean areBeforeRoot(Hooks hooks) {
        return !hooks.prestart().isEmpty()
                || !hooks.createRuntime().isEmpty()
                || !hooks.createContainer().isEmpty();
    }

    /** Runs those that are due when the namespaces are made and the root is not changed to yet. */
    void beforeRoot(Command command, byte[] state) throws InterruptedException {
        runner.run(command.id(), "prestart", command.hooks().prestart(), state);
        runner.run(command.id(), "createRuntime", command.hooks().createRuntime(), state);
    }

    /** Runs those that are due after the start. */
    void afterStart(Command command, int pid) throws InterruptedException {
        if (!command.hooks().poststart().isEmpty()) {
            tolerate(
                    command,
                    "poststart",
                    command.hooks().poststart(),
                    OciState.of(command, OciState.Status.RUNNING, pid));
        }
    }

    /** Runs those that are due when nothing is left of the container. */
    void afterClean(Command command) throws InterruptedException {
        if (!command.hooks().poststop().isEmpty()) {
            tolerate(command, "poststop", command.hooks().poststop(), OciState.of(command, OciState.Status.STOPPED, 0));
        }
    }

    /** One that fails is logged, and the others are run all the same, as the specification says. */
    private void tolerate(Command command, String kind, List<Hook> hooks, byte[] state) throws InterruptedException {
        for (Hook hook : hooks) {
            try {
                runner.run(command.id(), kind, List.of(hook), state);
            } catch (DriverException e) {
                log.warn("What a failed hook was for is not done: {}", e.getMessage());
            }
        }
    }
}
