// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.command;

import static java.util.Objects.requireNonNull;

import dev.caisson.driver.check.Checked;
import dev.caisson.driver.check.Checker;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Which system calls a container may make, seccomp(2). */
public sealed interface Seccomp extends Checked {
    /** No filter. */
    Seccomp UNCONFINED = new Unconfined();

    /** Docker's default profile, for the container's capabilities. */
    Seccomp STANDARD = new Standard();

    /** No filter. */
    record Unconfined() implements Seccomp {
        @Override
        public void check(Checker checker) {}
    }

    /** Docker's default profile, for the container's capabilities. */
    record Standard() implements Seccomp {
        @Override
        public void check(Checker checker) {}
    }

    /**
     * A profile as the OCI runtime-spec has it.
     *
     * @param defaultAction for a call that no rule names
     * @param defaultErrno with ERRNO and TRACE as default; EPERM if empty
     * @param architectures further ones than the machine's own, as {@code SCMP_ARCH_X86}
     * @param flags of seccomp(2)
     * @param listenerPath a unix socket that gets the descriptor of the notifications (action NOTIFY)
     * @param listenerMetadata sent with it
     * @param rules in order
     */
    record Profile(
            Action defaultAction,
            OptionalInt defaultErrno,
            List<String> architectures,
            Set<Flag> flags,
            Optional<Path> listenerPath,
            String listenerMetadata,
            List<Rule> rules)
            implements Seccomp {
        public Profile {
            requireNonNull(defaultAction, "defaultAction is null");
            requireNonNull(defaultErrno, "defaultErrno is null");
            architectures = List.copyOf(architectures);
            EnumSet<Flag> copy = EnumSet.noneOf(Flag.class);
            copy.addAll(flags);
            flags = Collections.unmodifiableSet(copy);
            requireNonNull(listenerPath, "listenerPath is null");
            requireNonNull(listenerMetadata, "listenerMetadata is null");
            rules = List.copyOf(rules);
        }

        @Override
        public void check(Checker checker) {
            checker.checkAll("rules", rules);
            boolean notifies = rules.stream().anyMatch(rule -> rule.action() == Action.NOTIFY);
            checker.at("listenerPath")
                    .require(
                            listenerPath.isPresent() || !notifies,
                            "is missing, but a rule's action is NOTIFY",
                            "give the socket that gets the notifications");
            checker.at("defaultAction")
                    .require(
                            defaultAction != Action.NOTIFY,
                            "is NOTIFY",
                            "the calls of the notifying process itself would wait for ever: notify by a rule");
        }
    }

    /**
     * What becomes of some calls.
     *
     * @param names of system calls; those that the machine's libseccomp doesn't know are left out, as the specification says
     * @param action what becomes of them
     * @param errno with ERRNO and TRACE; EPERM if empty
     * @param arguments all of which must hold
     */
    record Rule(List<String> names, Action action, OptionalInt errno, List<Argument> arguments) implements Checked {
        public Rule {
            names = List.copyOf(names);
            requireNonNull(action, "action is null");
            requireNonNull(errno, "errno is null");
            arguments = List.copyOf(arguments);
        }

        @Override
        public void check(Checker checker) {
            checker.at("names").require(!names.isEmpty(), "are missing", "give at least one system call");
            errno.ifPresent(number -> checker.at("errno").range(number, 0, 4095));
            for (int i = 0; i < arguments.size(); i++) {
                checker.at("arguments").at(i).at("index").range(arguments.get(i).index(), 0, 5);
            }
        }
    }

    /**
     * A condition on one argument.
     *
     * @param index 0 to 5
     * @param value compared with, as 64 unsigned bits
     * @param valueTwo for MASKED_EQUAL: {@code argument & value == valueTwo}
     * @param operator how
     */
    record Argument(int index, long value, long valueTwo, Operator operator) {
        public Argument {
            requireNonNull(operator, "operator is null");
        }
    }

    /** What becomes of a call. */
    enum Action {
        KILL_PROCESS,
        KILL_THREAD,
        TRAP,
        ERRNO,
        NOTIFY,
        TRACE,
        LOG,
        ALLOW
    }

    /** How an argument is compared. */
    enum Operator {
        NOT_EQUAL,
        LESS,
        LESS_EQUAL,
        EQUAL,
        GREATER_EQUAL,
        GREATER,
        MASKED_EQUAL
    }

    /** Flags of seccomp(2), SECCOMP_FILTER_FLAG_*. */
    enum Flag {
        TSYNC,
        LOG,
        SPEC_ALLOW,
        WAIT_KILLABLE_RECV
    }
}
