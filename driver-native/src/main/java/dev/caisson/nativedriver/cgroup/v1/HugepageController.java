// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup.v1;

import dev.caisson.nativedriver.cgroup.controller.HugepageFiles;

/** Huge pages (Documentation/admin-guide/cgroup-v1/hugetlb.rst). */
public final class HugepageController extends HugepageFiles {
    public HugepageController() {
        super("limit_in_bytes", "usage_in_bytes", "failcnt");
    }
}
