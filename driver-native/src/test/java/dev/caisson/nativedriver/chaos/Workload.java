// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.chaos;

import dev.caisson.driver.ContainerId;
import dev.caisson.driver.command.Command;
import dev.caisson.driver.command.Rootfs;
import dev.caisson.driver.resources.ByteSize;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** What victims run: containers whose whole output and exit code are known beforehand from their number. */
final class Workload {
    private static final int LINES = 400;

    private Workload() {}

    static Command command(String token, int number, Path rootfs) {
        String script = "i=0; while [ $i -lt " + LINES + " ]; do echo \"" + number + " line $i\"; i=$((i+1)); "
                + "[ $((i % 50)) = 0 ] && usleep 20000; done; printf end; exit " + exitCode(number);
        return Command.builder(ContainerId.of(token + "-" + number))
                .process("sh", "-c", script)
                .rootfs(Rootfs.directory(rootfs))
                .resources(limits -> limits.memory(ByteSize.ofMib(32)).pids(16))
                .build();
    }

    static int number(ContainerId id) {
        return Integer.parseInt(id.value().substring(id.value().lastIndexOf('-') + 1));
    }

    static int exitCode(int number) {
        return 1 + number % 100;
    }

    static byte[] output(int number) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < LINES; i++) {
            text.append(number).append(" line ").append(i).append('\n');
        }
        return text.append("end").toString().getBytes(StandardCharsets.US_ASCII);
    }
}
