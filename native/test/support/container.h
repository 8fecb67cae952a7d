/* SPDX-License-Identifier: Apache-2.0 */
/*
 * container.h - what all tests of whole containers begin and end with.
 */
#ifndef CAISSON_CONTAINER_H
#define CAISSON_CONTAINER_H

#include <stdbool.h>

#include "busybox.h"
#include "launcher.h"
#include "leaks.h"
#include "sandbox.h"
#include "tap.h"

/* false, and a skipped result, where the test cannot run. Else there is a root in the sandbox. */
bool container_begin(void);

/* Checks for leaks and removes the sandbox. Returns the program's exit code. */
int container_end(void);

/* Runs a plan and frees it; says why, if it did not start. */
const struct launch_result *container_run(struct plan_builder *builder);

/* As container_run, with more than a plan. */
const struct launch_result *container_launch(struct launcher *launcher);

/* The plan's output is this. */
void container_prints(struct plan_builder *builder, const char *output, const char *text);

/* The plan fails with this phase, errno and part of the text. */
void container_fails(struct plan_builder *builder, enum phase phase, int error, const char *part);

#endif
