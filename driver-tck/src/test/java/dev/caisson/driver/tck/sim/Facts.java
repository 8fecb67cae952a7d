// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.sim;

import dev.caisson.driver.command.CgroupPlacement;
import dev.caisson.driver.command.Command;
import dev.caisson.driver.command.IdMapping;
import dev.caisson.driver.command.IdMappings;
import dev.caisson.driver.command.MemoryPolicy;
import dev.caisson.driver.command.NamespaceChoice;
import dev.caisson.driver.command.Personality;
import dev.caisson.driver.command.ProcessConfig;
import dev.caisson.driver.command.Rlimit;
import dev.caisson.driver.command.Scheduler;
import dev.caisson.driver.command.Seccomp;
import dev.caisson.driver.command.TimeNamespace;
import dev.caisson.driver.pipes.ConsoleSize;
import dev.caisson.driver.tck.probe.Fact;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the probe sees in a simulated container. */
final class Facts {
    private static final long CLOCK = 1_000_000_000_000L;

    private final SimulatedProcess process;
    private final SimulatedContainer container;
    private final ProcessConfig config;
    private final Command spec;

    private Facts(SimulatedProcess process) {
        this.process = process;
        this.container = process.container();
        this.config = process.config();
        this.spec = container.spec();
    }

    static String tell(SimulatedProcess process, Fact fact, String argument) {
        try {
            return new Facts(process).tell(fact, argument);
        } catch (Refused refused) {
            return "";
        }
    }

    private String tell(Fact fact, String argument) throws Refused {
        return switch (fact) {
            case ARCHITECTURE ->
                config.personality().filter(Personality.LINUX32::equals).isPresent() ? "i686" : "x86_64";
            case CGROUPS -> cgroups();
            case CWD ->
                container.files().existing(config.cwd().map(Object::toString).orElse("/"));
            case DESCRIPTOR -> descriptor(Integer.parseInt(argument));
            case DESCRIPTORS -> descriptors();
            case FILE -> oneLine(container.files().read(argument));
            case ID_MAP -> idMap(argument);
            case INTERFACES -> container.network().names();
            case IO_PRIORITY -> ioPriority();
            case KEYRINGS -> spec.security().newKeyring() ? container.keyring() + " _ses" : "00000001 _ses";
            case LIMIT -> limit(argument);
            case LINK -> container.network().link(argument);
            case LIST -> String.join("|", container.files().list(argument));
            case MEMORY_POLICY -> config.memoryPolicy().map(Facts::policy).orElse("default");
            case MOUNT -> mount(argument);
            case NAMESPACE -> container.namespace(argument, process);
            case OOM_SCORE_ADJ -> Integer.toString(config.oomScoreAdj().orElse(0));
            case PID -> Long.toString(process.innerPid());
            case RESCTRL -> resctrl();
            case ROUTES -> container.network().routes();
            case SCHEDULER -> scheduler(false);
            case SCHEDULER_DETAIL -> schedulerDetail(argument);
            case SCHEDULER_OF_CHILD -> scheduler(true);
            case SECURITY_LABEL ->
                config.apparmorProfile().or(config::selinuxLabel).orElse("unlabelled");
            case STAT -> container.files().stat(argument);
            case STATUS -> status(argument);
            case TERMINAL -> process.stdio().tty().isPresent() && config.terminal() ? "/dev/pts/0" : "not a tty";
            case TERMINAL_SIZE ->
                process.stdio().tty().map(tty -> text(tty.size())).orElse("");
            case TIME_OFFSETS -> timeOffsets();
            case UNDER_ROOT -> spec.rootfs().noPivot() ? "bin|etc" : "";
            case USER -> Identity.of(process).line();
        };
    }

    private static String oneLine(String text) {
        return (text.endsWith("\n") ? text.substring(0, text.length() - 1) : text).replace('\n', '|');
    }

    private String cgroups() {
        if (container.fault().is(Wrong.EXECS_OUTSIDE_OF_CGROUPS) && process != container.initProcess()) {
            return "4:memory:/engine|0::/engine";
        }
        if (spec.namespaces().cgroup() instanceof NamespaceChoice.Private) {
            return "4:memory:/|0::/";
        }
        String path = switch (spec.cgroup()) {
            case CgroupPlacement.Parent parent -> parent.path() + "/" + spec.id();
            case CgroupPlacement.Exact exact -> exact.path();
            case CgroupPlacement.Systemd scope ->
                "/" + scope.slice() + "/" + scope.prefix() + "-" + scope.name() + ".scope";
        };
        return "4:memory:" + path + "|0::" + path;
    }

    private String descriptor(int number) {
        return switch (number) {
            case 0 -> process.stdio().in().description();
            case 1 -> process.stdio().out().description();
            default -> process.stdio().err().description();
        };
    }

    private String descriptors() {
        String extra = process.stdio().extra().keySet().stream()
                .map(number -> "|" + number)
                .collect(Collectors.joining());
        return "0|1|2" + extra + (container.fault().is(Wrong.LEAKS_DESCRIPTORS_INTO_CONTAINERS) ? "|7" : "");
    }

