// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caisson.driver.DriverException;
import dev.caisson.nativedriver.seccomp.SeccompFilter;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListenerEntriesTest {
    @TempDir
    private Path directory;

    private static LaunchPlan plan(Path socket) {
        SeccompFilter notifying =
                new SeccompFilter(8, new byte[8], Optional.of(new SeccompFilter.Listener(socket, "meta \"data\"")));
        InitPlanner planner = new InitPlanner(
                TestPlans.KERNEL,
                TestPlans.MACHINE,
                command -> Optional.of(notifying),
                id -> {
                    throw new AssertionError("no container is joined");
                },
                command -> List.of());
        return planner.plan(TestPlans.bare().build(), TestPlans.CGROUPS, List.of(), LaunchOptions.none());
    }

    @Test
    void theMessageHoldsThePidThatIsNotKnownYet() throws IOException {
        Path socket = directory.resolve("socket");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            try (LaunchPlan plan = plan(socket);
                    SocketChannel accepted = server.accept()) {
                assertTrue(accepted.isConnected());
                assertEquals(1, plan.descriptors().size());
                PlanDecoder.Entry entry = new PlanDecoder(plan).one(EntryType.SECCOMP_LISTENER);
                assertEquals(1, entry.u32());
                List<String> parts = entry.strings();
                entry.end();
                JsonNode message = new ObjectMapper().readTree(String.join("4711", parts));
                assertEquals(4711, message.path("pid").asInt());
                assertEquals("seccompFd", message.path("fds").path(0).asText());
                assertEquals("meta \"data\"", message.path("metadata").asText());
                assertEquals("a", message.path("state").path("id").asText());
                assertEquals("creating", message.path("state").path("status").asText());
            }
        }
    }

    @Test
    void nobodyListens() {
        DriverException refusal = assertThrows(DriverException.class, () -> plan(directory.resolve("none")));
        assertTrue(refusal.getMessage().contains("No such file"), refusal.getMessage());
    }
}
