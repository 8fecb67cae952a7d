// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.plan;

import dev.caisson.driver.command.Mount;
import dev.caisson.nativedriver.kernel.Descriptor;
import java.nio.file.Path;
import java.util.List;

/**
 * What a plan for bringing a container back needs beside its Command.
 *
 * @param restorer what does it
 * @param socket that it gets as {@link #SOCKET}
 * @param stage a directory: what is mounted there is seen by the restorer alone
 * @param directories in the root that are to be mounted on, made where they are missing
 * @param files in the root that are to be mounted on, made where they are missing
 * @param mounts what comes from outside, with the places in the stage as targets
 * @param uid of the init, on the host
 * @param gid of the init, on the host
 */
public record Restoration(
        HostProgram restorer,
        Descriptor socket,
        Path stage,
        List<String> directories,
        List<String> files,
        List<Mount> mounts,
        int uid,
        int gid) {
    /** The number of the socket in the restorer. */
    public static final int SOCKET = 3;

    /** The number of the container's network namespace in the restorer, if it is not the host's. */
    public static final int NETWORK = 4;

    public Restoration {
        directories = List.copyOf(directories);
        files = List.copyOf(files);
        mounts = List.copyOf(mounts);
    }

    /** Where the root is in the stage. */
    public static Path rootIn(Path stage) {
        return stage.resolve("root");
    }
}
