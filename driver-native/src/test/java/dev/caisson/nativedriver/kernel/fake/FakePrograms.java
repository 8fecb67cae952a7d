// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.kernel.fake;

import dev.caisson.nativedriver.kernel.Descriptor;
import dev.caisson.nativedriver.kernel.ProgramCalls;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Programs that are kept by the cgroup they are attached to. */
public final class FakePrograms implements ProgramCalls {
    private final Journal journal;
    private final Map<String, List<String>> attached = new HashMap<>();
    private int loaded;

    FakePrograms(Journal journal) {
        this.journal = journal;
    }

    @Override
    public Descriptor loadDeviceProgram(byte[] instructions) {
        journal.enter("bpf", "load " + instructions.length / 8);
        loaded++;
        return Descriptor.borrowed(loaded, "program " + loaded);
    }

    @Override
    public List<Descriptor> devicePrograms(Descriptor cgroup) {
        return attached.getOrDefault(cgroup.name(), List.of()).stream()
                .map(name -> Descriptor.borrowed(0, name))
                .toList();
    }

    @Override
    public void attachDeviceProgram(Descriptor cgroup, Descriptor program) {
        journal.enter("bpf", "attach " + program.name() + " to " + cgroup.name());
        attached.computeIfAbsent(cgroup.name(), name -> new ArrayList<>()).add(program.name());
    }

    @Override
    public void replaceDeviceProgram(Descriptor cgroup, Descriptor former, Descriptor program) {
        journal.enter("bpf", "replace " + former.name() + " by " + program.name() + " in " + cgroup.name());
        attached.getOrDefault(cgroup.name(), new ArrayList<>())
                .replaceAll(name -> name.equals(former.name()) ? program.name() : name);
    }
}
