// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.procfs;

/**
 * {@code /proc/pid/stat} (proc_pid_stat(5)).
 *
 * @param pid of the process
 * @param name the kernel's name for it, at most 15 bytes of anything
 * @param state R, S, D, Z, T ...
 * @param parent its parent, 0 when that is not visible
 * @param userTicks time in user mode, in clock ticks
 * @param systemTicks time in the kernel, in clock ticks
 * @param startTime when it was started, in clock ticks since boot; with the pid it names a process for ever
 * @param residentPages its resident set
 * @param dying it was killed, or ends by itself, but is no zombie yet: it may still have its memory
 */
public record ProcessStat(
        int pid,
        String name,
        char state,
        int parent,
        long userTicks,
        long systemTicks,
        long startTime,
        long residentPages,
        boolean dying) {
    private static final String FORMAT = "/proc/pid/stat";

    /** Numbers of the fields in the manual page, where the state is 3, less those before the state. */
    private static final int STATE = 0;

    private static final int PARENT = 1;
    private static final int USER_TIME = 14 - 3;
    private static final int SYSTEM_TIME = 15 - 3;
    private static final int START_TIME = 22 - 3;
    private static final int RESIDENT = 24 - 3;
    private static final int FLAGS = 9 - 3;
    private static final int PENDING_SIGNALS = 31 - 3;

    /** PF_EXITING and PF_SIGNALED of the kernel's sched.h. */
    private static final long ENDING = 0x4 | 0x400;

    private static final long SIGKILL = 1L << 8;

    /** Reads the one line. */
    public static ProcessStat parse(String content) {
        // The name may have spaces, parentheses and newlines in it: it ends at the last parenthesis.
        int open = content.indexOf(" (");
        int close = content.lastIndexOf(") ");
        if (open < 0 || close < open) {
            throw new MalformedFileException(FORMAT, content.strip());
        }
        String[] fields = content.substring(close + 2).strip().split(" ");
        if (fields.length <= PENDING_SIGNALS || fields[STATE].length() != 1) {
            throw new MalformedFileException(FORMAT, content.strip());
        }
        return new ProcessStat(
                (int) number(content, content.substring(0, open)),
                content.substring(open + 2, close),
                fields[STATE].charAt(0),
                (int) number(content, fields[PARENT]),
                number(content, fields[USER_TIME]),
                number(content, fields[SYSTEM_TIME]),
                number(content, fields[START_TIME]),
                number(content, fields[RESIDENT]),
                isDying(content, fields));
    }

    private static boolean isDying(String content, String[] fields) {
        return !fields[STATE].equals("Z")
                && ((number(content, fields[FLAGS]) & ENDING) != 0
                        || (number(content, fields[PENDING_SIGNALS]) & SIGKILL) != 0);
    }

    private static long number(String content, String word) {
        return Numbers.parse(FORMAT, content.strip(), word);
    }
}
