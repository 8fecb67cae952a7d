// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.failure;

import dev.caisson.driver.DriverException;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.nativedriver.kernel.Errno;
import dev.caisson.nativedriver.kernel.KernelException;

/** Turns a refusal of the kernel that nobody has expected into what the SPI throws. */
public final class KernelFailure {
    private KernelFailure() {}

    /** Returns the exception for the caller. */
    public static DriverException of(String doing, KernelException cause) {
        StandardErrorCode code = StandardErrorCode.INTERNAL;
        String remedy = "";
        if (cause.is(Errno.EPERM, Errno.EACCES)) {
            code = StandardErrorCode.NOT_PERMITTED;
            remedy = "run as root with every capability";
        } else if (cause.is(Errno.ENOSPC)) {
            code = StandardErrorCode.NO_SPACE;
            remedy = "free some space";
        } else if (cause.is(Errno.ENOSYS)) {
            code = StandardErrorCode.KERNEL_LACKS;
            remedy = "use a newer kernel";
        } else if (cause.is(Errno.EMFILE)) {
            remedy = "raise RLIMIT_NOFILE of the engine's process";
        }
        return new DriverException(code, doing, String.valueOf(cause.getMessage()), remedy, cause);
    }
}
