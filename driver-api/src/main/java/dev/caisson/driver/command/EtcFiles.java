// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.command;

import static java.util.Objects.requireNonNull;

import dev.caisson.driver.DriverException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes /etc/hostname, /etc/hosts and /etc/resolv.conf of a container as Docker gives them, as mounts with content. The
 * files are the container's alone; it may write to them.
 */
public final class EtcFiles {
    private static final int MODE = 0644;

    private final String hostname;
    private final HostsFile hosts;
    private final ResolverFile resolver;

    private EtcFiles(Builder builder, HostFiles host) {
        this.hostname = builder.hostname;
        String fullName = builder.domainname == null ? hostname : hostname + "." + builder.domainname + " " + hostname;
        List<HostsFile.Entry> entries = new ArrayList<>();
        builder.addresses.forEach(address -> entries.add(new HostsFile.Entry(address, fullName)));
        entries.addAll(builder.extraHosts);
        this.hosts = builder.hostNetwork ? HostsFile.after(host.hosts(), entries) : HostsFile.standard(entries);
        ResolverFile given = ResolverFile.parse(host.resolver())
                .withOverrides(builder.nameservers, builder.searchDomains, builder.resolverOptions);
        this.resolver = builder.hostNetwork || !builder.nameservers.isEmpty() ? given : given.withoutLoopback();
    }

    /** Returns a builder of the files of a container with that host name. */
    public static Builder builder(String hostname) {
        return new Builder(hostname);
    }

    /** Returns the three files as mounts at their places below /etc. */
    public List<Mount> mounts() {
        return List.of(
                Mount.content(ContainerPath.of("/etc/hostname"), hostnameText(), MODE),
                Mount.content(ContainerPath.of("/etc/hosts"), hostsText(), MODE),
                Mount.content(ContainerPath.of("/etc/resolv.conf"), resolverText(), MODE));
    }

    /** Returns the text of /etc/hostname. */
    public String hostnameText() {
        return hostname + "\n";
    }

    /** Returns the text of /etc/hosts. */
    public String hostsText() {
        return hosts.text();
    }

    /** Returns the text of /etc/resolv.conf. */
    public String resolverText() {
        return resolver.text();
    }

    /** Makes {@link EtcFiles}. Not thread-safe. */
    public static final class Builder {
        private final String hostname;
        private @Nullable String domainname;
        private boolean hostNetwork;
        private final List<String> addresses = new ArrayList<>();
        private final List<HostsFile.Entry> extraHosts = new ArrayList<>();
        private final List<String> nameservers = new ArrayList<>();
        private final List<String> searchDomains = new ArrayList<>();
        private final List<String> resolverOptions = new ArrayList<>();

        private Builder(String hostname) {
            this.hostname = requireNonNull(hostname, "hostname is null");
        }

        public Builder domainname(String value) {
            domainname = value;
            return this;
        }

        /** Says that the container is in the host's network: it sees the host's own hosts and name servers. */
        public Builder hostNetwork() {
            hostNetwork = true;
            return this;
        }

        /** Adds an address of the container itself, to which its host name resolves. */
        public Builder address(String value) {
            addresses.add(value);
            return this;
        }

        /** Replaces all addresses of the container itself. */
        public Builder addresses(List<String> values) {
            addresses.clear();
            addresses.addAll(values);
            return this;
        }

        /** Adds a line to /etc/hosts. */
        public Builder host(String name, String address) {
            extraHosts.add(new HostsFile.Entry(address, name));
            return this;
        }

        /** Adds a name server, in place of all of the host's. */
        public Builder nameserver(String address) {
            nameservers.add(address);
            return this;
        }

        /** Adds a search domain, in place of all of the host's; {@code .} alone for none. */
        public Builder searchDomain(String domain) {
            searchDomains.add(domain);
            return this;
        }

        /** Adds an option of resolv.conf(5), in place of all of the host's. */
        public Builder resolverOption(String option) {
            resolverOptions.add(option);
            return this;
        }

        /**
         * Reads the host's files and returns the container's. A file that the host lacks counts as empty. Blocking.
         *
         * @throws DriverException of kind MACHINE if one of the host's files can't be read
         */
        public EtcFiles build() {
            return build(HostFiles.read());
        }

        EtcFiles build(HostFiles host) {
            return new EtcFiles(this, host);
        }
    }
}
