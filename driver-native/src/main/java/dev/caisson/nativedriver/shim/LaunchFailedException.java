// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.shim;

/** The shim could not start a process; nothing of it is left. */
public final class LaunchFailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Reply.Failed failed;

    LaunchFailedException(Reply.Failed failed) {
        super(failed.phase().label() + ": " + failed.text() + " (errno " + failed.errno() + ")");
        this.failed = failed;
    }

    /** Returns what the shim said. */
    public Reply.Failed failed() {
        return failed;
    }
}
