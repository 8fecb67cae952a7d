// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.procfs;

/** A file of the kernel does not look as its documentation says. */
public final class MalformedFileException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * A line that cannot be read.
     *
     * @param format the kind of file, such as {@code /proc/pid/stat}
     * @param line what stands there
     */
    public MalformedFileException(String format, String line) {
        this(format, line, null);
    }

    MalformedFileException(String format, String line, @org.jspecify.annotations.Nullable Throwable cause) {
        super("The kernel's " + format + " has a line that cannot be read: '" + line + "'", cause);
    }
}
