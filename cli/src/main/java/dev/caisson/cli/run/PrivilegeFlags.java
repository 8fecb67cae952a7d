// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.run;

import dev.caisson.cli.flags.Flag;
import dev.caisson.cli.flags.FlagSection;
import dev.caisson.cli.flags.FlagValues;
import dev.caisson.cli.syntax.CapabilityList;
import dev.caisson.cli.syntax.KeyValue;
import dev.caisson.cli.syntax.SecurityOption;
import java.util.List;

/** What the container may do. */
final class PrivilegeFlags implements FlagGroup {
    private static final Flag CAP_ADD =
            Flag.list("--cap-add", "CAPABILITY", "A capability beside the 14 standard ones, or ALL");
    private static final Flag CAP_DROP = Flag.list("--cap-drop", "CAPABILITY", "A capability less, or ALL");
    private static final Flag PRIVILEGED =
            Flag.toggle("--privileged", "Every capability and device, no filter, nothing masked, /sys writable");
    private static final Flag SECURITY_OPT = Flag.list(
            "--security-opt",
            "OPTION",
            "seccomp=unconfined|builtin|FILE, no-new-privileges, apparmor=PROFILE, label=..., systempaths=unconfined, mask=PATHS, unmask=PATHS|ALL, writable-cgroups=true");
    private static final Flag SYSCTL =
            Flag.list("--sysctl", "NAME=VALUE", "A kernel setting of the container's namespaces");

    @Override
    public FlagSection section() {
        return FlagSection.of("What it may do", CAP_ADD, CAP_DROP, PRIVILEGED, SECURITY_OPT, SYSCTL);
    }

    @Override
    public void apply(FlagValues values, Draft draft) {
        boolean privileged = values.on(PRIVILEGED);
        List<CapabilityList.Word> added = values.readAll(CAP_ADD, CapabilityList::word);
        List<CapabilityList.Word> dropped = values.readAll(CAP_DROP, CapabilityList::word);
        draft.capabilities = CapabilityList.of(privileged, added, dropped);
        if (privileged) {
            Privileged.apply(draft);
        }
        SecurityEffect effect = new SecurityEffect(draft);
        values.readAll(SECURITY_OPT, text -> SecurityOption.read(text, draft.capabilities.bounding()))
                .forEach(effect::apply);
        effect.finish();
        values.readAll(SYSCTL, KeyValue::required).forEach(setting -> draft.sysctl.put(setting.key(), setting.value()));
    }
}
