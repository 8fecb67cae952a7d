// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.kernel;

/** A name in a directory. */
public record DirectoryEntry(String name, FileType type) {}
