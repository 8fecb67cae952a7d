// SPDX-License-Identifier: Apache-2.0
/** What the machine under the driver has and lacks, told apart from what the driver does. */
@NullMarked
package dev.caisson.driver.tck.machine;

import org.jspecify.annotations.NullMarked;
