// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.command;

/** What a mount is like, mount(8). */
public enum MountFlag {
    READONLY,
    NOSUID,
    NODEV,
    NOEXEC,
    SYNCHRONOUS,
    DIRSYNC,
    MANDLOCK,
    NOATIME,
    NODIRATIME,
    RELATIME,
    STRICTATIME,
    NOSYMFOLLOW,
    LAZYTIME,
    SILENT,
    IVERSION
}
