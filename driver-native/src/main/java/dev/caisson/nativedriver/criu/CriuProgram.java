// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.criu;

import dev.caisson.nativedriver.plan.HostProgram;
import dev.caisson.nativedriver.plan.Restoration;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A CRIU that is new enough.
 *
 * @param path of it
 * @param features what it can do on this kernel
 */
record CriuProgram(Path path, Set<CriuFeature> features) {
    CriuProgram {
        features = Set.copyOf(features);
    }

    /** One that is only asked what it is. */
    static HostProgram questioned(Path path) {
        return program(path, List.of());
    }

    /** One that works in that directory. */
    HostProgram workingIn(Path directory) {
        return program(path, List.of("--work-dir", directory.toString()));
    }

    /** The tools that it runs itself (tar, ip, iptables) are looked for where ours are. */
    private static HostProgram program(Path path, List<String> options) {
        List<String> arguments = new ArrayList<>(List.of(path.toString()));
        arguments.addAll(options);
        arguments.addAll(List.of("swrk", Integer.toString(Restoration.SOCKET)));
        return new HostProgram(path, arguments, Map.of("PATH", SearchPath.value()));
    }
}
