// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup.v2;

import dev.caisson.nativedriver.cgroup.controller.RdmaFiles;

/** Handles and objects of RDMA devices; the same files as in version 1. */
public final class RdmaController extends RdmaFiles {}
