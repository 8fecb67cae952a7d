// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.plan;

import dev.caisson.nativedriver.kernel.Descriptor;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How a launch goes, apart from what is launched. A plan adds to {@code awaitContinue} and {@code hold} what the Command's
 * hooks demand: {@link LaunchPlan#has} tells the outcome.
 *
 * @param awaitContinue stop when namespaces and cgroups are there, for what the engine has to do then
 * @param hold stop before the user's program is executed
 * @param autoClean everything is removed at the end, unasked
 * @param blob what the shim gives back to an engine that comes later; empty for nothing
 * @param gate one-shot mode: the FIFO by whose opening a held process goes on
 * @param unmount mounts of the host that are detached when the container is cleaned
 * @param remove directories of the host that are removed then, with all that is in them
 */
public record LaunchOptions(
        boolean awaitContinue,
        boolean hold,
        boolean autoClean,
        byte[] blob,
        Optional<Descriptor> gate,
        List<Path> unmount,
        List<Path> remove) {
    private static final byte[] NOTHING = {};

    public LaunchOptions {
        unmount = List.copyOf(unmount);
        remove = List.copyOf(remove);
    }

    /** A launch that runs through and is cleaned when it is asked to be. */
    public static LaunchOptions none() {
        return new LaunchOptions(false, false, false, NOTHING, Optional.empty(), List.of(), List.of());
    }

    /** The same, stopping for the engine or not. */
    public LaunchOptions withAwaitContinue(boolean value) {
        return new LaunchOptions(value, hold, autoClean, blob, gate, unmount, remove);
    }

    /** The same, stopping before the program or not. */
    public LaunchOptions withHold(boolean value) {
        return new LaunchOptions(awaitContinue, value, autoClean, blob, gate, unmount, remove);
    }

    /** The same, cleaned unasked or not. */
    public LaunchOptions withAutoClean(boolean value) {
        return new LaunchOptions(awaitContinue, hold, value, blob, gate, unmount, remove);
    }

    /** The same with something to give back. */
    public LaunchOptions withBlob(byte[] value) {
        return new LaunchOptions(awaitContinue, hold, autoClean, value.clone(), gate, unmount, remove);
    }

    /** The same with a FIFO as gate. */
    public LaunchOptions withGate(Descriptor value) {
        return new LaunchOptions(awaitContinue, hold, autoClean, blob, Optional.of(value), unmount, remove);
    }

    /** The same with other things that are removed when the container is cleaned. */
    public LaunchOptions withCleanup(List<Path> newUnmount, List<Path> newRemove) {
        return new LaunchOptions(awaitContinue, hold, autoClean, blob, gate, newUnmount, newRemove);
    }
}
