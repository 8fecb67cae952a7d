// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.behaviour;

import static dev.caisson.driver.tck.Kit.refusal;
import static dev.caisson.driver.tck.probe.Steps.line;
import static dev.caisson.driver.tck.probe.Steps.show;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.driver.DriverException;
import dev.caisson.driver.ErrorKind;
import dev.caisson.driver.Feature;
import dev.caisson.driver.command.Network;
import dev.caisson.driver.tck.Kit;
import dev.caisson.driver.tck.Needs;
import dev.caisson.driver.tck.Observes;
import dev.caisson.driver.tck.probe.Fact;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Kernel settings of a container's own namespaces. */
public interface SysctlBehaviours {
    @Test
    @Needs({Feature.SYSCTL, Feature.NETWORK_NONE})
    @Observes("sysctl")
    default void settingsOfTheNetworkAreMade(Kit kit) throws Exception {
        assertEquals(
                "1081",
                kit.answer(kit.command(show(Fact.FILE, "/proc/sys/net/ipv4/ip_unprivileged_port_start"))
                        .network(Network.none())
                        .sysctl("net.ipv4.ip_unprivileged_port_start", "1081")));
    }

    @Test
    @Needs(Feature.SYSCTL)
    @Observes("sysctl")
    default void settingsOfIpcAreMade(Kit kit) throws Exception {
        assertEquals(
                "5555",
                kit.answer(
                        kit.command(show(Fact.FILE, "/proc/sys/kernel/msgmax")).sysctl("kernel.msgmax", "5555")));
    }

    @Test
    @Needs({Feature.SYSCTL, Feature.NETWORK_NONE})
    default void aSettingThatIsNotThereIsRefused(Kit kit) {
        DriverException refusal = refusal(
                () -> kit.run(kit.command(line("x")).network(Network.none()).sysctl("net.ipv4.no_such_setting", "1")));
        assertTrue(
                List.of(ErrorKind.USER, ErrorKind.MACHINE, ErrorKind.LAUNCH).contains(refusal.kind()),
                refusal::toString);
        assertTrue(String.valueOf(refusal.getMessage()).contains("no_such_setting"), refusal::toString);
    }

    @Test
    @Needs({Feature.SYSCTL, Feature.NETWORK_NONE})
    default void aSettingThatTheKernelRefusesIsRefused(Kit kit) {
        DriverException refusal = refusal(() ->
                kit.run(kit.command(line("x")).network(Network.none()).sysctl("net.ipv4.ip_forward", "no number")));
        assertTrue(
                List.of(ErrorKind.USER, ErrorKind.MACHINE, ErrorKind.LAUNCH).contains(refusal.kind()),
                refusal::toString);
        assertTrue(String.valueOf(refusal.getMessage()).contains("ip_forward"), refusal::toString);
    }
}
