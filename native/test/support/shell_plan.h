/* SPDX-License-Identifier: Apache-2.0 */
/*
 * shell_plan.h - plans of processes that are a shell script in the host's root: what the shim's own tests launch.
 */
#ifndef CAISSON_SHELL_PLAN_H
#define CAISSON_SHELL_PLAN_H

#include "plan_builder.h"

/* An init with a pid namespace of its own. */
void shell_init(struct plan_builder *builder, uint32_t flags, const char *script);
/* One without. */
void shell_host_init(struct plan_builder *builder, uint32_t flags, const char *script);
/* A further process in the pid namespace of the init with this tag. */
void shell_exec(struct plan_builder *builder, uint64_t target, const char *script);

void shell_stdio(struct plan_builder *builder, uint32_t stream, enum stdio_kind kind, uint32_t fd, const char *path);

/* A v1 cgroup is made, joined and removed at the end. */
void shell_cgroup(struct plan_builder *builder, const char *directory);

#endif
