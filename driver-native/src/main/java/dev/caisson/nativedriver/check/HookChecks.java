// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.check;

import dev.caisson.driver.command.Hook;
import dev.caisson.driver.command.Hooks;
import java.util.List;

/** The hooks of the host that a start depends on. Those after the start may fail without consequence. */
final class HookChecks {
    private final HostPaths paths;

    HookChecks(HostPaths paths) {
        this.paths = paths;
    }

    void check(Findings findings, Hooks hooks) {
        check(findings.at("prestart"), hooks.prestart());
        check(findings.at("createRuntime"), hooks.createRuntime());
        check(findings.at("createContainer"), hooks.createContainer());
    }

    private void check(Findings findings, List<Hook> hooks) {
        for (int i = 0; i < hooks.size(); i++) {
            paths.check(findings.at(i).at("path"), hooks.get(i).path(), "give a program of the host");
        }
    }
}
