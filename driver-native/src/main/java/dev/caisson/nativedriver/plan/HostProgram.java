// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.plan;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A program of the host.
 *
 * @param path absolute
 * @param arguments its argv, the first being its name
 * @param environment its whole environment
 */
public record HostProgram(Path path, List<String> arguments, Map<String, String> environment) {
    public HostProgram {
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
    }
}
