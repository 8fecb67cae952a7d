// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.command;

import java.util.List;

/**
 * An /etc/hosts, hosts(5).
 *
 * @param text the whole of it
 */
record HostsFile(String text) {
    /** The names that Docker gives every container. */
    private static final String STANDARD = """
            127.0.0.1\tlocalhost
            ::1\tlocalhost ip6-localhost ip6-loopback
            fe00::\tip6-localnet
            ff00::\tip6-mcastprefix
            ff02::1\tip6-allnodes
            ff02::2\tip6-allrouters
            """;

    /** A line: the names may be several, with spaces between. */
    record Entry(String address, String names) {}

    static HostsFile standard(List<Entry> entries) {
        return after(STANDARD, entries);
    }

    static HostsFile after(String beginning, List<Entry> entries) {
        StringBuilder text = new StringBuilder(beginning);
        if (!beginning.isEmpty() && !beginning.endsWith("\n")) {
            text.append('\n');
        }
        entries.forEach(entry ->
                text.append(entry.address()).append('\t').append(entry.names()).append('\n'));
        return new HostsFile(text.toString());
    }
}
