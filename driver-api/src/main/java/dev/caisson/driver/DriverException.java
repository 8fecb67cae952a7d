// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * What every method of the SPI throws when it can't do what it was asked. The message is one line that says what was
 * being done on what, why it failed, and what to do: {@code doing: why; remedy}.
 */
public class DriverException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient ErrorCode code;

    /** @see #DriverException(ErrorCode, String, String, String, Throwable) */
    public DriverException(ErrorCode code, String doing, String why, String remedy) {
        this(code, doing, why, remedy, null);
    }

    /**
     * @param code the numbered reason
     * @param doing what was being done, on what, such as {@code pause container "a"}
     * @param why why it failed
     * @param remedy what the caller can do; empty where nothing can be done
     * @param cause what was caught, if anything
     */
    @SuppressWarnings("this-escape")
    public DriverException(ErrorCode code, String doing, String why, String remedy, @Nullable Throwable cause) {
        super(doing + ": " + why + (remedy.isEmpty() ? "" : "; " + remedy), cause);
        this.code = requireNonNull(code, "code is null");
    }

    /** Returns the numbered reason. */
    public ErrorCode code() {
        return code;
    }

    /** Returns the kind of failure, the same as {@code code().kind()}. */
    public ErrorKind kind() {
        return code.kind();
    }
}
