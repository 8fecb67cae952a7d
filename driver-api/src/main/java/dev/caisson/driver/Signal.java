// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Locale;

/**
 * A signal of Linux, 1 to 64 (signal(7); the numbers of x86 and ARM).
 *
 * @param number the kernel's number
 */
public record Signal(int number) {
    private static final List<String> NAMES = List.of(
            "", "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE",
            "ALRM", "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM",
            "PROF", "WINCH", "IO", "PWR", "SYS");
    private static final int RTMIN = 34;
    private static final int RTMAX = 64;

    public static final Signal HUP = new Signal(1);
    public static final Signal INT = new Signal(2);
    public static final Signal QUIT = new Signal(3);
    public static final Signal KILL = new Signal(9);
    public static final Signal USR1 = new Signal(10);
    public static final Signal USR2 = new Signal(12);
    public static final Signal TERM = new Signal(15);
    public static final Signal CONT = new Signal(18);
    public static final Signal STOP = new Signal(19);
    public static final Signal WINCH = new Signal(28);

    /** @throws DriverException of kind USER if there is no such signal */
    public Signal {
        if (number < 1 || number > RTMAX) {
            throw unknown(Integer.toString(number));
        }
    }

    /**
     * Reads {@code KILL}, {@code SIGKILL}, {@code 9}, {@code RTMIN+3} or {@code RTMAX-1}, in any case.
     *
     * @throws DriverException of kind USER if there is no such signal
     */
    public static Signal parse(String text) {
        requireNonNull(text, "text is null");
        String name = text.strip().toUpperCase(Locale.ROOT);
        if (name.matches("[0-9]{1,2}")) {
            return new Signal(Integer.parseInt(name));
        }
        name = name.startsWith("SIG") ? name.substring(3) : name;
        if (name.matches("RTMIN(\\+[0-9]{1,2})?")) {
            return realTime(text, RTMIN + offset(name));
        }
        if (name.matches("RTMAX(-[0-9]{1,2})?")) {
            return realTime(text, RTMAX + offset(name));
        }
        int number = switch (name) {
            case "IOT" -> 6;
            case "CLD" -> 17;
            case "POLL" -> 29;
            default -> NAMES.indexOf(name);
        };
        if (number < 1) {
            throw unknown(text);
        }
        return new Signal(number);
    }

    private static int offset(String name) {
        return name.length() == 5 ? 0 : Integer.parseInt(name.substring(5));
    }

    private static Signal realTime(String text, int number) {
        if (number < RTMIN || number > RTMAX) {
            throw unknown(text);
        }
        return new Signal(number);
    }

    private static DriverException unknown(String text) {
        return new DriverException(
                StandardErrorCode.INVALID_ARGUMENT,
                "read signal \"" + text + "\"",
                "there is no such signal",
                "give a name as TERM or SIGTERM, or a number from 1 to 64");
    }

    /** Returns the name, as {@code SIGKILL} or {@code SIGRTMIN+3}. */
    public String name() {
        if (number < NAMES.size()) {
            return "SIG" + NAMES.get(number);
        }
        return number < RTMIN ? "SIG" + number : number == RTMIN ? "SIGRTMIN" : "SIGRTMIN+" + (number - RTMIN);
    }

    @Override
    public String toString() {
        return name();
    }
}
