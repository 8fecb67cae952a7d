// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A behaviour whose driver is opened with {@link dev.caisson.driver.DriverContext.Lifetime#LASTING}, where it can be; all
 * others get a tied one.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Lasting {}
