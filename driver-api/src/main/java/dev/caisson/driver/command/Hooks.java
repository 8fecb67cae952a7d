// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.command;

import dev.caisson.driver.check.Checked;
import dev.caisson.driver.check.Checker;
import java.util.List;

/**
 * The programs run at points of a container's life (OCI runtime-spec, "POSIX-platform Hooks"). One that fails before the
 * start fails the start; one that fails afterwards is logged.
 *
 * @param prestart as createRuntime, before it (deprecated by the specification)
 * @param createRuntime in the host's namespaces, when the container's are made and before its root is changed to
 * @param createContainer in the container's namespaces, before its root is changed to; the path is the host's
 * @param startContainer in the container, before the user's process; the path is the container's
 * @param poststart in the host's namespaces, after the user's process was started
 * @param poststop in the host's namespaces, after the container was cleaned
 */
public record Hooks(
        List<Hook> prestart,
        List<Hook> createRuntime,
        List<Hook> createContainer,
        List<Hook> startContainer,
        List<Hook> poststart,
        List<Hook> poststop)
        implements Checked {
    public Hooks {
        prestart = List.copyOf(prestart);
        createRuntime = List.copyOf(createRuntime);
        createContainer = List.copyOf(createContainer);
        startContainer = List.copyOf(startContainer);
        poststart = List.copyOf(poststart);
        poststop = List.copyOf(poststop);
    }

    /** Returns no hooks. */
    public static Hooks none() {
        return new Hooks(List.of(), List.of(), List.of(), List.of(), List.of(), List.of());
    }

    /** Returns true if there are none. */
    public boolean isEmpty() {
        return equals(none());
    }

    @Override
    public void check(Checker checker) {
        checker.checkAll("prestart", prestart);
        checker.checkAll("createRuntime", createRuntime);
        checker.checkAll("createContainer", createContainer);
        checker.checkAll("startContainer", startContainer);
        checker.checkAll("poststart", poststart);
        checker.checkAll("poststop", poststop);
    }
}
