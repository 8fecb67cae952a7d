// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.check;

import dev.caisson.driver.StandardErrorCode;
import dev.caisson.driver.command.Command;
import dev.caisson.driver.command.IdMapping;
import dev.caisson.driver.command.IdMappings;
import dev.caisson.driver.command.NamespaceChoice;
import dev.caisson.driver.command.ProcessConfig;
import dev.caisson.driver.command.User;
import dev.caisson.nativedriver.rootless.Rootless;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The users of an ordinary user's containers: it has only so many to give. */
final class UserChecks {
    private static final String REMEDY = "as root run usermod --add-subuids and --add-subgids, or leave it out";

    private UserChecks() {}

    /** A namespace of the container's own takes the host's ids. */
    static void checkMaps(Findings findings, IdMappings wanted, Rootless own) {
        checkMaps(findings.at("uids"), wanted.uids(), own::missingUsers);
        checkMaps(findings.at("gids"), wanted.gids(), own::missingGroups);
    }

    private static void checkMaps(
            Findings findings, List<IdMapping> wanted, Function<IdMapping, Optional<String>> missing) {
        for (int i = 0; i < wanted.size(); i++) {
            IdMapping range = wanted.get(i);
            Findings at = findings.at(i);
            missing.apply(range)
                    .ifPresent(why -> at.machine(
                            StandardErrorCode.NOT_PERMITTED,
                            "maps to " + range.outside() + " and the " + (range.count() - 1)
                                    + " ids behind it, which this user may not: " + why,
                            REMEDY));
        }
    }

    /** In the shim's namespace there are as many as are lent to the user. */
    static void checkProcess(Findings findings, Command container, ProcessConfig process, Rootless own) {
        if (!(container.namespaces().user().choice() instanceof NamespaceChoice.Host)) {
            return;
        }
        process.user()
                .flatMap(UserChecks::uid)
                .filter(uid -> !own.hasUser(uid))
                .ifPresent(uid -> refuse(findings, "user " + uid, own.lacking()));
        process.user()
                .flatMap(UserChecks::gid)
                .filter(gid -> !own.hasGroup(gid))
                .ifPresent(gid -> refuse(findings, "group " + gid, own.lacking()));
    }

    private static Optional<Long> uid(User user) {
        return switch (user) {
            case User.Ids ids -> Optional.of(ids.uid());
            case User.Named named -> number(named.user());
        };
    }

    private static Optional<Long> gid(User user) {
        return switch (user) {
            case User.Ids ids -> Optional.of(ids.gid());
            case User.Named named -> named.group().flatMap(UserChecks::number);
        };
    }

    /** A name is looked up in the container. */
    private static Optional<Long> number(String text) {
        return text.matches("[0-9]{1,10}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
    }

    private static void refuse(Findings findings, String who, Optional<String> lacking) {
        findings.machine(
                StandardErrorCode.NOT_PERMITTED,
                who + " is more than is lent to this user"
                        + lacking.map(why -> ": " + why).orElse(""),
                REMEDY);
    }
}
