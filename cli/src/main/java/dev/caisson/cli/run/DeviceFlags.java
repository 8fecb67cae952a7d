// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.run;

import dev.caisson.cli.flags.Flag;
import dev.caisson.cli.flags.FlagSection;
import dev.caisson.cli.flags.FlagValues;
import dev.caisson.cli.syntax.DeviceRuleSyntax;
import dev.caisson.cli.syntax.DeviceSyntax;
import java.util.List;

/** Devices of the host. */
final class DeviceFlags implements FlagGroup {
    private static final Flag DEVICE = Flag.list(
            "--device", "HOST[:PATH[:ACCESS]]", "A device of the host, or all in a directory; access some of rwm");
    private static final Flag RULE =
            Flag.list("--device-cgroup-rule", "RULE", "A rule about devices, as \"c 42:* rwm\"");

    @Override
    public FlagSection section() {
        return FlagSection.of("Its devices", DEVICE, RULE);
    }

    @Override
    public void apply(FlagValues values, Draft draft) {
        values.readAll(DEVICE, DeviceSyntax::read).stream()
                .flatMap(List::stream)
                .forEach(grant -> {
                    draft.devices.removeIf(node -> node.path().equals(grant.path()));
                    draft.devices.add(grant.device().nodeAt(grant.path()));
                    draft.deviceRules.add(grant.device().rule(grant.access()));
                });
        draft.deviceRules.addAll(values.readAll(RULE, DeviceRuleSyntax::read));
    }
}
