// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.check;

import dev.caisson.driver.Feature;
import dev.caisson.driver.command.Command;
import dev.caisson.driver.command.DeviceNode;
import dev.caisson.driver.resources.DeviceRule;
import dev.caisson.nativedriver.kernel.DeviceNumber;
import dev.caisson.nativedriver.kernel.FileStat;
import dev.caisson.nativedriver.kernel.FileType;
import dev.caisson.nativedriver.kernel.Kernel;
import dev.caisson.nativedriver.kernel.KernelException;
import java.util.List;
import java.util.Optional;

/**
 * Devices where containers are inside a user namespace. Nobody there can make nodes, so that no device is to be had but those
 * whose node the host shows: rules that allow no more than these come true by themselves, others can't be enforced.
 */
final class DeviceChecks {
    private static final String WHY = "a user namespace has no right to make nodes";

    private final Kernel kernel;

    DeviceChecks(Kernel kernel) {
        this.kernel = kernel;
    }

    void check(Findings findings, Command command) {
        List<DeviceRule> rules = command.resources().devices();
        for (int i = 0; i < rules.size(); i++) {
            if (rules.get(i).allow() && rules.get(i).type() == DeviceRule.Type.ALL) {
                findings.at("resources")
                        .at("devices")
                        .at(i)
                        .unsupportedHere(
                                Feature.DEVICES,
                                "allows all devices, but " + WHY,
                                "allow those that are wanted, or run as root");
            }
        }
        for (int i = 0; i < command.devices().size(); i++) {
            check(
                    findings.at("devices").at(i),
                    command.devices().get(i),
                    command.resources().devices());
        }
    }

    private void check(Findings findings, DeviceNode node, List<DeviceRule> rules) {
        if (node.type() == DeviceNode.Type.FIFO) {
            return;
        }
        String path = node.path().value();
        if (!isOnHost(node, path)) {
            findings.unsupportedHere(
                    Feature.DEVICES,
                    WHY + ", and the host's " + path + " isn't " + node.major() + ":" + node.minor(),
                    "give the device the path that it has on the host, or run as root");
        } else if (!rules.isEmpty() && !(allows(rules, node, 'r') && allows(rules, node, 'w'))) {
            findings.unsupportedHere(
                    Feature.DEVICES,
                    "resources.devices denies it, which takes root to enforce",
                    "leave the device out, or allow reading and writing");
        }
    }

    private boolean isOnHost(DeviceNode node, String path) {
        try {
            FileStat host = kernel.files().stat(path);
            boolean block = node.type() == DeviceNode.Type.BLOCK;
            return host.type() == (block ? FileType.BLOCK_DEVICE : FileType.CHARACTER_DEVICE)
                    && host.special().equals(new DeviceNumber((int) node.major(), (int) node.minor()));
        } catch (KernelException absent) {
            return false;
        }
    }

    /** The last rule that is about the device and that access holds. */
    private static boolean allows(List<DeviceRule> rules, DeviceNode node, char access) {
        Optional<DeviceRule> last = rules.reversed().stream()
                .filter(rule -> rule.access().indexOf(access) >= 0 && isAbout(rule, node))
                .findFirst();
        return last.map(DeviceRule::allow).orElse(false);
    }

    private static boolean isAbout(DeviceRule rule, DeviceNode node) {
        boolean kind = rule.type() == DeviceRule.Type.ALL
                || (rule.type() == DeviceRule.Type.BLOCK) == (node.type() == DeviceNode.Type.BLOCK);
        return kind
                && (rule.major().isEmpty() || rule.major().getAsLong() == node.major())
                && (rule.minor().isEmpty() || rule.minor().getAsLong() == node.minor());
    }
}
