// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.seccomp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.caisson.cli.flags.BadValueException;
import dev.caisson.driver.command.Capability;
import dev.caisson.driver.command.Seccomp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeccompFileTest {
    private static final ProfileConditions ADMIN =
            new ProfileConditions(Set.of(Capability.SYS_ADMIN), "amd64", "6.1.0-9-amd64");

    @Test
    void ociProfilesAreRead() throws JsonProcessingException {
        Seccomp.Profile profile = SeccompFile.parse("""
                {
                  "defaultAction": "SCMP_ACT_ERRNO",
                  "defaultErrnoRet": 38,
                  "architectures": ["SCMP_ARCH_X86_64", "SCMP_ARCH_X86"],
                  "flags": ["SECCOMP_FILTER_FLAG_LOG"],
                  "syscalls": [
                    {"names": ["read", "write"], "action": "SCMP_ACT_ALLOW"},
                    {"name": "clone", "action": "SCMP_ACT_ERRNO", "errnoRet": 1, "args": [
                      {"index": 0, "value": 18446744073709551615, "valueTwo": 7, "op": "SCMP_CMP_MASKED_EQ"}]}
                  ]
                }
                """, ADMIN);
        assertEquals(
                new Seccomp.Profile(
                        Seccomp.Action.ERRNO,
                        OptionalInt.of(38),
                        List.of("SCMP_ARCH_X86"),
                        Set.of(Seccomp.Flag.LOG),
                        Optional.empty(),
                        "",
                        List.of(
                                new Seccomp.Rule(
                                        List.of("read", "write"), Seccomp.Action.ALLOW, OptionalInt.empty(), List.of()),
                                new Seccomp.Rule(
                                        List.of("clone"),
                                        Seccomp.Action.ERRNO,
                                        OptionalInt.of(1),
                                        List.of(new Seccomp.Argument(0, -1, 7, Seccomp.Operator.MASKED_EQUAL))))),
                profile);
    }

    @Test
    void dockersConditionsChooseRules() throws JsonProcessingException {
        Seccomp.Profile profile = SeccompFile.parse("""
                {
                  "defaultAction": "SCMP_ACT_ERRNO",
                  "archMap": [
                    {"architecture": "SCMP_ARCH_X86_64", "subArchitectures": ["SCMP_ARCH_X86", "SCMP_ARCH_X32"]},
                    {"architecture": "SCMP_ARCH_AARCH64", "subArchitectures": ["SCMP_ARCH_ARM"]}
                  ],
                  "syscalls": [
                    {"names": ["mount"], "action": "SCMP_ACT_ALLOW", "includes": {"caps": ["CAP_SYS_ADMIN"]}},
                    {"names": ["reboot"], "action": "SCMP_ACT_ALLOW", "includes": {"caps": ["CAP_SYS_BOOT"]}},
                    {"names": ["clone"], "action": "SCMP_ACT_ALLOW", "excludes": {"caps": ["CAP_SYS_ADMIN"]}},
                    {"names": ["ptrace"], "action": "SCMP_ACT_ALLOW", "includes": {"minKernel": "4.8"}},
                    {"names": ["future"], "action": "SCMP_ACT_ALLOW", "includes": {"minKernel": "6.2"}},
                    {"names": ["sync_file_range2"], "action": "SCMP_ACT_ALLOW", "includes": {"arches": ["ppc64le"]}},
                    {"names": ["modify_ldt"], "action": "SCMP_ACT_ALLOW", "includes": {"arches": ["amd64", "x32"]}},
                    {"names": ["other"], "action": "SCMP_ACT_ALLOW", "excludes": {"arches": ["s390"]}}
                  ]
                }
                """, ADMIN);
        assertEquals(List.of("SCMP_ARCH_X86", "SCMP_ARCH_X32"), profile.architectures());
        assertEquals(
                List.of("mount", "ptrace", "modify_ldt", "other"),
                profile.rules().stream().flatMap(rule -> rule.names().stream()).toList());
    }

    @Test
    void whatIsNoProfileIsRefused(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("p.json");
        Files.writeString(file, "{\"defaultAction\": \"SCMP_ACT_NO\"}");
        BadValueException unknown =
                assertThrows(BadValueException.class, () -> SeccompFile.read(file.toString(), Set.of()));
        assertEquals(
                "has the seccomp action \"SCMP_ACT_NO\"; give one of libseccomp's, such as SCMP_ACT_ERRNO",
                unknown.getMessage());
        Files.writeString(file, "nonsense");
        BadValueException broken =
                assertThrows(BadValueException.class, () -> SeccompFile.read(file.toString(), Set.of()));
        assertEquals(true, broken.problem().startsWith("holds no JSON: "), broken.problem());
    }
}
