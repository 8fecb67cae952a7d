// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.criu;

import dev.caisson.driver.DriverException;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.nativedriver.kernel.Errno;
import java.util.List;

/** What the caller is told when CRIU does not do what it was asked for. */
final class CriuFailure {
    private CriuFailure() {}

    /** It has failed, for reasons that are in its log. */
    static DriverException of(String doing, CriuLog log, int errno) {
        List<String> reasons = log.reasons();
        String why = reasons.isEmpty()
                ? errno == 0 ? "CRIU failed" : "CRIU failed: " + Errno.of(errno).text()
                : "CRIU failed: " + String.join("; ", reasons);
        return new DriverException(StandardErrorCode.TOOL_FAILED, doing, why, "all that it did is in " + log.file());
    }

    /** @throws DriverException KERNEL_LACKS if it is not among what the program can do */
    static void checkFeature(String doing, CriuProgram program, CriuFeature wanted, String remedy) {
        if (!program.features().contains(wanted)) {
            throw new DriverException(
                    StandardErrorCode.KERNEL_LACKS,
                    doing,
                    "CRIU says that this kernel can't " + wanted.ability(),
                    remedy);
        }
    }
}
