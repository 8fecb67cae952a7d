// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.rootless;

import dev.caisson.driver.ContainerId;
import dev.caisson.driver.Driver;
import dev.caisson.driver.DriverContext;
import dev.caisson.driver.command.Command;
import dev.caisson.driver.command.Rootfs;
import dev.caisson.driver.pipes.Pipes;
import dev.caisson.nativedriver.NativeDriverProvider;

/** An engine with one container that has two users; it says the pid of the container's init and waits to be killed. */
final class Sleeper {
    private Sleeper() {}

    public static void main(String[] args) throws InterruptedException {
        NativeDriverProvider provider = new NativeDriverProvider();
        Driver driver = provider.open(DriverContext.tied(), provider.defaultOptions());
        Command command = Command.builder(ContainerId.of("sleeper"))
                .process("sh", "-c", "chroot --userspec=1000:1000 / sleep 1000 & sleep 1000")
                .rootfs(Rootfs.hostCopy())
                .build();
        driver.run(
                command,
                Pipes.discard(),
                started -> System.out.println(started.identity().pid()));
    }
}
