// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The fields of a {@link dev.caisson.driver.command.Command} whose effect a behaviour sees, by their paths, as
 * {@code resources.memory.limit}. A field of one variant of a sealed type has the variant in parentheses, as
 * {@code mounts.kind(Bind).source}; {@code mounts.kind(Bind)} alone is the choice itself. {@link FieldTable} lists all.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Observes {
    /** The paths. */
    String[] value();
}
