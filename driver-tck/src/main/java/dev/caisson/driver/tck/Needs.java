// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck;

import dev.caisson.driver.Feature;
import dev.caisson.driver.tck.machine.Facility;
import dev.caisson.driver.tck.machine.Limit;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a behaviour needs. If the driver lacks one of the features, or the machine one of the rest, the behaviour is carried
 * out all the same, and must end in the refusal: a {@link dev.caisson.driver.DriverException} of kind UNSUPPORTED that
 * names a lacking feature or an observed field, or of kind MACHINE. After a refusal for the machine's sake the behaviour
 * counts as skipped, with what was lacking.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Needs {
    /** Features of the driver. */
    Feature[] value() default {};

    /** What the machine must have, and if it hasn't, what the driver must refuse. */
    Facility[] machine() default {};

    /** Limits that the machine must be able to give, and if it isn't, that the driver must refuse. */
    Limit[] limits() default {};

    /** What the machine must have for the behaviour to be observable at all; without it nothing is tried. */
    Facility[] toObserve() default {};

    /** Limits without which the behaviour isn't observable; without them nothing is tried. */
    Limit[] limitsToObserve() default {};
}
