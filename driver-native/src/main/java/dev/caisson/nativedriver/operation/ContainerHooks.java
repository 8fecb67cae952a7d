// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.operation;

import dev.caisson.driver.DriverException;
import dev.caisson.driver.command.Command;
import dev.caisson.driver.command.Hooks;
import dev.caisson.nativedriver.hook.HookRunner;
import dev.caisson.nativedriver.oci.OciState;
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

    /** Runs those that are due after the start. One that fails is logged, as the specification says. */
    void afterStart(Command command, int pid) throws InterruptedException {
        if (!command.hooks().poststart().isEmpty()) {
            byte[] state = OciState.of(command, OciState.Status.RUNNING, pid);
            tolerate(() -> runner.run(command.id(), "poststart", command.hooks().poststart(), state));
        }
    }

    /** Runs those that are due when nothing is left of the container. One that fails is logged. */
    void afterClean(Command command) throws InterruptedException {
        if (!command.hooks().poststop().isEmpty()) {
            byte[] state = OciState.of(command, OciState.Status.STOPPED, 0);
            tolerate(() -> runner.run(command.id(), "poststop", command.hooks().poststop(), state));
        }
    }

    private interface Run {
        void run() throws InterruptedException;
    }

    private static void tolerate(Run run) throws InterruptedException {
        try {
            run.run();
        } catch (DriverException e) {
            log.warn("A hook failed, which changes nothing any more: {}", e.getMessage(), e);
        }
    }
}
