// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck;

import dev.caisson.driver.ContainerId;
import dev.caisson.driver.Feature;
import dev.caisson.driver.command.Command;
import dev.caisson.driver.command.Defaults;
import dev.caisson.driver.command.NamespaceChoice;
import dev.caisson.driver.command.Namespaces;
import dev.caisson.driver.command.Network;
import dev.caisson.driver.command.ProcessConfig;
import dev.caisson.driver.command.Rootfs;
import dev.caisson.driver.command.Seccomp;
import dev.caisson.driver.command.Security;
import dev.caisson.driver.resources.Resources;
import dev.caisson.driver.tck.probe.Probe;
import dev.caisson.driver.tck.probe.Step;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The plainest container that a driver with certain features takes, as like Docker's as they let it be. */
final class Baseline {
    private final Set<Feature> features;
    private final String token;
    private final Path rootfs;

    Baseline(Set<Feature> features, String token, Path rootfs) {
        this.features = features;
        this.token = token;
        this.rootfs = rootfs;
    }

    /** The variable marks whatever the process leaves behind. */
    ProcessConfig.Builder process(List<Step> steps) {
        List<String> argv = has(Feature.ROOTFS_DIRECTORY) ? Probe.at(steps) : Probe.inline(steps);
        return ProcessConfig.builder(argv)
                .env("PATH", ProcessConfig.DEFAULT_PATH)
                .env("CAISSON_TCK", token);
    }

    Command.Builder command(ContainerId id, ProcessConfig process) {
        return Command.bare(id)
                .process(process)
                .rootfs(has(Feature.ROOTFS_DIRECTORY) ? Rootfs.directory(rootfs) : Rootfs.hostCopy())
                .namespaces(namespaces())
                .network(has(Feature.NETWORK_NONE) ? Network.none() : Network.host())
                .mounts(has(Feature.MOUNTS) ? Defaults.mounts() : List.of())
                .devices(has(Feature.DEVICE_NODES) ? Defaults.devices() : List.of())
                .resources(Resources.builder()
                        .devices(has(Feature.DEVICES) ? Defaults.deviceRules() : List.of())
                        .build())
                .security(security());
    }

    Namespaces namespaces() {
        Namespaces standard = Namespaces.standard();
        return has(Feature.CGROUP_NAMESPACE) ? standard : standard.withCgroup(NamespaceChoice.HOST);
    }

    private Security security() {
        boolean masks = has(Feature.MASKED_PATHS);
        return new Security(
                has(Feature.SECCOMP) ? Seccomp.STANDARD : Seccomp.UNCONFINED,
                masks ? Defaults.maskedPaths() : List.of(),
                masks ? Defaults.readonlyPaths() : List.of(),
                Optional.empty(),
                true);
    }

    private boolean has(Feature feature) {
        return features.contains(feature);
    }
}
