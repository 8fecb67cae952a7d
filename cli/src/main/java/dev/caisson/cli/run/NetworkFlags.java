// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.run;

import dev.caisson.cli.bridge.HostNetwork;
import dev.caisson.cli.flags.Flag;
import dev.caisson.cli.flags.FlagSection;
import dev.caisson.cli.flags.FlagValues;
import dev.caisson.cli.proc.KernelFile;
import dev.caisson.cli.syntax.HostEntry;
import dev.caisson.cli.syntax.NetworkSyntax;
import dev.caisson.driver.command.EtcFiles;
import dev.caisson.driver.command.NamespaceChoice;
import dev.caisson.driver.command.Network;
import java.nio.file.Path;
import java.util.Optional;

/** The network, the host name, and the files that resolve names. */
final class NetworkFlags implements FlagGroup {
    private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

    private static final Flag NETWORK = Flag.value(
                    "--network",
                    "WHICH",
                    "none (default: loopback alone), host, bridge (an address behind the host's, on the bridge caisson0), bridge:NAME (a bridge of yours), container:NAME or ns:PATH")
            .choices("none", "host", "bridge");
    private static final Flag NET = Flag.value("--net", "WHICH", "The same as --network");
    private static final Flag HOSTNAME = Flag.value(
                    "--hostname", "NAME", "Host name; default 12 random digits, or the host's own with its network")
            .letter('h');
    private static final Flag DOMAINNAME = Flag.value("--domainname", "NAME", "NIS domain name");
    private static final Flag ADD_HOST = Flag.list("--add-host", "NAME:ADDRESS", "A further line of /etc/hosts");
    private static final Flag DNS = Flag.list("--dns", "ADDRESS", "A name server, in place of the host's");
    private static final Flag DNS_SEARCH =
            Flag.list("--dns-search", "DOMAIN", "A search domain, in place of the host's; . for none");
    private static final Flag DNS_OPTION =
            Flag.list("--dns-option", "OPTION", "An option of resolv.conf, in place of the host's");

    private final Joined joined;
    private final BridgeFlags bridges;

    NetworkFlags(Joined joined, HostNetwork host) {
        this.joined = joined;
        this.bridges = new BridgeFlags(host);
    }

    @Override
    public FlagSection section() {
        return FlagSection.of(
                "Its network",
                NETWORK,
                NET,
                BridgeFlags.IP,
                BridgeFlags.IP6,
                BridgeFlags.MAC,
                BridgeFlags.PUBLISH,
                HOSTNAME,
                DOMAINNAME,
                ADD_HOST,
                DNS,
                DNS_SEARCH,
                DNS_OPTION);
    }

    @Override
    public void apply(FlagValues values, Draft draft) {
        Flag asked = values.has(NETWORK) ? NETWORK : NET;
        draft.attachment = bridges.read(asked, values, draft.randomId);
        if (!values.text(asked).orElse("").matches("bridge(:.*)?")) {
            values.read(asked, NetworkSyntax::read)
                    .ifPresent(network -> draft.network = joined(network, asked, values));
        }
        boolean ownName = draft.namespaces.uts() instanceof NamespaceChoice.Private;
        boolean hostNetwork = draft.network.namespace() instanceof NamespaceChoice.Host;
        String name = values.text(HOSTNAME).orElseGet(() -> ownName && !hostNetwork ? draft.randomId : hostName());
        if (ownName || values.has(HOSTNAME)) {
            draft.hostname = Optional.of(name);
        }
        draft.domainname = values.text(DOMAINNAME);
        draft.etcFiles = etcFiles(values, draft, name, hostNetwork);
    }

    private Network joined(Network network, Flag asked, FlagValues values) {
        NamespaceChoice namespace =
                joined.resolve(network.namespace(), "net", (why, remedy) -> values.reject(asked, why, remedy));
        return new Network(namespace, network.interfaces(), network.routes());
    }

    private static EtcFiles.Builder etcFiles(FlagValues values, Draft draft, String name, boolean hostNetwork) {
        EtcFiles.Builder files = EtcFiles.builder(name);
        if (hostNetwork) {
            files.hostNetwork();
        }
        draft.domainname.ifPresent(files::domainname);
        values.readAll(ADD_HOST, HostEntry::read).forEach(entry -> files.host(entry.name(), entry.address()));
        values.readAll(DNS, HostEntry::ipAddress).forEach(files::nameserver);
        values.texts(DNS_SEARCH).forEach(files::searchDomain);
        values.texts(DNS_OPTION).forEach(files::resolverOption);
        return files;
    }

    private static String hostName() {
        return KernelFile.text(HOST_NAME).filter(name -> !name.isEmpty()).orElse("localhost");
    }
}
