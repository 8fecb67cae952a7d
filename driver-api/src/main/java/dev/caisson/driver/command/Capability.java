// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.command;

import static java.util.Objects.requireNonNull;

import dev.caisson.driver.DriverException;
import dev.caisson.driver.StandardErrorCode;
import java.util.Locale;

/** The capabilities of Linux, capabilities(7), in the order of their numbers. */
public enum Capability {
    CHOWN,
    DAC_OVERRIDE,
    DAC_READ_SEARCH,
    FOWNER,
    FSETID,
    KILL,
    SETGID,
    SETUID,
    SETPCAP,
    LINUX_IMMUTABLE,
    NET_BIND_SERVICE,
    NET_BROADCAST,
    NET_ADMIN,
    NET_RAW,
    IPC_LOCK,
    IPC_OWNER,
    SYS_MODULE,
    SYS_RAWIO,
    SYS_CHROOT,
    SYS_PTRACE,
    SYS_PACCT,
    SYS_ADMIN,
    SYS_BOOT,
    SYS_NICE,
    SYS_RESOURCE,
    SYS_TIME,
    SYS_TTY_CONFIG,
    MKNOD,
    LEASE,
    AUDIT_WRITE,
    AUDIT_CONTROL,
    SETFCAP,
    MAC_OVERRIDE,
    MAC_ADMIN,
    SYSLOG,
    WAKE_ALARM,
    BLOCK_SUSPEND,
    AUDIT_READ,
    PERFMON,
    BPF,
    CHECKPOINT_RESTORE;

    /** Returns the kernel's number. */
    public int number() {
        return ordinal();
    }

    /**
     * Reads {@code NET_ADMIN}, {@code CAP_NET_ADMIN} or {@code net_admin}.
     *
     * @throws DriverException of kind USER if there is none of that name
     */
    public static Capability parse(String text) {
        requireNonNull(text, "text is null");
        String name = text.strip().toUpperCase(Locale.ROOT);
        try {
            return valueOf(name.startsWith("CAP_") ? name.substring(4) : name);
        } catch (IllegalArgumentException unknown) {
            throw new DriverException(
                    StandardErrorCode.INVALID_ARGUMENT,
                    "read capability \"" + text + "\"",
                    "there is none of that name",
                    "give a name of capabilities(7), such as NET_ADMIN",
                    unknown);
        }
    }
}
