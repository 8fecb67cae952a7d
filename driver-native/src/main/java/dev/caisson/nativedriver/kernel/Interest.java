// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.kernel;

/** What of a descriptor is waited for. Errors and hang-ups are always reported. */
public record Interest(boolean readable, boolean writable) {}
