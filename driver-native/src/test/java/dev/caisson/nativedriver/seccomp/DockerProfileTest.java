// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.seccomp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.driver.command.Capabilities;
import dev.caisson.driver.command.Capability;
import dev.caisson.driver.command.Seccomp;
import dev.caisson.nativedriver.kernel.jnr.JnrKernel;
import dev.caisson.nativedriver.machine.CapabilityMask;
import dev.caisson.nativedriver.machine.KernelVersion;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What Docker's default profile says of calls, by their numbers on x86-64 and i386. */
class DockerProfileTest {
    private static final int ALLOW = 0x7fff_0000;
    private static final int EPERM = 0x0005_0001;
    private static final int ENOSYS = 0x0005_0026;
    private static final int KILL = 0;

    private static final int READ = 0;
    private static final int SOCKET = 41;
    private static final int CLONE = 56;
    private static final int PERSONALITY = 135;
    private static final int ARCH_PRCTL = 158;
    private static final int CHROOT = 161;
    private static final int MOUNT = 165;
    private static final int REBOOT = 169;
    private static final int ADD_KEY = 248;
    private static final int UNSHARE = 272;
    private static final int CLONE3 = 435;
    private static final int CLONE_NEWUSER = 0x1000_0000;

    private static BpfMachine confined;
    private static BpfMachine administrator;

    private static BpfMachine compile(Set<Capability> capabilities) {
        SeccompTarget target =
                new SeccompTarget(Architecture.X86_64, new KernelVersion(6, 1), CapabilityMask.of(capabilities));
        Seccomp.Profile profile = DockerProfile.get().resolve(target);
        return new BpfMachine(
                new ProfileCompiler(new JnrKernel()).compile(profile).instructions());
    }

    @BeforeAll
    static void compile() {
        Set<Capability> usual = Capabilities.standard().bounding();
        EnumSet<Capability> more = EnumSet.copyOf(usual);
        more.add(Capability.SYS_ADMIN);
        confined = compile(usual);
        administrator = compile(more);
    }

    private static int ask(int number, long... arguments) {
        return confined.run(BpfMachine.X86_64, number, arguments);
    }

    @Test
    void theUsualCallsAreAllowed() {
        assertEquals(ALLOW, ask(READ));
        assertEquals(ALLOW, ask(ARCH_PRCTL));
        assertEquals(ALLOW, ask(CHROOT), "Docker gives SYS_CHROOT");
    }

    @Test
    void othersAreNotPermitted() {
        assertEquals(EPERM, ask(MOUNT));
        assertEquals(EPERM, ask(UNSHARE));
        assertEquals(EPERM, ask(REBOOT));
        assertEquals(EPERM, ask(ADD_KEY));
    }

    @Test
    void capabilitiesOpenTheirCalls() {
        assertEquals(ALLOW, administrator.run(BpfMachine.X86_64, MOUNT));
        assertEquals(ALLOW, administrator.run(BpfMachine.X86_64, UNSHARE));
        assertEquals(ALLOW, administrator.run(BpfMachine.X86_64, CLONE3));
        assertEquals(ALLOW, administrator.run(BpfMachine.X86_64, CLONE, CLONE_NEWUSER));
        assertEquals(EPERM, administrator.run(BpfMachine.X86_64, REBOOT));
    }

    @Test
    void cloneMakesNoNamespaces() {
        assertEquals(ALLOW, ask(CLONE, 0x11));
        assertEquals(EPERM, ask(CLONE, 0x11 | CLONE_NEWUSER));
        assertEquals(ENOSYS, ask(CLONE3));
    }

    @Test
    void socketsOfSomeFamiliesOnly() {
        assertEquals(ALLOW, ask(SOCKET, 1));
        assertEquals(ALLOW, ask(SOCKET, 2));
        assertEquals(EPERM, ask(SOCKET, 38), "AF_ALG");
        assertEquals(ALLOW, ask(SOCKET, 39));
        assertEquals(EPERM, ask(SOCKET, 40), "AF_VSOCK");
        assertEquals(ALLOW, ask(SOCKET, 41));
    }

    @Test
    void personalities() {
        assertEquals(ALLOW, ask(PERSONALITY, 0));
        assertEquals(ALLOW, ask(PERSONALITY, 8));
        assertEquals(ALLOW, ask(PERSONALITY, 0xffff_ffffL));
        assertEquals(EPERM, ask(PERSONALITY, 0x0040_0000), "ADDR_NO_RANDOMIZE");
    }

    @Test
    void otherArchitectures() {
        assertEquals(ALLOW, confined.run(BpfMachine.I386, 3), "read");
        assertEquals(EPERM, confined.run(BpfMachine.I386, 21), "mount");
        assertEquals(ALLOW, confined.run(BpfMachine.I386, 102, 1, 0), "socketcall");
        assertEquals(ALLOW, ask(BpfMachine.X32_BIT | READ));
        assertEquals(EPERM, ask(BpfMachine.X32_BIT | MOUNT));
        assertEquals(KILL, confined.run(0xc000_00b7, READ), "aarch64");
    }

    @Test
    void itIsQuick() {
        int most = 0;
        for (int number = 0; number < 512; number++) {
            ask(number, 0, 0);
            most = Math.max(most, confined.steps());
        }
        assertTrue(most < 30, most + " instructions for one call, of " + confined.instructions());
    }
}
