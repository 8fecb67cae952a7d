// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.command;

import dev.caisson.driver.check.Checked;
import dev.caisson.driver.check.Checker;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** The five capability sets of a process, capabilities(7). */
public record Capabilities(
        Set<Capability> bounding,
        Set<Capability> effective,
        Set<Capability> permitted,
        Set<Capability> inheritable,
        Set<Capability> ambient)
        implements Checked {
    private static final Set<Capability> DOCKER = EnumSet.of(
            Capability.CHOWN,
            Capability.DAC_OVERRIDE,
            Capability.FSETID,
            Capability.FOWNER,
            Capability.MKNOD,
            Capability.NET_RAW,
            Capability.SETGID,
            Capability.SETUID,
            Capability.SETFCAP,
            Capability.SETPCAP,
            Capability.NET_BIND_SERVICE,
            Capability.SYS_CHROOT,
            Capability.KILL,
            Capability.AUDIT_WRITE);

    public Capabilities {
        bounding = copy(bounding);
        effective = copy(effective);
        permitted = copy(permitted);
        inheritable = copy(inheritable);
        ambient = copy(ambient);
    }

    private static Set<Capability> copy(Collection<Capability> set) {
        EnumSet<Capability> copy = EnumSet.noneOf(Capability.class);
        copy.addAll(set);
        return Collections.unmodifiableSet(copy);
    }

    /** Returns the fourteen that Docker gives. */
    public static Capabilities standard() {
        return of(DOCKER);
    }

    /** Returns every one. The driver leaves out what the machine itself doesn't have. */
    public static Capabilities all() {
        return of(EnumSet.allOf(Capability.class));
    }

    /** Returns none. */
    public static Capabilities none() {
        return of(Set.of());
    }

    /**
     * Returns these as bounding, effective and permitted set, with nothing inheritable or ambient: a non-empty inheritable
     * set was CVE-2022-29162.
     */
    public static Capabilities of(Collection<Capability> set) {
        Set<Capability> copy = copy(set);
        return new Capabilities(copy, copy, copy, Set.of(), Set.of());
    }

    @Override
    public void check(Checker checker) {
        checker.at("effective")
                .require(permitted.containsAll(effective), "holds what is not permitted", "give it in permitted too");
        checker.at("ambient")
                .require(
                        permitted.containsAll(ambient) && inheritable.containsAll(ambient),
                        "holds what is not permitted and inheritable",
                        "give it in permitted and inheritable too");
    }
}
