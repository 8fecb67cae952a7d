// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.command;

import static java.util.Objects.requireNonNull;

import dev.caisson.driver.DriverException;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.driver.check.Checked;
import dev.caisson.driver.check.Checker;
import java.util.Optional;

/** Whom a process runs as. */
public sealed interface User extends Checked {
    /** Root of the container. */
    User ROOT = new Ids(0, 0);

    /**
     * By number.
     *
     * @param uid in the container
     * @param gid in the container
     */
    record Ids(long uid, long gid) implements User {
        @Override
        public void check(Checker checker) {
            checker.at("uid").range(uid, 0, 0xffff_fffeL);
            checker.at("gid").range(gid, 0, 0xffff_fffeL);
        }
    }

    /**
     * By what the container's own /etc/passwd and /etc/group say. A number needs no entry there. Without a group it is the
     * user's own, or 0; the groups that list the user are added.
     *
     * @param user name or number
     * @param group name or number
     */
    record Named(String user, Optional<String> group) implements User {
        public Named {
            requireNonNull(user, "user is null");
            requireNonNull(group, "group is null");
        }

        @Override
        public void check(Checker checker) {
            checkName(checker.at("user"), user);
            group.ifPresent(name -> checkName(checker.at("group"), name));
        }

        private static void checkName(Checker checker, String name) {
            checker.require(
                    !name.isEmpty() && name.chars().noneMatch(c -> c == ':' || c == '\n' || c == 0),
                    "\"" + name + "\" is no name",
                    "give a name or number without colons");
            checker.require(
                    !name.matches("[0-9]+") || (name.length() <= 10 && Long.parseLong(name) < 0xffff_ffffL),
                    name + " is too large for an id",
                    "give 0 to 4294967294");
        }

        @Override
        public String toString() {
            return group.map(name -> user + ":" + name).orElse(user);
        }
    }

    /**
     * Reads {@code user}, {@code user:group}, {@code uid} or {@code uid:gid}, as Docker's --user.
     *
     * @throws DriverException of kind USER if it is none of these
     */
    static User parse(String text) {
        requireNonNull(text, "text is null");
        int colon = text.indexOf(':');
        String user = colon < 0 ? text : text.substring(0, colon);
        Optional<String> group = colon < 0 ? Optional.empty() : Optional.of(text.substring(colon + 1));
        if (user.isEmpty()
                || group.filter(name -> name.isEmpty() || name.contains(":")).isPresent()) {
            throw new DriverException(
                    StandardErrorCode.INVALID_ARGUMENT,
                    "read user \"" + text + "\"",
                    "it is neither user nor user:group",
                    "give names or numbers, such as 1000:1000 or www-data");
        }
        return new Named(user, group);
    }
}
