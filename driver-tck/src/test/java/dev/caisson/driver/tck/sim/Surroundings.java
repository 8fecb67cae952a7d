// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.sim;

import dev.caisson.driver.command.IdMappings;
import java.nio.file.Path;
import java.util.Map;

/**
 * What was made for a simulated container.
 *
 * @param namespaces by their kinds
 * @param files what it sees
 * @param network what it is on
 * @param idMappings of its user namespace
 * @param scratch a directory of the host, which is there when something was put into it
 */
record Surroundings(Map<String, String> namespaces, Vfs files, Net network, IdMappings idMappings, Path scratch) {}