    private String idMap(String kind) {
        IdMappings mappings = container.idMappings();
        List<IdMapping> ranges = kind.equals("uid") ? mappings.uids() : mappings.gids();
        return ranges.isEmpty()
                ? "0 0 4294967295"
                : ranges.stream()
                        .map(range -> range.inside() + " " + range.outside() + " " + range.count())
                        .collect(Collectors.joining("|"));
    }

    private String ioPriority() {
        return config.ioPriority()
                .map(priority ->
                        priority.level().name().toLowerCase(Locale.ROOT).replace('_', '-') + ": prio "
                                + priority.priority())
                .orElse("none: prio 0");
    }

    private String limit(String row) {
        String wanted = row.substring("Max ".length()).replace(" ", "");
        Map<String, Rlimit.Type> names = Map.ofEntries(
                Map.entry("cputime", Rlimit.Type.CPU),
                Map.entry("filesize", Rlimit.Type.FSIZE),
                Map.entry("datasize", Rlimit.Type.DATA),
                Map.entry("stacksize", Rlimit.Type.STACK),
                Map.entry("corefilesize", Rlimit.Type.CORE),
                Map.entry("residentset", Rlimit.Type.RSS),
                Map.entry("processes", Rlimit.Type.NPROC),
                Map.entry("openfiles", Rlimit.Type.NOFILE),
                Map.entry("lockedmemory", Rlimit.Type.MEMLOCK),
                Map.entry("addressspace", Rlimit.Type.AS),
                Map.entry("filelocks", Rlimit.Type.LOCKS),
                Map.entry("pendingsignals", Rlimit.Type.SIGPENDING),
                Map.entry("msgqueuesize", Rlimit.Type.MSGQUEUE),
                Map.entry("nicepriority", Rlimit.Type.NICE),
                Map.entry("realtimepriority", Rlimit.Type.RTPRIO),
                Map.entry("realtimetimeout", Rlimit.Type.RTTIME));
        Stream<Rlimit> limits = config.rlimits().stream().filter(limit -> limit.type() == names.get(wanted));
        return (container.fault().is(Wrong.SETS_THE_FIRST_RLIMIT_ONLY)
                        ? limits.filter(config.rlimits().get(0)::equals)
                        : limits)
                .map(limit -> number(limit.soft()) + " " + number(limit.hard()))
                .findFirst()
                .orElse("123456 123456");
    }

    private static String number(long limit) {
        return limit < 0 ? "unlimited" : Long.toString(limit);
    }

    private static String policy(MemoryPolicy policy) {
        return policy.mode().name().toLowerCase(Locale.ROOT)
                + (policy.flags().contains(MemoryPolicy.Flag.STATIC_NODES) ? "=static" : "")
                + (policy.nodes().isEmpty() ? "" : ":" + policy.nodes());
    }

    private String mount(String target) {
        return container.files().mounts().reversed().stream()
                .filter(mount -> mount.target().equals(target))
                .map(MountPoint::line)
                .findFirst()
                .orElse("");
    }

    private String resctrl() {
        return spec.intelRdt()
                .map(rdt -> "res:/" + rdt.closId().orElse("") + "|mon:" + (rdt.monitoring() ? "mon_groups/x" : ""))
                .orElse("res:/|mon:/");
    }

    private String scheduler(boolean child) {
        Scheduler scheduler = config.scheduler().orElse(Scheduler.ofNice(0));
        boolean reset = child && scheduler.flags().contains(Scheduler.Flag.RESET_ON_FORK);
        return reset ? "0 0 0" : scheduler.policy().number() + " " + scheduler.nice() + " " + scheduler.priority();
    }

    private String schedulerDetail(String key) {
        Scheduler scheduler = config.scheduler().orElse(Scheduler.ofNice(0));
        return Long.toString(key.equals("dl.runtime") ? scheduler.runtime() : CLOCK + scheduler.deadline());
    }

    private String status(String field) {
        Identity identity = Identity.of(process);
        return switch (field) {
            case "CapBnd" -> Identity.mask(identity.capabilities().bounding());
            case "CapEff" -> Identity.mask(identity.capabilities().effective());
            case "CapPrm" -> Identity.mask(identity.capabilities().permitted());
            case "CapInh" -> Identity.mask(identity.capabilities().inheritable());
            case "CapAmb" -> Identity.mask(identity.capabilities().ambient());
            case "NoNewPrivs" -> config.noNewPrivileges().orElse(false) ? "1" : "0";
            case "Umask" -> String.format("%04o", config.umask().orElse(0022));
            case "Seccomp" ->
                config.privileged() || spec.security().seccomp() instanceof Seccomp.Unconfined ? "0" : "2";
            case "Cpus_allowed_list" -> container.cpus(config);
            default -> "";
        };
    }

    private static String text(ConsoleSize size) {
        return size.rows() + " " + size.columns();
    }

    private String timeOffsets() {
        return Stream.of(TimeNamespace.Clock.MONOTONIC, TimeNamespace.Clock.BOOTTIME)
                .map(clock -> {
                    Duration offset = spec.namespaces().time().offsets().getOrDefault(clock, Duration.ZERO);
                    return clock.name().toLowerCase(Locale.ROOT) + " " + offset.toSeconds() + " " + offset.getNano();
                })
                .collect(Collectors.joining("|"));
    }
}
