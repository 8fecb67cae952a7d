// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.driver.ContainerId;
import dev.caisson.driver.DriverException;
import dev.caisson.driver.ProcessIdentity;
import dev.caisson.driver.StandardErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunRegistryTest {
    private static final ContainerId A = ContainerId.of("a");
    private static final ContainerId B = ContainerId.of("b");

    @TempDir
    private Path base;

    private RunRegistry registry;

    @BeforeEach
    void makeRegistry() {
        registry = new RunRegistry(base);
    }

    @Test
    void aNameIsTakenOnce() {
        try (RunEntry entry = registry.enter(A)) {
            DriverException taken = assertThrows(DriverException.class, () -> registry.enter(A));
            assertEquals(StandardErrorCode.ID_TAKEN, taken.code());
            assertEquals(
                    "run container \"a\": one of that name runs already, started by process "
                            + ProcessHandle.current().pid() + "; choose another --name, or end that one",
                    taken.getMessage());
            assertTrue(entry.stateRoot().startsWith(base));
        }
        registry.enter(A).close();
    }

    @Test
    void eachHasAPlaceOfItsOwnAndGivesItBack() throws IOException {
        try (RunEntry a = registry.enter(A);
                RunEntry b = registry.enter(B)) {
            assertFalse(a.stateRoot().equals(b.stateRoot()));
        }
        try (Stream<Path> left = Files.list(base.resolve("run"))) {
            assertEquals(List.of(base.resolve("run/lock")), left.toList());
        }
    }

    @Test
    void whatADriverLeavesStaysForTheNextOneThere() throws IOException {
        Path root;
        try (RunEntry entry = registry.enter(A)) {
            root = entry.stateRoot();
            Files.createDirectory(root);
            Files.writeString(root.resolve("left"), "");
        }
        assertTrue(Files.exists(root.resolve("left")));
        try (RunEntry next = registry.enter(B)) {
            assertEquals(root, next.stateRoot());
            Files.delete(root.resolve("left"));
        }
        assertFalse(Files.exists(root));
    }

    @Test
    void runningContainersAreFoundByTheirInit() {
        try (RunEntry entry = registry.enter(A)) {
            assertEquals(Optional.empty(), registry.find(A), "not started yet");
            ProcessIdentity init = ProcessLife.ours();
            entry.started(init);
            assertEquals(Optional.of(init), registry.find(A));
            assertEquals(Optional.empty(), registry.find(B));
        }
        assertEquals(Optional.empty(), registry.find(A));
    }

    @Test
    void theDeadOwnNothing() throws IOException {
        ProcessIdentity us = ProcessLife.ours();
        Path entry = Files.createDirectories(base.resolve("run/0"));
        // Our pid, but a process that started at another time: as after the pid has come round.
        new Owner(A, new ProcessIdentity(us.pid(), us.startTime() + 1), Optional.of(us)).write(entry.resolve("owner"));
        assertEquals(Optional.empty(), registry.find(A));
        try (RunEntry taken = registry.enter(A)) {
            assertEquals(entry.resolve("driver"), taken.stateRoot());
        }
    }

    @Test
    void aDamagedEntryIsNobodys() throws IOException {
        Path entry = Files.createDirectories(base.resolve("run/0"));
        Files.writeString(entry.resolve("owner"), "a 1");
        registry.enter(A).close();
        assertFalse(Files.exists(entry));
    }

    @Test
    void aPlaceThatCantBeWrittenToIsTold() throws IOException {
        Path file = Files.writeString(base.resolve("file"), "");
        DriverException refused = assertThrows(DriverException.class, () -> new RunRegistry(file).enter(A));
        assertTrue(
                String.valueOf(refused.getMessage()).startsWith("enter container \"a\" in " + file + "/run: "),
                refused.getMessage());
    }
}
