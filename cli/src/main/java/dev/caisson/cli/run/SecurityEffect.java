// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.run;

import dev.caisson.cli.syntax.SecurityOption;
import dev.caisson.cli.syntax.SelinuxLabel;
import dev.caisson.driver.command.ContainerPath;
import dev.caisson.driver.command.Security;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Puts each --security-opt where it belongs; the parts of an SELinux label come together at the end. */
final class SecurityEffect {
    private final Draft draft;
    private final List<SecurityOption.Label> labels = new ArrayList<>();

    SecurityEffect(Draft draft) {
        this.draft = draft;
    }

    void apply(SecurityOption option) {
        switch (option) {
            case SecurityOption.SeccompProfile seccomp ->
                draft.security = draft.security.withSeccomp(seccomp.seccomp());
            case SecurityOption.NoNewPrivileges noNew -> draft.process.noNewPrivileges(noNew.value());
            case SecurityOption.Apparmor apparmor -> draft.process.apparmorProfile(apparmor.profile());
            case SecurityOption.Label label -> labels.add(label);
            case SecurityOption.SystemPathsUnconfined all -> paths(List.of(), List.of());
            case SecurityOption.Mask mask ->
                paths(
                        Stream.concat(draft.security.maskedPaths().stream(), mask.paths().stream())
                                .distinct()
                                .toList(),
                        draft.security.readonlyPaths());
            case SecurityOption.Unmask unmask ->
                paths(without(draft.security.maskedPaths(), unmask), without(draft.security.readonlyPaths(), unmask));
            case SecurityOption.WritableCgroups cgroups -> {
                if (cgroups.value()) {
                    draft.mounts.change(ContainerPath.of("/sys/fs/cgroup"), Privileged::writable);
                }
            }
        }
    }

    void finish() {
        SelinuxLabel.of(labels).ifPresent(label -> {
            draft.process.selinuxLabel(label.process());
            Security security = draft.security;
            draft.security = new Security(
                    security.seccomp(),
                    security.maskedPaths(),
                    security.readonlyPaths(),
                    Optional.of(label.files()),
                    security.newKeyring());
        });
    }

    private void paths(List<ContainerPath> masked, List<ContainerPath> readonly) {
        Security security = draft.security;
        draft.security =
                new Security(security.seccomp(), masked, readonly, security.mountLabel(), security.newKeyring());
    }

    private static List<ContainerPath> without(List<ContainerPath> paths, SecurityOption.Unmask unmask) {
        return paths.stream().filter(path -> !unmask.covers(path)).toList();
    }
}
