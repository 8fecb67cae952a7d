// SPDX-License-Identifier: Apache-2.0
/**
 * The launch plan: what one process is to be, as bytes for caisson-shim ({@code native/include/plan.h} is the contract).
 *
 * <p>{@link dev.caisson.nativedriver.plan.PlanWriter} is the one writer of the format. The planners ({@code InitPlanner},
 * {@code ExecPlanner}, {@code HostPlanner}, {@code CleanPlanner}) say what is in a plan; one {@code …Entries} class per
 * concern writes its part. Nothing here starts anything.
 */
@NullMarked
package dev.caisson.nativedriver.plan;

import org.jspecify.annotations.NullMarked;
