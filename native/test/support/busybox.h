/* SPDX-License-Identifier: Apache-2.0 */
/*
 * busybox.h - a root filesystem with a shell in it, from the machine's static busybox.
 */
#ifndef CAISSON_BUSYBOX_H
#define CAISSON_BUSYBOX_H

#include <stdbool.h>

#include "plan_builder.h"

bool busybox_available(void);

/* Makes it at "root" in the sandbox. */
void busybox_root(void);

/* Starts the plan of a usual container whose process is a shell with this script. To be completed by the test. */
void busybox_plan(struct plan_builder *builder, uint32_t flags, const char *script);

/* As busybox_plan, without mounts and namespaces of its own. */
void busybox_bare_plan(struct plan_builder *builder, enum plan_kind kind, uint32_t flags, const char *script);

#endif
