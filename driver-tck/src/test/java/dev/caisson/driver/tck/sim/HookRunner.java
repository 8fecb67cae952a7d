// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.sim;

import dev.caisson.driver.DriverException;
import dev.caisson.driver.LaunchException;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.driver.command.Hook;
import dev.caisson.driver.tck.probe.Probe;
import dev.caisson.driver.tck.probe.Step;
import dev.caisson.driver.tck.probe.Verb;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Runs hooks of a simulated container: the kit's own, which record what they see, fail, or take for ever. */
final class HookRunner {
    private final SimulatedContainer container;
    private final Fault fault;

    HookRunner(SimulatedContainer container) {
        this.container = container;
        this.fault = container.fault();
    }

    /** Runs the hooks of a point; the first failure is thrown. */
    void run(List<Hook> hooks, String status, boolean inNamespaces, boolean inRoot) {
        List<Hook> ordered = fault.is(Wrong.RUNS_HOOKS_BACKWARDS) ? hooks.reversed() : hooks;
        for (Hook hook : ordered) {
            try {
                run(hook, status, inNamespaces, inRoot);
            } catch (Refused | IOException failed) {
                throw new LaunchException(
                        StandardErrorCode.HOOK_FAILED,
                        "run hook " + hook.path(),
                        "hook",
                        0,
                        125,
                        String.valueOf(failed.getMessage()),
                        "mend it",
                        failed);
            }
        }
    }

    /** Runs hooks whose failures come too late to matter. */
    void runLate(List<Hook> hooks, String status) {
        try {
            run(hooks, status, false, false);
        } catch (DriverException failed) {
            if (fault.is(Wrong.FAILS_FOR_LATE_HOOKS)) {
                throw failed;
            }
        }
    }

    private void run(Hook hook, String status, boolean inNamespaces, boolean inRoot) throws Refused, IOException {
        Optional<Path> program = inRoot ? container.files().host(hook.path().toString()) : Optional.of(hook.path());
        if (program.filter(Files::isExecutable).isEmpty()) {
            throw Refused.absent();
        }
        String script = hook.args().size() > 2 ? hook.args().get(2) : "";
        if (script.startsWith("echo broken")) {
            throw new Refused("it ended with 9");
        }
        if (script.startsWith("exec sleep")) {
            if (hook.timeout().isEmpty()) {
                throw new IllegalStateException("a hook takes for ever");
            }
            throw new Refused("it took longer than " + hook.timeout().get());
        }
        record(hook, status, inNamespaces, inRoot);
    }

    private void record(Hook hook, String status, boolean inNamespaces, boolean inRoot) throws Refused, IOException {
        List<String> argv = new ArrayList<>(hook.args());
        if (argv.isEmpty() || argv.get(0).equals("true")) {
            return;
        }
        if (!argv.get(0).equals("sh") && !argv.get(0).equals(Probe.PATH)) {
            throw new Refused("it is no shell");
        }
        Step step = Probe.steps(argv).get(0);
        if (step.verb() != Verb.RECORD) {
            throw new IllegalStateException("not a hook's step: " + step);
        }
        String files = step.words().get(0);
        write(files + ".state", state(status), inRoot, false);
        write(files + ".env", environment(hook.env()), inRoot, false);
        write(files + ".cpus", initialCpus() + "\n", inRoot, false);
        String network = inNamespaces
                ? container.namespaces().getOrDefault("net", "")
                : container.machine().namespace("net");
        write(files + ".ns", "mnt\n" + network + "\npid\n", inRoot, false);
        write(step.words().get(1), files.substring(files.lastIndexOf('/') + 1) + "\n", inRoot, true);
    }

    private String initialCpus() {
        return container
                .spec()
                .process()
                .cpuAffinity()
                .flatMap(affinity -> affinity.initial())
                .orElse("0-1");
    }

    private static String environment(Map<String, String> env) {
        return env.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue() + "\n")
                .collect(Collectors.joining());
    }

    private String state(String status) {
        String annotations = container.command().annotations().entrySet().stream()
                .map(entry -> "\"" + entry.getKey() + "\": \"" + entry.getValue() + "\"")
                .collect(Collectors.joining(", "));
        return "{\"ociVersion\": \"1.3.0\", \"id\": \"" + container.id() + "\", \"status\": \""
                + (fault.is(Wrong.TELLS_HOOKS_NO_STATE) ? "unknown" : status)
                + "\", \"bundle\": \"/b\", \"annotations\": {" + annotations + "}}";
    }

    private void write(String path, String text, boolean inRoot, boolean append) throws Refused {
        Path file = inRoot ? container.files().forWriting(path) : Path.of(path);
        try {
            if (append) {
                Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } else {
                Files.writeString(file, text);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
