// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup.v1;

import dev.caisson.nativedriver.cgroup.controller.PidsFiles;

/** Number of processes and threads; the same files as in version 2. */
public final class PidsController extends PidsFiles {}
