// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver;

import dev.caisson.driver.Container;
import dev.caisson.driver.ContainerId;
import dev.caisson.driver.ContainerState;
import dev.caisson.driver.ExitStatus;
import dev.caisson.driver.ProcessIdentity;
import dev.caisson.driver.StartedProcess;
import dev.caisson.driver.command.Command;
import dev.caisson.driver.pipes.Pipes;
import dev.caisson.nativedriver.container.ActiveContainer;
import dev.caisson.nativedriver.container.ContainerProcess;
import dev.caisson.nativedriver.container.WrongState;
import dev.caisson.nativedriver.operation.AwaitContainer;
import java.util.Optional;

/** A container as its holder sees it. */
record NativeContainer(NativeDriver driver, ActiveContainer held) implements Container {
    @Override
    public ContainerId id() {
        return held.id();
    }

    @Override
    public Command command() {
        return held.command();
    }

    @Override
    public ContainerState state() {
        return held.stage().visible();
    }

    @Override
    public ProcessIdentity init() {
        return held.init()
                .orElseThrow(
                        () -> WrongState.notRunning("look for the init of container \"" + id() + "\"", held.stage()));
    }

    @Override
    public void start() {
        driver.start(held);
    }

    @Override
    public ExitStatus await() throws InterruptedException {
        return AwaitContainer.await(held);
    }

    @Override
    public Optional<ExitStatus> exitStatus() {
        return held.status();
    }

    @Override
    public StartedProcess process() {
        return new ContainerProcess("container \"" + id() + "\"", held, held.process(), held.streams());
    }

    @Override
    public void attach(Pipes pipes) {
        driver.attach(held, pipes);
    }

    @Override
    public String toString() {
        return "container \"" + id() + "\" (" + state() + ")";
    }
}
