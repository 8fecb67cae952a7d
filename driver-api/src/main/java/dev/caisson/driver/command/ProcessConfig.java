// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.command;

import static java.util.Objects.requireNonNull;

import dev.caisson.driver.check.Checked;
import dev.caisson.driver.check.Checker;
import dev.caisson.driver.pipes.ConsoleSize;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A process: a container's own, or a further one for {@link dev.caisson.driver.Driver#exec}. What is empty is, for a
 * container's own process, what is said below; for exec, what the container's own process has.
 *
 * @param args the program, looked up by PATH of {@code env} in the container if it holds no slash, and its arguments
 * @param env the environment, in order; HOME is added, as the container's /etc/passwd has it, if it isn't given
 * @param cwd working directory, made if absent; default {@code /}
 * @param user whom it runs as; default root
 * @param groups further groups, by name or number of the container's /etc/group
 * @param umask default 022
 * @param terminal a terminal of its own; with {@link dev.caisson.driver.pipes.Pipes.Terminal}
 * @param consoleSize the terminal's size at the start
 * @param capabilities default {@link Capabilities#standard()}
 * @param noNewPrivileges set no_new_privs, prctl(2); default false
 * @param rlimits limits, each type once
 * @param oomScoreAdj -1000 to 1000, proc(5)
 * @param scheduler scheduling policy
 * @param ioPriority priority at block devices
 * @param cpuAffinity processors
 * @param memoryPolicy memory nodes
 * @param personality execution domain
 * @param apparmorProfile name of a loaded profile
 * @param selinuxLabel label of the process
 * @param privileged for exec: every capability, no seccomp filter; a container's own process says these things one by one
 * @param initReaper for a container's own process: pid 1 is a small init that reaps and forwards signals to the program
 */
public record ProcessConfig(
        List<String> args,
        Map<String, String> env,
        Optional<ContainerPath> cwd,
        Optional<User> user,
        List<String> groups,
        OptionalInt umask,
        boolean terminal,
        Optional<ConsoleSize> consoleSize,
        Optional<Capabilities> capabilities,
        Optional<Boolean> noNewPrivileges,
        List<Rlimit> rlimits,
        OptionalInt oomScoreAdj,
        Optional<Scheduler> scheduler,
        Optional<IoPriority> ioPriority,
        Optional<CpuAffinity> cpuAffinity,
        Optional<MemoryPolicy> memoryPolicy,
        Optional<Personality> personality,
        Optional<String> apparmorProfile,
        Optional<String> selinuxLabel,
        boolean privileged,
        boolean initReaper)
        implements Checked {
    /** What Docker sets as PATH where an image sets none. */
    public static final String DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    public ProcessConfig {
        args = List.copyOf(args);
        env = Collections.unmodifiableMap(new LinkedHashMap<>(env));
        requireNonNull(cwd, "cwd is null");
        requireNonNull(user, "user is null");
        groups = List.copyOf(groups);
        requireNonNull(umask, "umask is null");
        requireNonNull(consoleSize, "consoleSize is null");
        requireNonNull(capabilities, "capabilities is null");
        requireNonNull(noNewPrivileges, "noNewPrivileges is null");
        rlimits = List.copyOf(rlimits);
        requireNonNull(oomScoreAdj, "oomScoreAdj is null");
        requireNonNull(scheduler, "scheduler is null");
        requireNonNull(ioPriority, "ioPriority is null");
        requireNonNull(cpuAffinity, "cpuAffinity is null");
        requireNonNull(memoryPolicy, "memoryPolicy is null");
        requireNonNull(personality, "personality is null");
        requireNonNull(apparmorProfile, "apparmorProfile is null");
        requireNonNull(selinuxLabel, "selinuxLabel is null");
    }

    /** Returns a builder of a process with these arguments and nothing else. */
    public static Builder builder(String... args) {
        return new Builder().args(Arrays.asList(args));
    }

    /** Returns a builder of a process with these arguments and nothing else. */
    public static Builder builder(List<String> args) {
        return new Builder().args(args);
    }

    @Override
    public void check(Checker checker) {
        checker.at("args")
                .require(
                        !args.isEmpty() && !args.get(0).isEmpty(),
                        "name no program",
                        "give the program first, then its arguments");
        args.forEach(checker.at("args")::noNul);
        env.forEach((name, value) -> checkVariable(checker.at("env").atKey(name), name, value));
        checker.check("user", user);
        groups.forEach(group -> checker.at("groups")
                .require(
                        !group.isEmpty() && group.chars().noneMatch(c -> c == ':' || c == '\n' || c == 0),
                        "\"" + group + "\" is no group",
                        "give names or numbers"));
        umask.ifPresent(mask -> checker.at("umask").range(mask, 0, 0777));
        checker.check("consoleSize", consoleSize);
        checker.at("consoleSize")
                .require(terminal || consoleSize.isEmpty(), "is given without a terminal", "set terminal too");
        checker.check("capabilities", capabilities);
        checker.checkAll("rlimits", rlimits);
        Set<Rlimit.Type> seen = EnumSet.noneOf(Rlimit.Type.class);
        rlimits.forEach(limit -> checker.at("rlimits")
                .require(seen.add(limit.type()), limit.type() + " stands twice", "give each type once"));
        oomScoreAdj.ifPresent(value -> checker.at("oomScoreAdj").range(value, -1000, 1000));
        checker.check("scheduler", scheduler);
        checker.check("ioPriority", ioPriority);
        checker.check("cpuAffinity", cpuAffinity);
        checker.check("memoryPolicy", memoryPolicy);
    }

    private static void checkVariable(Checker checker, String name, String value) {
        checker.require(
                !name.isEmpty() && name.indexOf('=') < 0,
                "\"" + name + "\" is no name of a variable",
                "give a name without =");
        checker.noNul(name);
        checker.noNul(value);
    }

    /** Makes {@link ProcessConfig}. Not thread-safe. */
    public static final class Builder {
        private List<String> args = List.of();
        private final Map<String, String> env = new LinkedHashMap<>();
        private @Nullable ContainerPath cwd;
        private @Nullable User user;
        private List<String> groups = List.of();
        private OptionalInt umask = OptionalInt.empty();
        private boolean terminal;
        private @Nullable ConsoleSize consoleSize;
        private @Nullable Capabilities capabilities;
        private @Nullable Boolean noNewPrivileges;
        private final List<Rlimit> rlimits = new ArrayList<>();
        private OptionalInt oomScoreAdj = OptionalInt.empty();
        private @Nullable Scheduler scheduler;
        private @Nullable IoPriority ioPriority;
        private @Nullable CpuAffinity cpuAffinity;
        private @Nullable MemoryPolicy memoryPolicy;
        private @Nullable Personality personality;
        private @Nullable String apparmorProfile;
        private @Nullable String selinuxLabel;
        private boolean privileged;
        private boolean initReaper;

        private Builder() {}

        private Builder args(List<String> value) {
            args = value;
            return this;
        }

        /** Adds a variable, or replaces it. */
        public Builder env(String name, String value) {
            env.put(name, value);
            return this;
        }

        public Builder env(Map<String, String> values) {
            env.putAll(values);
            return this;
        }

        public Builder cwd(ContainerPath value) {
            cwd = value;
            return this;
        }

        public Builder user(User value) {
            user = value;
            return this;
        }

        public Builder groups(List<String> value) {
            groups = value;
            return this;
        }

        public Builder umask(int value) {
            umask = OptionalInt.of(value);
            return this;
        }

        public Builder terminal(boolean value) {
            terminal = value;
            return this;
        }

        public Builder consoleSize(ConsoleSize value) {
            consoleSize = value;
            return this;
        }

        public Builder capabilities(Capabilities value) {
            capabilities = value;
            return this;
        }

        public Builder noNewPrivileges(boolean value) {
            noNewPrivileges = value;
            return this;
        }

        /** Adds a limit. */
        public Builder rlimit(Rlimit value) {
            rlimits.add(value);
            return this;
        }

        public Builder oomScoreAdj(int value) {
            oomScoreAdj = OptionalInt.of(value);
            return this;
        }

        public Builder scheduler(Scheduler value) {
            scheduler = value;
            return this;
        }

        public Builder ioPriority(IoPriority value) {
            ioPriority = value;
            return this;
        }

        public Builder cpuAffinity(CpuAffinity value) {
            cpuAffinity = value;
            return this;
        }

        public Builder memoryPolicy(MemoryPolicy value) {
            memoryPolicy = value;
            return this;
        }

        public Builder personality(Personality value) {
            personality = value;
            return this;
        }

        public Builder apparmorProfile(String value) {
            apparmorProfile = value;
            return this;
        }

        public Builder selinuxLabel(String value) {
            selinuxLabel = value;
            return this;
        }

        public Builder privileged(boolean value) {
            privileged = value;
            return this;
        }

        public Builder initReaper(boolean value) {
            initReaper = value;
            return this;
        }

        /** Returns the process; its mistakes are reported by the Command that takes it, or by exec. */
        public ProcessConfig build() {
            return new ProcessConfig(
                    args,
                    env,
                    Optional.ofNullable(cwd),
                    Optional.ofNullable(user),
                    groups,
                    umask,
                    terminal,
                    Optional.ofNullable(consoleSize),
                    Optional.ofNullable(capabilities),
                    Optional.ofNullable(noNewPrivileges),
                    rlimits,
                    oomScoreAdj,
                    Optional.ofNullable(scheduler),
                    Optional.ofNullable(ioPriority),
                    Optional.ofNullable(cpuAffinity),
                    Optional.ofNullable(memoryPolicy),
                    Optional.ofNullable(personality),
                    Optional.ofNullable(apparmorProfile),
                    Optional.ofNullable(selinuxLabel),
                    privileged,
                    initReaper);
        }
    }
}
