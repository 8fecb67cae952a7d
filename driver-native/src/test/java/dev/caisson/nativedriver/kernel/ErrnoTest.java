// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ErrnoTest {
    @Test
    void knowsNamesAndTexts() {
        assertEquals(new Errno(17, "EEXIST", "File exists"), Errno.of(17));
        assertEquals("EEXIST", Errno.EEXIST.name());
        assertEquals("EHWPOISON", Errno.of(133).name());
    }

    @Test
    void keepsANumberItDoesNotKnow() {
        assertEquals(new Errno(524, "E524", "Unknown error 524"), Errno.of(524));
    }

    @Test
    void theExceptionSaysCallSubjectAndReason() {
        KernelException e = new KernelException("mkdir", Errno.EEXIST, "/sys/fs/cgroup/x");
        assertEquals("mkdir /sys/fs/cgroup/x: File exists (EEXIST)", e.getMessage());
        assertTrue(e.is(Errno.ENOENT, Errno.EEXIST));
        assertFalse(e.is(Errno.ENOENT));
    }
}
