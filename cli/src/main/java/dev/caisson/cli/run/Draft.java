// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.run;

import dev.caisson.cli.bridge.Attachment;
import dev.caisson.driver.ContainerId;
import dev.caisson.driver.DriverException;
import dev.caisson.driver.InvalidCommandException;
import dev.caisson.driver.command.Capabilities;
import dev.caisson.driver.command.CgroupPlacement;
import dev.caisson.driver.command.Command;
import dev.caisson.driver.command.Defaults;
import dev.caisson.driver.command.DeviceNode;
import dev.caisson.driver.command.EtcFiles;
import dev.caisson.driver.command.Namespaces;
import dev.caisson.driver.command.Network;
import dev.caisson.driver.command.ProcessConfig;
import dev.caisson.driver.command.Rootfs;
import dev.caisson.driver.command.Security;
import dev.caisson.driver.resources.DeviceRule;
import dev.caisson.driver.resources.Resources;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A container while its options are read: it starts as Docker makes one, and each group of options changes its part. */
final class Draft {
    final String randomId;
    final ProcessConfig.Builder process;
    final MountTable mounts = new MountTable(Defaults.mounts());
    final List<DeviceNode> devices = new ArrayList<>(Defaults.devices());
    final List<DeviceRule> deviceRules = new ArrayList<>(Defaults.deviceRules());
    final Resources.Builder resources = Resources.builder();
    final Map<String, String> sysctl = new LinkedHashMap<>();
    final Map<String, String> annotations = new LinkedHashMap<>();
    ContainerId id;
    Rootfs rootfs = Rootfs.hostCopy();
    Namespaces namespaces = Namespaces.standard();
    Network network = Network.none();
    Optional<Attachment> attachment = Optional.empty();
    EtcFiles.Builder etcFiles;
    Optional<String> hostname = Optional.empty();
    Optional<String> domainname = Optional.empty();
    CgroupPlacement cgroup = CgroupPlacement.STANDARD;
    Capabilities capabilities = Capabilities.standard();
    Security security = Defaults.security();

    /**
     * @param randomId 12 hexadecimal digits
     * @param process its arguments; the rest is for the groups
     */
    Draft(String randomId, ProcessConfig.Builder process) {
        this.randomId = randomId;
        this.id = ContainerId.of(randomId);
        this.process = process;
        this.etcFiles = EtcFiles.builder(randomId);
    }

    /**
     * Returns the container as it is drafted now; it may be asked for again.
     *
     * @throws InvalidCommandException with every mistake that the options' own readers don't see
     * @throws DriverException if the host's files about names can't be read
     */
    Command build() {
        List<String> addresses = attachment.map(Attachment::addresses).orElse(List.of());
        mounts.defaults(etcFiles.addresses(addresses).build().mounts());
        Command.Builder command = Command.bare(id)
                .process(process.capabilities(capabilities).build())
                .rootfs(rootfs)
                .namespaces(namespaces)
                .network(attachment.map(Attachment::network).orElse(network))
                .mounts(mounts.all())
                .devices(devices)
                .resources(resources.devices(deviceRules).build())
                .cgroup(cgroup)
                .security(security);
        hostname.ifPresent(command::hostname);
        domainname.ifPresent(command::domainname);
        sysctl.forEach(command::sysctl);
        annotations.forEach(command::annotation);
        return command.build();
    }
}
