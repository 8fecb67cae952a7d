// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.operation;

import dev.caisson.nativedriver.container.ActiveContainer;
import dev.caisson.nativedriver.launch.Launcher;
import dev.caisson.nativedriver.stdio.ProcessStreams;

/** Undoes a container that came to nothing, whatever has been made of it. */
public final class AbandonContainer {
    private final Launcher launcher;
    private final ContainerHooks hooks;

    public AbandonContainer(Launcher launcher, ContainerHooks hooks) {
        this.launcher = launcher;
        this.hooks = hooks;
    }

    /** Kills and cleans it. Not interruptible, but for its poststop hooks: an interrupt kills them and stays pending. */
    void abandon(ActiveContainer container) {
        container.launched().ifPresent(launcher::kill);
        container.streams().ifPresent(ProcessStreams::close);
        try {
            hooks.afterClean(container.command());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
