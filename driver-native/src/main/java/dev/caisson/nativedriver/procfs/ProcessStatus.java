// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.procfs;

import java.util.HashMap;
import java.util.Map;

/**
 * {@code /proc/pid/status} (proc_pid_status(5)): who a process is, what it may do and how large it is.
 *
 * @param realUid real user
 * @param effectiveUid effective user
 * @param effectiveCapabilities as bits, 1 &lt;&lt; CAP_*
 * @param boundingCapabilities as bits
 * @param noNewPrivileges it gains no rights by executing set-user-ID programs
 * @param residentKib resident set in KiB, 0 for one that has no memory any more
 */
public record ProcessStatus(
        long realUid,
        long effectiveUid,
        long effectiveCapabilities,
        long boundingCapabilities,
        boolean noNewPrivileges,
        long residentKib) {
    private static final String FORMAT = "/proc/pid/status";
    private static final int HEXADECIMAL = 16;

    /** Reads the file. */
    public static ProcessStatus parse(String content) {
        Map<String, String> lines = new HashMap<>();
        content.lines().forEach(line -> {
            int colon = line.indexOf(':');
            if (colon > 0) {
                lines.put(line.substring(0, colon), line.substring(colon + 1).strip());
            }
        });
        String[] uids = line(lines, "Uid").split("\\s+");
        if (uids.length < 2) {
            throw new MalformedFileException(FORMAT, "Uid: " + line(lines, "Uid"));
        }
        return new ProcessStatus(
                Numbers.parse(FORMAT, "Uid", uids[0]),
                Numbers.parse(FORMAT, "Uid", uids[1]),
                capabilities(lines, "CapEff"),
                capabilities(lines, "CapBnd"),
                lines.getOrDefault("NoNewPrivs", "0").equals("1"),
                Numbers.parse(
                        FORMAT, "VmRSS", lines.getOrDefault("VmRSS", "0 kB").split(" ")[0]));
    }

    /** Whether the effective set has the capability of this number (capability.h). */
    public boolean may(int capability) {
        return (effectiveCapabilities >>> capability & 1) == 1;
    }

    private static long capabilities(Map<String, String> lines, String name) {
        String set = line(lines, name);
        try {
            return Long.parseUnsignedLong(set, HEXADECIMAL);
        } catch (NumberFormatException e) {
            throw new MalformedFileException(FORMAT, name + ": " + set, e);
        }
    }

    private static String line(Map<String, String> lines, String name) {
        String value = lines.get(name);
        if (value == null) {
            throw new MalformedFileException(FORMAT, "(no line " + name + ")");
        }
        return value;
    }
}
