// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.command;

import dev.caisson.driver.check.Checked;
import dev.caisson.driver.check.Checker;

/**
 * A range of user or group ids, user_namespaces(7).
 *
 * @param inside first id in the container
 * @param outside first id on the host
 * @param count how many, 1 and above
 */
public record IdMapping(long inside, long outside, long count) implements Checked {
    private static final long MOST = 0xffff_ffffL;

    @Override
    public void check(Checker checker) {
        checker.at("inside").range(inside, 0, MOST - 1);
        checker.at("outside").range(outside, 0, MOST - 1);
        checker.at("count").range(count, 1, MOST);
    }
}
