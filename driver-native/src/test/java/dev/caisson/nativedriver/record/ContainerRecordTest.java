// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.driver.ContainerId;
import dev.caisson.driver.DriverException;
import dev.caisson.driver.InvalidCommandException;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.driver.command.Command;
import dev.caisson.driver.command.Hooks;
import dev.caisson.driver.command.ProcessConfig;
import dev.caisson.driver.command.Rootfs;
import dev.caisson.driver.command.Security;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ContainerRecordTest {
    private static final List<String> REPORTS = List.of("/sys/fs/cgroup/memory/caisson/a/memory.failcnt", "/x");

    private static Command simple() {
        return Command.builder(ContainerId.of("a"))
                .process("sh", "-c", "true")
                .rootfs(Rootfs.hostCopy())
                .build();
    }

    @Test
    void theUsualCommandComesBackAndIsSmall() {
        ContainerRecord container = new ContainerRecord(simple(), REPORTS);
        byte[] bytes = container.encode();
        assertEquals(container, ContainerRecord.decode("test", bytes));
        assertTrue(bytes.length < 6000, bytes.length + " bytes");
    }

    @Test
    void falseAndZeroAreNotNothing() {
        ProcessConfig process = ProcessConfig.builder("true")
                .noNewPrivileges(false)
                .oomScoreAdj(0)
                .umask(0)
                .build();
        Command command = Command.bare(ContainerId.of("a"))
                .process(process)
                .rootfs(Rootfs.hostCopy())
                .build();
        ContainerRecord back = ContainerRecord.decode("test", new ContainerRecord(command, List.of()).encode());
        assertEquals(process, back.command().process());
    }

    /** Every component of a Command with every kind of content: also those that are added after this test was written. */
    @Test
    void everyFieldComesBack() throws Exception {
        for (long seed = 0; seed < 20; seed++) {
            RandomRecords random = new RandomRecords(seed, seed % 2 == 0);
            for (RecordComponent component : Command.class.getRecordComponents()) {
                Object value = random.make(component.getGenericType());
                Object back = RecordReader.read(RecordWriter.write(value), component.getGenericType());
                assertEquals(value, back, component.getName() + " with seed " + seed);
            }
        }
    }

    @Test
    void wholeRandomCommandsComeBack() {
        int made = 0;
        for (long seed = 0; seed < 150; seed++) {
            RandomRecords random = new RandomRecords(seed, false);
            try {
                Command command = new Command(
                        ContainerId.of("a"),
                        simple().process(),
                        (Rootfs) random.make(Rootfs.class),
                        simple().namespaces(),
                        simple().network(),
                        Optional.empty(),
                        Optional.empty(),
                        simple().mounts(),
                        simple().devices(),
                        simple().resources(),
                        simple().cgroup(),
                        (Security) random.make(Security.class),
                        Map.of("net.ipv4.ip_forward", "1"),
                        (Hooks) random.make(Hooks.class),
                        Optional.empty(),
                        Map.of("k", "v"));
                ContainerRecord container = new ContainerRecord(command, REPORTS);
                assertEquals(container, ContainerRecord.decode("test", container.encode()), "seed " + seed);
                made++;
            } catch (InvalidCommandException unsuitable) {
                // Random content breaks a rule now and then.
            }
        }
        assertTrue(made > 8, made + " were made");
    }

    @Test
    void anotherVersionIsRefused() {
        DriverException refusal = assertThrows(
                DriverException.class,
                () -> ContainerRecord.decode("recover \"a\"", "{\"version\":2}".getBytes(StandardCharsets.UTF_8)));
        assertEquals(StandardErrorCode.INTERNAL, refusal.code());
        assertTrue(refusal.getMessage().contains("version 2"), refusal.getMessage());
    }

    @Test
    void damageIsRefused() {
        String json = new String(new ContainerRecord(simple(), REPORTS).encode(), StandardCharsets.UTF_8);
        for (String damaged : List.of(
                "",
                "{",
                json.substring(0, json.length() / 2),
                json.replace("\"HostCopy\"", "\"Nothing\""),
                json.replace("\"process\"", "\"prozess\""),
                json.replace("\"READONLY\"", "\"READWRITE\""))) {
            assertThrows(
                    DriverException.class,
                    () -> ContainerRecord.decode("test", damaged.getBytes(StandardCharsets.UTF_8)),
                    damaged);
        }
    }
}
