// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.kernel.fake;

import dev.caisson.nativedriver.kernel.Errno;
import dev.caisson.nativedriver.kernel.KernelException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was called, and what is to fail. */
final class Journal {
    private final List<String> calls = new ArrayList<>();
    private final Map<String, Errno> failures = new LinkedHashMap<>();

    synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    synchronized void forget() {
        calls.clear();
    }

    synchronized void fail(String beginning, Errno errno) {
        failures.put(beginning, errno);
    }

    /** Records a call; throws when it is to fail. */
    synchronized void enter(String call, String subject) {
        String record = call + " " + subject;
        calls.add(record);
        failures.forEach((beginning, errno) -> {
            if (record.startsWith(beginning)) {
                throw new KernelException(call, errno, subject);
            }
        });
    }
}
