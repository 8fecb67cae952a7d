// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup.systemd;

import dev.caisson.driver.command.CgroupPlacement;

/**
 * A container's scope.
 *
 * @param slice the unit that it is in, such as {@code system.slice}
 * @param unit its own name, such as {@code caisson-a.scope}
 */
public record Scope(String slice, String unit) {
    private static final String SLICE = ".slice";
    private static final String STANDARD_SLICE = "system.slice";

    /** The slice above all others, which is the root of the cgroups. */
    private static final String ROOT_SLICE = "-.slice";

    /** The scope that a placement asks for; without a slice it is the one for services. */
    public static Scope of(CgroupPlacement.Systemd placement) {
        String slice = placement.slice().isEmpty() ? STANDARD_SLICE : placement.slice();
        String prefix = placement.prefix().isEmpty() ? "" : placement.prefix() + "-";
        return new Scope(slice, prefix + placement.name() + ".scope");
    }

    /** Its cgroup: a dash in a slice's name says that it is in the slice before the dash (systemd.slice(5)). */
    public String path() {
        StringBuilder path = new StringBuilder();
        if (!slice.equals(ROOT_SLICE)) {
            String name = slice.substring(0, slice.length() - SLICE.length());
            for (int dash = name.indexOf('-'); dash >= 0; dash = name.indexOf('-', dash + 1)) {
                path.append('/').append(name, 0, dash).append(SLICE);
            }
            path.append('/').append(slice);
        }
        return path.append('/').append(unit).toString();
    }
}
