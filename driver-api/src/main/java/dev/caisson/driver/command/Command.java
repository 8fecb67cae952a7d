// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.command;

import static java.util.Objects.requireNonNull;

import dev.caisson.driver.ContainerId;
import dev.caisson.driver.InvalidCommandException;
import dev.caisson.driver.check.Checker;
import dev.caisson.driver.resources.Resources;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A container: everything that it is to be. Immutable; whoever holds one knows that it has no mistakes that can be seen without
 * looking at the machine.
 *
 * @param id its name
 * @param process its own process
 * @param rootfs its root filesystem
 * @param namespaces which namespaces it is in
 * @param network its network
 * @param hostname only with a private uts namespace
 * @param domainname NIS domain, only with a private uts namespace
 * @param mounts in the order in which they are made
 * @param devices nodes that are made
 * @param resources its limits
 * @param cgroup where its cgroup is
 * @param security what keeps it in
 * @param sysctl kernel settings of its namespaces, by names with dots
 * @param hooks programs run at points of its life
 * @param intelRdt cache and memory bandwidth
 * @param annotations anything that the caller wants to keep with it; a driver may document some that it reads
 */
public record Command(
        ContainerId id,
        ProcessConfig process,
        Rootfs rootfs,
        Namespaces namespaces,
        Network network,
        Optional<String> hostname,
        Optional<String> domainname,
        List<Mount> mounts,
        List<DeviceNode> devices,
        Resources resources,
        CgroupPlacement cgroup,
        Security security,
        Map<String, String> sysctl,
        Hooks hooks,
        Optional<IntelRdt> intelRdt,
        Map<String, String> annotations) {
    /** @throws InvalidCommandException with every mistake, if there is one */
    public Command {
        requireNonNull(id, "id is null");
        requireNonNull(process, "process is null");
        requireNonNull(rootfs, "rootfs is null");
        requireNonNull(namespaces, "namespaces is null");
        requireNonNull(network, "network is null");
        requireNonNull(hostname, "hostname is null");
        requireNonNull(domainname, "domainname is null");
        mounts = List.copyOf(mounts);
        devices = List.copyOf(devices);
        requireNonNull(resources, "resources is null");
        requireNonNull(cgroup, "cgroup is null");
        requireNonNull(security, "security is null");
        sysctl = Collections.unmodifiableMap(new LinkedHashMap<>(sysctl));
        requireNonNull(hooks, "hooks is null");
        requireNonNull(intelRdt, "intelRdt is null");
        annotations = Collections.unmodifiableMap(new LinkedHashMap<>(annotations));
        Checker checker = Checker.atRoot();
        checker.check("process", process);
        checker.check("rootfs", rootfs);
        checker.check("namespaces", namespaces);
        checker.check("network", network);
        checker.checkAll("mounts", mounts);
        checker.checkAll("devices", devices);
        checker.check("resources", resources);
        checker.check("cgroup", cgroup);
        checker.check("security", security);
        checker.check("hooks", hooks);
        checker.check("intelRdt", intelRdt);
        CommandRules.check(checker, namespaces, network, hostname, domainname, mounts, sysctl);
        if (!checker.mistakes().isEmpty()) {
            throw new InvalidCommandException("check command \"" + id + "\"", checker.mistakes());
        }
    }

    /**
     * Returns a builder of a container as Docker makes it: {@link Defaults}, {@link Namespaces#standard()},
     * {@link Network#none()}, the PATH of {@link ProcessConfig#DEFAULT_PATH}.
     */
    public static Builder builder(ContainerId id) {
        return new Builder(id)
                .mounts(Defaults.mounts())
                .devices(Defaults.devices())
                .security(Defaults.security())
                .resources(Resources.builder().devices(Defaults.deviceRules()).build());
    }

    /** Returns a builder of a container with nothing in it but what is said. */
    public static Builder bare(ContainerId id) {
        return new Builder(id);
    }

    /** Makes {@link Command}. Not thread-safe. */
    public static final class Builder {
        private final ContainerId id;
        private @Nullable ProcessConfig process;
        private @Nullable Rootfs rootfs;
        private Namespaces namespaces = Namespaces.standard();
        private Network network = Network.none();
        private @Nullable String hostname;
        private @Nullable String domainname;
        private List<Mount> mounts = new ArrayList<>();
        private List<DeviceNode> devices = new ArrayList<>();
        private Resources resources = Resources.none();
        private CgroupPlacement cgroup = CgroupPlacement.STANDARD;
        private Security security = Security.unconfined();
        private final Map<String, String> sysctl = new LinkedHashMap<>();
        private Hooks hooks = Hooks.none();
        private @Nullable IntelRdt intelRdt;
        private final Map<String, String> annotations = new LinkedHashMap<>();

        private Builder(ContainerId id) {
            this.id = requireNonNull(id, "id is null");
        }

        public Builder process(ProcessConfig value) {
            process = value;
            return this;
        }

        /** Sets a process with these arguments, the default PATH and nothing else. */
        public Builder process(String... args) {
            return process(ProcessConfig.builder(args)
                    .env("PATH", ProcessConfig.DEFAULT_PATH)
                    .build());
        }

        public Builder rootfs(Rootfs value) {
            rootfs = value;
            return this;
        }

        public Builder namespaces(Namespaces value) {
            namespaces = value;
            return this;
        }

        public Builder network(Network value) {
            network = value;
            return this;
        }

        public Builder hostname(String value) {
            hostname = value;
            return this;
        }

        public Builder domainname(String value) {
            domainname = value;
            return this;
        }

        /** Replaces all mounts. */
        public Builder mounts(List<Mount> value) {
            mounts = new ArrayList<>(value);
            return this;
        }

        /** Adds a mount; one with the same target is replaced in its place, as Docker does with its defaults. */
        public Builder mount(Mount value) {
            for (int i = 0; i < mounts.size(); i++) {
                if (mounts.get(i).target().equals(value.target())) {
                    mounts.set(i, value);
                    return this;
                }
            }
            mounts.add(value);
            return this;
        }

        /** Replaces all nodes. */
        public Builder devices(List<DeviceNode> value) {
            devices = new ArrayList<>(value);
            return this;
        }

        /** Adds a node. */
        public Builder device(DeviceNode value) {
            devices.add(value);
            return this;
        }

        /** Replaces all limits, and with them the rules about devices. */
        public Builder resources(Resources value) {
            resources = value;
            return this;
        }

        /** Changes some of the limits. */
        public Builder resources(java.util.function.UnaryOperator<Resources.Builder> change) {
            resources = change.apply(resources.toBuilder()).build();
            return this;
        }

        public Builder cgroup(CgroupPlacement value) {
            cgroup = value;
            return this;
        }

        public Builder security(Security value) {
            security = value;
            return this;
        }

        /** Adds a kernel setting, or replaces it. */
        public Builder sysctl(String name, String value) {
            sysctl.put(name, value);
            return this;
        }

        public Builder hooks(Hooks value) {
            hooks = value;
            return this;
        }

        public Builder intelRdt(IntelRdt value) {
            intelRdt = value;
            return this;
        }

        /** Adds an annotation, or replaces it. */
        public Builder annotation(String name, String value) {
            annotations.put(name, value);
            return this;
        }

        /**
         * Returns the Command.
         *
         * @throws InvalidCommandException with every mistake, if there is one
         */
        public Command build() {
            return new Command(
                    id,
                    requireNonNull(process, "process is not set"),
                    requireNonNull(rootfs, "rootfs is not set"),
                    namespaces,
                    network,
                    Optional.ofNullable(hostname),
                    Optional.ofNullable(domainname),
                    mounts,
                    devices,
                    resources,
                    cgroup,
                    security,
                    sysctl,
                    hooks,
                    Optional.ofNullable(intelRdt),
                    annotations);
        }
    }
}
