// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.sim;

import dev.caisson.driver.command.Seccomp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** Tells a profile's listener of a container. */
final class SeccompNotice {
    private SeccompNotice() {}

    static void send(SimulatedContainer container) {
        if (container.spec().security().seccomp() instanceof Seccomp.Profile profile
                && profile.listenerPath().isPresent()) {
            String message = "{\"id\":\"" + container.id() + "\",\"metadata\":\"" + profile.listenerMetadata() + "\"}";
            try (SocketChannel channel = SocketChannel.open(
                    UnixDomainSocketAddress.of(profile.listenerPath().get()))) {
                channel.write(ByteBuffer.wrap(message.getBytes(StandardCharsets.UTF_8)));
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }
}
