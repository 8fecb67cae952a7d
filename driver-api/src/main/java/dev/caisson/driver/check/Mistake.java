// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.check;

import static java.util.Objects.requireNonNull;

/**
 * One thing that is wrong with a Command.
 *
 * @param path where: the field's path, such as {@code resources.memory.limit} or {@code mounts[2].target}
 * @param problem what is wrong, with the value that was given
 * @param remedy what would be right
 */
public record Mistake(String path, String problem, String remedy) {
    public Mistake {
        requireNonNull(path, "path is null");
        requireNonNull(problem, "problem is null");
        requireNonNull(remedy, "remedy is null");
    }

    @Override
    public String toString() {
        return path + ": " + problem + "; " + remedy;
    }
}
