// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A resolv.conf(5) without its comments.
 *
 * @param nameservers addresses
 * @param search domains; the last line of the file that names some counts
 * @param options of all lines
 * @param others lines with other words, kept as they are
 */
record ResolverFile(List<String> nameservers, List<String> search, List<String> options, List<String> others) {
    private static final String SYSTEMD_STUB = "127.0.0.53";

    /** What Docker falls back to where the host has no server that a container's network could reach. */
    private static final List<String> FALLBACK = List.of("8.8.8.8", "8.8.4.4");

    ResolverFile {
        nameservers = List.copyOf(nameservers);
        search = List.copyOf(search);
        options = List.copyOf(options);
        others = List.copyOf(others);
    }

    static ResolverFile parse(String text) {
        List<String> nameservers = new ArrayList<>();
        List<String> search = new ArrayList<>();
        List<String> options = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (String line : text.lines().map(String::strip).toList()) {
            if (line.isEmpty() || line.startsWith("#") || line.startsWith(";")) {
                continue;
            }
            List<String> words = Arrays.asList(line.split("[ \t]+"));
            List<String> values = words.subList(1, words.size());
            switch (words.get(0)) {
                case "nameserver" -> values.stream().limit(1).forEach(nameservers::add);
                case "domain", "search" -> {
                    search.clear();
                    search.addAll(values);
                }
                case "options" -> options.addAll(values);
                default -> others.add(line);
            }
        }
        return new ResolverFile(nameservers, search, options, others);
    }

    boolean isSystemdStub() {
        return nameservers.equals(List.of(SYSTEMD_STUB));
    }

    /** Returns the same with the lists that aren't empty in place of its own; a search of {@code .} is none. */
    ResolverFile withOverrides(List<String> otherServers, List<String> otherSearch, List<String> otherOptions) {
        List<String> newSearch = otherSearch.equals(List.of(".")) ? List.of() : otherSearch;
        return new ResolverFile(
                otherServers.isEmpty() ? nameservers : otherServers,
                otherSearch.isEmpty() ? search : newSearch,
                otherOptions.isEmpty() ? options : otherOptions,
                others);
    }

    /** Returns the same without the host's loopback, which is not the container's. */
    ResolverFile withoutLoopback() {
        List<String> reachable =
                nameservers.stream().filter(address -> !isLoopback(address)).toList();
        return new ResolverFile(reachable.isEmpty() ? FALLBACK : reachable, search, options, others);
    }

    private static boolean isLoopback(String address) {
        return address.startsWith("127.") || address.equals("::1");
    }

    String text() {
        StringBuilder text = new StringBuilder();
        nameservers.forEach(
                address -> text.append("nameserver ").append(address).append('\n'));
        append(text, "search", search);
        append(text, "options", options);
        others.forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }

    private static void append(StringBuilder text, String word, List<String> values) {
        if (!values.isEmpty()) {
            text.append(word).append(' ').append(String.join(" ", values)).append('\n');
        }
    }
}
