// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.sim;

import dev.caisson.driver.command.IdMapping;
import dev.caisson.driver.command.IdMappings;
import dev.caisson.driver.command.Propagation;
import java.util.List;
import java.util.Optional;

/** One mount of a simulated container. */
record MountPoint(
        String target,
        Tree tree,
        List<String> options,
        Optional<Propagation> propagation,
        String type,
        String source,
        String data,
        long limit,
        String mode,
        Optional<IdMappings> idmap) {
    boolean isReadonly() {
        return options.contains("ro");
    }

    /** Returns the mount as the probe tells it. */
    String line() {
        String shown = switch (propagation.orElse(Propagation.PRIVATE)) {
            case SHARED, RSHARED -> "shared:1";
            case SLAVE, RSLAVE -> "master:1";
            case UNBINDABLE, RUNBINDABLE -> "unbindable";
            case PRIVATE, RPRIVATE -> "";
        };
        return String.join(",", options) + ";" + shown + ";" + type + ";" + source + ";" + data;
    }

    /** Returns the owner {@code uid:gid} as it is shown here. */
    String shown(String owner) {
        if (idmap.isEmpty()) {
            return owner;
        }
        String[] ids = owner.split(":");
        return map(idmap.get().uids(), ids[0]) + ":" + map(idmap.get().gids(), ids[1]);
    }

    private static long map(List<IdMapping> ranges, String id) {
        long number = Long.parseLong(id);
        return ranges.stream()
                .filter(range -> number >= range.inside() && number < range.inside() + range.count())
                .map(range -> range.outside() + number - range.inside())
                .findFirst()
                .orElse(65534L);
    }
}
