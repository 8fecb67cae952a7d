// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup.v2;

import dev.caisson.nativedriver.cgroup.controller.HugepageFiles;

/** Huge pages (Documentation/admin-guide/cgroup-v2.rst, "HugeTLB"). */
public final class HugepageController extends HugepageFiles {
    public HugepageController() {
        super("max", "current", "events");
    }
}
