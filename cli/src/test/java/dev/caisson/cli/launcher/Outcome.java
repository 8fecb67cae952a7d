// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.launcher;

/** How a script ended, and what it said. */
record Outcome(int code, String out, String err) {}
