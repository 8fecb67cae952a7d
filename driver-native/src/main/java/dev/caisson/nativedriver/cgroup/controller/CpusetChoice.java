// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup.controller;

import dev.caisson.nativedriver.procfs.NumberList;
import java.util.BitSet;
import java.util.Optional;

/** Whether processors or memory nodes that are asked for can be had. */
public final class CpusetChoice {
    private CpusetChoice() {}

    /**
     * Checks a list against what the parent has. The kernel would refuse (v1) or quietly take others (v2).
     *
     * @throws dev.caisson.driver.DriverException naming what is not there
     */
    public static void check(LimitRequest request, String field, String wanted, Optional<String> available) {
        if (available.isEmpty()) {
            return;
        }
        BitSet missing = NumberList.parse(wanted);
        missing.andNot(NumberList.parse(available.get()));
        if (!missing.isEmpty()) {
            throw request.refused(
                    field,
                    "\"" + wanted + "\" asks for " + missing + ", which cannot be had here",
                    "choose from " + available.get());
        }
    }
}
