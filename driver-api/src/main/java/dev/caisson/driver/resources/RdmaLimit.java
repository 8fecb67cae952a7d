// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.resources;

import static java.util.Objects.requireNonNull;

import dev.caisson.driver.check.Checked;
import dev.caisson.driver.check.Checker;
import java.util.OptionalLong;

/**
 * Limits of one RDMA device.
 *
 * @param handles most handles
 * @param objects most objects
 */
public record RdmaLimit(OptionalLong handles, OptionalLong objects) implements Checked {
    public RdmaLimit {
        requireNonNull(handles, "handles is null");
        requireNonNull(objects, "objects is null");
    }

    @Override
    public void check(Checker checker) {
        checker.require(handles.isPresent() || objects.isPresent(), "limits nothing", "give handles, objects or both");
        handles.ifPresent(value -> checker.at("handles").range(value, 0, 0xffff_ffffL));
        objects.ifPresent(value -> checker.at("objects").range(value, 0, 0xffff_ffffL));
    }
}
