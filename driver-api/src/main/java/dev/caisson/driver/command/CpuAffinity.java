// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.command;

import static java.util.Objects.requireNonNull;

import dev.caisson.driver.check.Checked;
import dev.caisson.driver.check.Checker;
import java.util.Optional;

/**
 * On which processors a process runs, sched_setaffinity(2), as lists like {@code 0-2,7}.
 *
 * @param initial while it is being made
 * @param last when its program starts
 */
public record CpuAffinity(Optional<String> initial, Optional<String> last) implements Checked {
    private static final String LIST = "[0-9]{1,5}(-[0-9]{1,5})?(,[0-9]{1,5}(-[0-9]{1,5})?)*";

    public CpuAffinity {
        requireNonNull(initial, "initial is null");
        requireNonNull(last, "last is null");
    }

    @Override
    public void check(Checker checker) {
        initial.ifPresent(list -> checkList(checker.at("initial"), list));
        last.ifPresent(list -> checkList(checker.at("last"), list));
    }

    private static void checkList(Checker checker, String list) {
        checker.require(list.matches(LIST), "\"" + list + "\" is no list of processors", "give it as 0-2,7");
    }
}
