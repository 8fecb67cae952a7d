// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.chaos;

import dev.caisson.driver.Container;
import dev.caisson.driver.Driver;
import dev.caisson.driver.DriverContext;
import dev.caisson.driver.DriverContext.Lifetime;
import dev.caisson.driver.DriverProvider;
import dev.caisson.driver.Drivers;
import dev.caisson.driver.command.Command;
import dev.caisson.driver.pipes.Input;
import dev.caisson.driver.pipes.Output;
import dev.caisson.driver.pipes.Pipes;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * An engine that runs containers from four threads until it is killed. Arguments: TIED or LASTING, state root, ledger
 * directory, root filesystem, token that the ids begin with. Prints one line when it begins.
 */
final class Victim {
    private Victim() {}

    public static void main(String[] args) {
        Lifetime lifetime = Lifetime.valueOf(args[0]);
        Ledger ledger = new Ledger(Path.of(args[2]));
        Path rootfs = Path.of(args[3]);
        String token = args[4];
        DriverProvider provider = Drivers.named("native");
        System.out.println("begin");
        Driver driver = provider.open(new DriverContext(Path.of(args[1]), lifetime), provider.defaultOptions());
        AtomicInteger numbers = new AtomicInteger();
        for (int worker = 0; worker < 4; worker++) {
            Thread.ofPlatform()
                    .start(() ->
                            work(driver, ledger, () -> Workload.command(token, numbers.incrementAndGet(), rootfs)));
        }
    }

    private static void work(Driver driver, Ledger ledger, Supplier<Command> commands) {
        try {
            while (true) {
                once(driver, ledger, commands.get());
            }
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static void once(Driver driver, Ledger ledger, Command command) throws IOException, InterruptedException {
        try (OutputStream output = ledger.output(command.id())) {
            Pipes pipes =
                    new Pipes.Streams(new Input.Empty(), new Output.ToStream(output), new Output.Discard(), List.of());
            Container container = driver.create(command, pipes);
            container.start();
            ledger.started(command.id());
            container.await();
            ledger.finished(command.id());
            driver.clean(command.id());
        }
    }
}
