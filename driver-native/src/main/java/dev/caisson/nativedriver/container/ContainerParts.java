// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.container;

import static java.util.Objects.requireNonNull;

import dev.caisson.nativedriver.cgroup.CgroupPlace;
import java.util.List;

/**
 * What was decided of a container before it was launched.
 *
 * @param place where its cgroup is
 * @param reportFiles what the shim reads at its end, in this order
 */
public record ContainerParts(CgroupPlace place, List<String> reportFiles) {
    public ContainerParts {
        requireNonNull(place, "place is null");
        reportFiles = List.copyOf(reportFiles);
    }
}
