// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.run;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The options of {@code docker run} that {@code caisson run} doesn't have, with what can be done instead. */
final class DockerOptions {
    private static final Map<String, List<String>> BY_REMEDY = Map.of(
            "it stays with its command; let the shell run it in the background with &",
            List.of("-d", "--detach", "--detach-keys", "-a", "--attach", "--sig-proxy"),
            "nothing knows the ports of a program; give each with --publish",
            List.of("-P", "--publish-all", "--expose"),
            "nobody resolves names for a bridge; give addresses with --ip, and names for them with --add-host",
            List.of("--link", "--link-local-ip", "--net-alias", "--network-alias"),
            "there are no images; COMMAND is the first argument, and --rootfs names the directory of a root filesystem",
            List.of("--platform", "--pull", "-q", "--quiet", "--disable-content-trust"),
            "there are no volumes of their own; give each directory with --volume",
            List.of("--volumes-from", "--volume-driver", "--storage-opt"),
            "leave it to the shell or service manager that starts it",
            List.of(
                    "--restart",
                    "--cidfile",
                    "--log-driver",
                    "--log-opt",
                    "--health-cmd",
                    "--health-interval",
                    "--health-retries",
                    "--health-start-interval",
                    "--health-start-period",
                    "--health-timeout",
                    "--no-healthcheck"),
            "give the device nodes with --device",
            List.of("--gpus"),
            "leave it out; --driver chooses what runs the container",
            List.of("--runtime", "--isolation", "--label-file", "--use-api-socket"));

    private DockerOptions() {}

    /** Returns what to say of each. */
    static Map<String, String> absent() {
        Map<String, String> absent = new HashMap<>();
        BY_REMEDY.forEach((remedy, names) ->
                names.forEach(name -> absent.put(name, "is an option of docker run that is not here: " + remedy)));
        return absent;
    }
}
