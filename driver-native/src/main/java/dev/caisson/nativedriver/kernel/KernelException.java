// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.kernel;

/**
 * The kernel refused a call: which call, on what, and its error number.
 *
 * <p>The message reads {@code mkdir /sys/fs/cgroup/pids/x: File exists (EEXIST)}.
 */
public final class KernelException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String text;
    private final String call;
    private final String subject;
    private final Errno errno;

    /**
     * A refusal.
     *
     * @param call name of the system call, such as {@code openat}
     * @param errno why
     * @param subject the path, descriptor or process it was made on; empty when there is none
     */
    public KernelException(String call, Errno errno, String subject) {
        super(describe(call, errno, subject));
        this.text = describe(call, errno, subject);
        this.call = call;
        this.subject = subject;
        this.errno = errno;
    }

    private static String describe(String call, Errno errno, String subject) {
        return call + (subject.isEmpty() ? "" : " " + subject) + ": " + errno.text() + " (" + errno.name() + ")";
    }

    /** The message, as a sentence to be quoted in another one. */
    public String text() {
        return text;
    }

    /** Name of the system call. */
    public String call() {
        return call;
    }

    /** What the call was made on; empty when there is nothing to name. */
    public String subject() {
        return subject;
    }

    /** Why the kernel refused. */
    public Errno errno() {
        return errno;
    }

    /** Whether this is one of the given reasons. */
    public boolean is(Errno first, Errno... others) {
        if (errno.equals(first)) {
            return true;
        }
        for (Errno other : others) {
            if (errno.equals(other)) {
                return true;
            }
        }
        return false;
    }
}
