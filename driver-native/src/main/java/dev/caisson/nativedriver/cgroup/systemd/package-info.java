// SPDX-License-Identifier: Apache-2.0
/** Cgroups that systemd makes: a scope for each container (systemd.scope(5), org.freedesktop.systemd1(5)). */
@NullMarked
package dev.caisson.nativedriver.cgroup.systemd;

import org.jspecify.annotations.NullMarked;
