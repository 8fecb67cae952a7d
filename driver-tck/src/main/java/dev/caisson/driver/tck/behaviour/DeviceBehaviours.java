// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.behaviour;

import static dev.caisson.driver.tck.probe.Steps.attempt;
import static dev.caisson.driver.tck.probe.Steps.show;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.caisson.driver.Feature;
import dev.caisson.driver.command.ContainerPath;
import dev.caisson.driver.command.Defaults;
import dev.caisson.driver.command.DeviceNode;
import dev.caisson.driver.command.Rootfs;
import dev.caisson.driver.resources.DeviceRule;
import dev.caisson.driver.tck.Kit;
import dev.caisson.driver.tck.Needs;
import dev.caisson.driver.tck.Observes;
import dev.caisson.driver.tck.probe.Deed;
import dev.caisson.driver.tck.probe.Fact;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Device nodes, and which may be used. */
public interface DeviceBehaviours {
    @Test
    @Needs({Feature.DEVICES, Feature.DEVICE_NODES})
    @Observes({
        "devices.path",
        "devices.type",
        "devices.major",
        "devices.minor",
        "devices.mode",
        "devices.uid",
        "devices.gid"
    })
    default void nodesAreMade(Kit kit) throws Exception {
        assertEquals(
                List.of("character special file;640;12:34;1:5", "block special file;600;0:0;7:3", "fifo;622;5:6;0:0"),
                kit.answers(kit.command(
                                show(Fact.STAT, "/dev/new-zero"),
                                show(Fact.STAT, "/dev/new-loop"),
                                show(Fact.STAT, "/dev/in/pipe"))
                        .device(new DeviceNode(
                                ContainerPath.of("/dev/new-zero"), DeviceNode.Type.CHARACTER, 1, 5, 0640, 12, 34))
                        .device(new DeviceNode(
                                ContainerPath.of("/dev/new-loop"), DeviceNode.Type.BLOCK, 7, 3, 0600, 0, 0))
                        .device(new DeviceNode(
                                ContainerPath.of("/dev/in/pipe"), DeviceNode.Type.FIFO, 0, 0, 0622, 5, 6))));
    }

    @Test
    @Needs({Feature.DEVICE_NODES, Feature.MOUNTS})
    default void theStandardDevicesWork(Kit kit) throws Exception {
        assertEquals(
                List.of("ok", "ok", "ok", "ok"),
                kit.answers(kit.command(
                                attempt(Deed.WRITE, "/dev/null", "x"),
                                attempt(Deed.READ, "/dev/zero"),
                                attempt(Deed.READ, "/dev/urandom"),
                                attempt(Deed.READ, "/dev/full"))
                        .mounts(Defaults.mounts())
                        .devices(Defaults.devices())));
    }

    private static List<String> tried(Kit kit, DeviceRule... rules) throws InterruptedException {
        return kit
                .answers(kit.command(
                                attempt(Deed.READ, "/dev/zero"),
                                attempt(Deed.WRITE, "/dev/zero", "x"),
                                attempt(Deed.READ, "/dev/urandom"),
                                attempt(Deed.MAKE_NODE, "/tmp/zero", "c 1 5"),
                                attempt(Deed.MAKE_NODE, "/tmp/other", "c 2 5"),
                                attempt(Deed.MAKE_NODE, "/tmp/loop", "b 7 0"))
                        .rootfs(Rootfs.directory(kit.newRootfs()))
                        .resources(limits -> limits.devices(List.of(rules))))
                .stream()
                .map(line -> line.contains("Operation not permitted") ? "denied" : line)
                .toList();
    }

    private static DeviceRule allow(DeviceRule.Type type, long major, long minor, String access) {
        return DeviceRule.allow(type, major, minor, access);
    }

    @Test
    @Needs({Feature.DEVICES, Feature.ROOTFS_DIRECTORY})
    @Observes({
        "resources.devices.allow",
        "resources.devices.type",
        "resources.devices.major",
        "resources.devices.minor",
        "resources.devices.access"
    })
    default void devicesAreRuled(Kit kit) throws Exception {
        DeviceRule none = DeviceRule.denyAll();
        DeviceRule.Type character = DeviceRule.Type.CHARACTER;
        DeviceRule nulls = allow(character, 1, 3, "rw");
        assertEquals(List.of("ok", "ok", "ok", "ok", "ok", "ok"), tried(kit, DeviceRule.allowAll()));
        assertEquals(List.of("denied", "denied", "denied", "denied", "denied", "denied"), tried(kit, none, nulls));
        assertEquals(
                List.of("ok", "denied", "denied", "denied", "denied", "denied"),
                tried(kit, none, nulls, allow(character, 1, 5, "r")));
        assertEquals(
                List.of("ok", "ok", "denied", "ok", "denied", "denied"),
                tried(kit, none, nulls, allow(character, 1, 5, "rwm")));
        assertEquals(
                List.of("denied", "denied", "denied", "denied", "denied", "ok"),
                tried(
                        kit,
                        none,
                        nulls,
                        new DeviceRule(true, DeviceRule.Type.BLOCK, OptionalLong.of(7), OptionalLong.empty(), "m")));
        assertEquals(
                List.of("denied", "denied", "ok", "denied", "ok", "ok"),
                tried(
                        kit,
                        DeviceRule.allowAll(),
                        new DeviceRule(false, character, OptionalLong.of(1), OptionalLong.of(5), "rwm")));
    }
}
