// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.live;

import dev.caisson.driver.Container;
import dev.caisson.driver.ContainerId;
import dev.caisson.driver.Driver;
import dev.caisson.driver.DriverContext;
import dev.caisson.driver.DriverContext.Lifetime;
import dev.caisson.driver.DriverProvider;
import dev.caisson.driver.Drivers;
import dev.caisson.driver.command.CheckpointOptions;
import dev.caisson.driver.command.Command;
import dev.caisson.driver.command.RestoreOptions;
import dev.caisson.driver.command.Rootfs;
import dev.caisson.driver.pipes.Pipes;
import java.nio.file.Path;

/**
 * An engine that runs a container which counts, and prints the first three numbers of it. Arguments: {@code start}, then it
 * writes the container to the image directory; or {@code go-on}, then it brings it back from there; state root, root
 * filesystem, image directory, id.
 */
final class CountingEngine {
    private static final int NUMBERS = 3;

    private CountingEngine() {}

    public static void main(String[] args) throws InterruptedException {
        boolean start = args[0].equals("start");
        Path images = Path.of(args[3]);
        Command command = Command.builder(ContainerId.of(args[4]))
                .process("/bin/sh", "-c", "i=0; while :; do i=$((i+1)); echo $i; /bin/sleep 0.05; done")
                .rootfs(Rootfs.directory(Path.of(args[2])))
                .build();
        DriverProvider provider = Drivers.named("native");
        DriverContext context = new DriverContext(Path.of(args[1]), Lifetime.TIED);
        try (Driver driver = provider.open(context, provider.defaultOptions())) {
            Lines lines = new Lines();
            Pipes pipes = Pipes.output(lines, System.err);
            if (start) {
                Container container = driver.create(command, pipes);
                container.start();
            } else {
                driver.restore(command, pipes, RestoreOptions.from(images));
            }
            for (int i = 0; i < NUMBERS; i++) {
                System.out.println(lines.next());
            }
            if (start) {
                driver.checkpoint(command.id(), CheckpointOptions.into(images, false));
            }
        }
    }
}
