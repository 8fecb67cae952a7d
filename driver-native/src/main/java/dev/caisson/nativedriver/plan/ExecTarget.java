// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.plan;

import dev.caisson.driver.command.Command;

/**
 * The container that a further process is started in.
 *
 * @param command what it was made of
 * @param tag of its init, by which the shim knows it
 * @param pid of its init
 */
public record ExecTarget(Command command, long tag, int pid) {}
