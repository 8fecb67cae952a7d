// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.seccomp;

import dev.caisson.driver.command.Capabilities;
import dev.caisson.driver.command.Command;
import dev.caisson.driver.command.NamespaceChoice;
import dev.caisson.driver.command.Seccomp;
import dev.caisson.nativedriver.kernel.Kernel;
import dev.caisson.nativedriver.machine.CapabilityMask;
import dev.caisson.nativedriver.machine.MachineFacts;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Compiles each profile once: compiling takes some milliseconds, as long as starting a whole container. */
public final class SeccompCache implements SeccompFilters {
    /** A profile, and what its conditions look at; 0 for one without conditions. */
    private record Key(Seccomp profile, long capabilities) {}

    /** More than a program uses, unless each of its containers has a profile of its own: those are not worth keeping. */
    private static final int MOST = 256;

    private final Map<Key, SeccompFilter> filters = new ConcurrentHashMap<>();
    private final Kernel kernel;
    private final MachineFacts machine;
    private final ProfileCompiler compiler;

    public SeccompCache(Kernel kernel, MachineFacts machine) {
        this.kernel = kernel;
        this.machine = machine;
        this.compiler = new ProfileCompiler(kernel);
    }

    @Override
    public Optional<SeccompFilter> filter(Command command) {
        Seccomp seccomp = command.security().seccomp();
        return switch (seccomp) {
            case Seccomp.Unconfined unconfined -> Optional.empty();
            case Seccomp.Standard standard -> Optional.of(cached(new Key(standard, bounding(command))));
            case Seccomp.Profile profile -> Optional.of(cached(new Key(profile, 0)));
        };
    }

    private SeccompFilter cached(Key key) {
        SeccompFilter known = filters.get(key);
        if (known != null) {
            return known;
        }
        if (filters.size() >= MOST) {
            filters.clear();
        }
        return filters.computeIfAbsent(key, this::compile);
    }

    private SeccompFilter compile(Key key) {
        return switch (key.profile()) {
            case Seccomp.Profile profile -> compiler.compile(profile);
            case Seccomp.Standard standard -> standard(key.capabilities());
            case Seccomp.Unconfined unconfined -> throw new IllegalArgumentException("there is no filter");
        };
    }

    private SeccompFilter standard(long capabilities) {
        Architecture architecture =
                Architecture.ofMachine(kernel.processes().systemName().machine());
        Optional<SeccompFilter> builtIn =
                capabilities == BuiltInFilter.CAPABILITIES ? BuiltInFilter.load(architecture) : Optional.empty();
        return builtIn.orElseGet(() -> {
            SeccompTarget target = new SeccompTarget(architecture, machine.kernelVersion(), capabilities);
            return compiler.compile(DockerProfile.get().resolve(target));
        });
    }

    private long bounding(Command command) {
        boolean hostUsers = command.namespaces().user().choice() instanceof NamespaceChoice.Host;
        Capabilities sets = command.process().capabilities().orElse(Capabilities.standard());
        return CapabilityMask.granted(sets.bounding(), machine.available(hostUsers));
    }
}
