/* SPDX-License-Identifier: Apache-2.0 */
#include "container.h"

#include <string.h>
#include <unistd.h>

bool container_begin(void)
{
	if (geteuid() != 0 || !busybox_available()) {
		tap_skip("needs root, and a static /bin/busybox", "containers");
		return false;
	}
	sandbox_make();
	busybox_root();
	leaks_note();
	return true;
}

int container_end(void)
{
	leaks_check();
	sandbox_remove();
	return tap_done();
}

const struct launch_result *container_launch(struct launcher *launcher)
{
	const struct launch_result *result = launcher_run(launcher);

	builder_free(launcher->plan);
	return result;
}

const struct launch_result *container_run(struct plan_builder *builder)
{
	struct launcher launcher;

	launcher_init(&launcher, builder);
	return container_launch(&launcher);
}

static void explain(const struct launch_result *result)
{
	if (!result->started)
		tap_note("failed in phase %u, errno %d: %s", result->failed.phase, result->failed.error, result->text);
}

void container_prints(struct plan_builder *builder, const char *output, const char *text)
{
	const struct launch_result *result = container_run(builder);

	explain(result);
	tap_is(result->output, output, text);
}

void container_fails(struct plan_builder *builder, enum phase phase, int error, const char *part)
{
	const struct launch_result *result = container_run(builder);

	if (!tap_ok(!result->started && result->failed.phase == phase && result->failed.error == error &&
			    strstr(result->text, part) && result->output[0] == '\0',
		    "refused: %s", part))
		tap_note("started %d, phase %u, errno %d, text: %s, output: %s", result->started, result->failed.phase,
			 result->failed.error, result->text, result->output);
}
