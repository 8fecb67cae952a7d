// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.rootless;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of ordinary users' engines and containers. */
class RootlessRootTest {
    @BeforeEach
    void needsUsers() {
        Assumptions.assumeTrue(
                OrdinaryUser.obstacle().isEmpty(), () -> OrdinaryUser.obstacle().orElseThrow());
    }

    @Test
    void oneUserWithoutAnythingLent() throws IOException, InterruptedException {
        try (OrdinaryUser user = new OrdinaryUser(false)) {
            UserTests tests = UserTests.run(user, List.of(), OneUserCases.class);
            assertEquals(List.of(), tests.failed());
            assertTrue(tests.passed() > 5, tests::toString);
        }
    }

    @Test
    void aKilledEngineLeavesNothing() throws IOException, InterruptedException {
        try (OrdinaryUser user = new OrdinaryUser(true)) {
            Process engine = user.start(user.java(Sleeper.class));
            long init = Long.parseLong(engine.inputReader().readLine());
            ProcessHandle container = ProcessHandle.of(init).orElseThrow();
            ProcessHandle shim = container.parent().orElseThrow();
            engine.destroyForcibly().waitFor();
            container.onExit().join();
            shim.onExit().join();
            assertEquals(List.of(), left(user.home().resolve("run")));
        }
    }

    private static List<Path> left(Path runtime) throws IOException {
        try (Stream<Path> files = Files.walk(runtime)) {
            return files.filter(file -> file.getFileName().toString().startsWith("tied-"))
                    .toList();
        }
    }
}
