// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck;

import dev.caisson.driver.tck.leak.LeakCheck;

/**
 * One behaviour's time with its driver.
 *
 * @param kit what it works with
 * @param sinceBefore what was there before the driver was opened
 * @param sinceOpen what was there when the driver was open
 * @param strict whether leaks are failures
 */
record Session(Kit kit, LeakCheck sinceBefore, LeakCheck sinceOpen, boolean strict) implements AutoCloseable {
    @Override
    public void close() {
        try {
            kit.finish();
            if (strict) {
                sinceOpen.verify("after all containers were cleaned");
            }
        } finally {
            kit.driver().close();
        }
        if (strict) {
            sinceBefore.verify("after the driver was closed");
        }
    }
}
