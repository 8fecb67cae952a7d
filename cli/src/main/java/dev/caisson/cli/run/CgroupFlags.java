// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.run;

import dev.caisson.cli.flags.Flag;
import dev.caisson.cli.flags.FlagSection;
import dev.caisson.cli.flags.FlagValues;
import dev.caisson.cli.syntax.Numbers;
import dev.caisson.driver.command.CgroupPlacement;

/** The number of processes, and where the container's cgroup is. */
final class CgroupFlags implements FlagGroup {
    private static final Flag PIDS_LIMIT =
            Flag.value("--pids-limit", "NUMBER", "Most processes and threads at one time; -1 for no limit");
    private static final Flag CGROUP_PARENT = Flag.value(
            "--cgroup-parent",
            "PATH",
            "Cgroup in which the container's is made; a name that ends in .slice is systemd's");

    @Override
    public FlagSection section() {
        return FlagSection.of("Limits of processes", PIDS_LIMIT, CGROUP_PARENT);
    }

    @Override
    public void apply(FlagValues values, Draft draft) {
        values.read(PIDS_LIMIT, text -> Numbers.whole(text, -1, Long.MAX_VALUE))
                .filter(most -> most > 0)
                .ifPresent(draft.resources::pids);
        values.text(CGROUP_PARENT).ifPresent(parent -> draft.cgroup = placement(parent, draft));
    }

    private static CgroupPlacement placement(String parent, Draft draft) {
        boolean slice = parent.endsWith(".slice") && parent.indexOf('/') < 0;
        return slice
                ? new CgroupPlacement.Systemd(parent, "caisson", draft.id.value())
                : new CgroupPlacement.Parent(parent);
    }
}
