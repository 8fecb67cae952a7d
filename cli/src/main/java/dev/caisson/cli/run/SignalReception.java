// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.run;

import dev.caisson.cli.proc.KernelFile;
import dev.caisson.driver.Signal;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a process does with signals.
 *
 * @param initOfNamespace it is process 1 of its pid namespace: the kernel drops signals that it doesn't catch, instead of ending
 *     it as any other process (pid_namespaces(7))
 * @param heard those that it catches, ignores or blocks, a bit each
 */
record SignalReception(boolean initOfNamespace, long heard) {
    private static final Set<Signal> HARMLESS = Stream.of(
                    "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "WINCH")
            .map(Signal::parse)
            .collect(Collectors.toSet());

    /** Reads what the kernel says of a process; one that is gone is deaf to nothing. */
    static SignalReception of(long pid) {
        return parse(KernelFile.text(Path.of("/proc/" + pid + "/status")).orElse(""));
    }

    static SignalReception parse(String status) {
        boolean init = false;
        long heard = 0;
        for (String line : status.lines().toList()) {
            List<String> words = List.of(line.split("\\s+"));
            switch (words.get(0)) {
                case "NSpid:" ->
                    init = words.size() > 2 && words.get(words.size() - 1).equals("1");
                case "SigBlk:", "SigIgn:", "SigCgt:" -> heard |= Long.parseUnsignedLong(words.get(1), 16);
                default -> {}
            }
        }
        return new SignalReception(init, heard);
    }

    /** Returns true if the kernel would drop a signal that ends any other process. */
    boolean isDeafTo(Signal signal) {
        return initOfNamespace && !HARMLESS.contains(signal) && (heard >>> (signal.number() - 1) & 1) == 0;
    }
}
