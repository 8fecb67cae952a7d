// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.sim;

import dev.caisson.driver.ContainerId;
import dev.caisson.driver.command.Command;
import dev.caisson.driver.command.IdMappings;
import dev.caisson.driver.command.NamespaceChoice;
import dev.caisson.driver.command.Namespaces;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Chooses the namespaces of a simulated container: its own, the host's, or those of another one. */
final class NamespaceMaker {
    private static final Pattern NAMESPACE = Pattern.compile("/proc/([0-9]+|self)/ns/([a-z]+)");

    private final Engine engine;
    private final SimulatedMachine machine;
    private final Fault fault;
    private final Command spec;

    NamespaceMaker(Engine engine, Command spec) {
        this.engine = engine;
        this.machine = engine.machine();
        this.fault = engine.fault();
        this.spec = spec;
    }

    /** Returns the files of the container whose mount namespace is to be entered. */
    Optional<Vfs> joinedFiles() {
        if (fault.is(Wrong.JOINS_NOBODY)) {
            return Optional.empty();
        }
        return switch (spec.namespaces().mount()) {
            case NamespaceChoice.OfContainer other ->
                Optional.of(require(other.id()).files());
            case NamespaceChoice.AtPath at ->
                entered("mnt", at.path()).map(process -> process.container().files());
            case NamespaceChoice.Private own -> Optional.empty();
            case NamespaceChoice.Host host -> Optional.empty();
        };
    }

    /** Returns them by their kinds. */
    Map<String, String> namespaces() {
        Namespaces asked = spec.namespaces();
        Map<String, String> found = new TreeMap<>();
        found.put(
                "mnt",
                fault.is(Wrong.SHARES_THE_HOSTS_MOUNTS) ? machine.namespace("mnt") : namespace("mnt", asked.mount()));
        found.put("pid", namespace("pid", asked.pid()));
        found.put("ipc", namespace("ipc", asked.ipc()));
        found.put("uts", namespace("uts", asked.uts()));
        found.put("cgroup", namespace("cgroup", asked.cgroup()));
        found.put("user", namespace("user", asked.user().choice()));
        found.put("time", namespace("time", asked.time().choice()));
        found.put("net", namespace("net", spec.network().namespace()));
        return found;
    }

    private String namespace(String kind, NamespaceChoice choice) {
        return switch (choice) {
            case NamespaceChoice.Private own -> kind + ":[" + machine.nextNumber() + "]";
            case NamespaceChoice.Host host -> machine.namespace(kind);
            case NamespaceChoice.OfContainer other ->
                fault.is(Wrong.JOINS_NOBODY)
                        ? machine.namespace(kind)
                        : require(other.id()).namespaces().getOrDefault(kind, "");
            case NamespaceChoice.AtPath at -> atPath(kind, at.path());
        };
    }

    private SimulatedContainer require(ContainerId id) {
        return engine.require("join container \"" + id + "\"", id);
    }

    private String atPath(String kind, Path path) {
        if (fault.is(Wrong.JOINS_NOBODY)) {
            return machine.namespace(kind);
        }
        return entered(kind, path)
                .map(process -> process.container().namespaces().getOrDefault(kind, ""))
                .orElseGet(() -> machine.namespace(kind));
    }

    /** Returns the process whose namespace is at a path, or nothing if it is the engine's own. */
    private Optional<SimulatedProcess> entered(String kind, Path path) {
        Matcher matcher = NAMESPACE.matcher(path.toString());
        boolean fits = matcher.matches() && (matcher.group(2).equals(kind) || fault.is(Wrong.ENTERS_ANY_NAMESPACE));
        if (!fits) {
            throw Launch.failure(spec, path + " is no " + kind + " namespace");
        }
        if (matcher.group(1).equals("self")) {
            return Optional.empty();
        }
        Optional<SimulatedProcess> process = machine.process(Long.parseLong(matcher.group(1)));
        if (process.isEmpty()) {
            throw Launch.failure(spec, path + ": No such file or directory");
        }
        return process;
    }

    IdMappings idMappings() {
        return switch (spec.namespaces().user().choice()) {
            case NamespaceChoice.Private own -> spec.namespaces().user().mappings();
            case NamespaceChoice.OfContainer other -> require(other.id()).idMappings();
            case NamespaceChoice.Host host -> IdMappings.none();
            case NamespaceChoice.AtPath at -> IdMappings.none();
        };
    }
}
