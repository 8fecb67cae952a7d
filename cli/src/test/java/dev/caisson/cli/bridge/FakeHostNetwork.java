// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.bridge;

import dev.caisson.driver.command.IpPrefix;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A host with the interfaces that a test gives it. */
public final class FakeHostNetwork extends HostNetwork {
    private final Map<String, List<IpPrefix>> interfaces = new HashMap<>();

    public FakeHostNetwork with(String name, String... addresses) {
        interfaces.put(
                name,
                List.of(addresses).stream()
                        .map(IpPrefix::parse)
                        .map(Optional::orElseThrow)
                        .toList());
        return this;
    }

    @Override
    public Optional<List<IpPrefix>> addresses(String name) {
        return Optional.ofNullable(interfaces.get(name));
    }

    @Override
    public List<IpPrefix> known() {
        return interfaces.values().stream().flatMap(List::stream).toList();
    }
}
