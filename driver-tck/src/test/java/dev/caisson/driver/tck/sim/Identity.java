// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.sim;

import dev.caisson.driver.command.Capabilities;
import dev.caisson.driver.command.Capability;
import dev.caisson.driver.command.ProcessConfig;
import dev.caisson.driver.command.User;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Whom a simulated process runs as, and what it may, by the container's own files and the rules of execve(2). */
record Identity(long uid, long gid, List<Long> groups, Capabilities capabilities) {
    static Identity of(SimulatedProcess process) {
        Vfs files = process.container().files();
        ProcessConfig config = process.config();
        try {
            return of(files, config);
        } catch (Refused unknown) {
            throw new IllegalStateException("checked before the start", unknown);
        }
    }

    static Identity of(Vfs files, ProcessConfig config) throws Refused {
        Accounts accounts = new Accounts(files);
        User user = config.user().orElse(User.ROOT);
        Set<Long> groups = new TreeSet<>();
        long uid;
        long gid;
        switch (user) {
            case User.Ids ids -> {
                uid = ids.uid();
                gid = ids.gid();
            }
            case User.Named named -> {
                uid = accounts.uid(named.user());
                Optional<String> group = named.group();
                gid = group.isPresent() ? accounts.gid(group.get()) : accounts.primaryGroup(named.user());
                groups.addAll(accounts.groupsOf(named.user()));
            }
        }
        for (String group : config.groups()) {
            groups.add(accounts.gid(group));
        }
        Capabilities wanted =
                config.privileged() ? Capabilities.all() : config.capabilities().orElse(Capabilities.standard());
        return new Identity(uid, gid, List.copyOf(groups), afterExec(uid, wanted));
    }

    private static Capabilities afterExec(long uid, Capabilities wanted) {
        if (uid == 0) {
            Set<Capability> permitted = EnumSet.noneOf(Capability.class);
            permitted.addAll(wanted.bounding());
            permitted.addAll(wanted.inheritable());
            return new Capabilities(wanted.bounding(), permitted, permitted, wanted.inheritable(), wanted.ambient());
        }
        return new Capabilities(
                wanted.bounding(), wanted.ambient(), wanted.ambient(), wanted.inheritable(), wanted.ambient());
    }

    Set<Capability> effective() {
        return capabilities.effective();
    }

    static String mask(Collection<Capability> set) {
        return HexFormat.of()
                .toHexDigits(set.stream().mapToLong(one -> 1L << one.number()).sum());
    }

    String line() {
        StringBuilder line = new StringBuilder(uid + " " + gid);
        groups.forEach(group -> line.append(' ').append(group));
        return line.toString();
    }
}
