/* SPDX-License-Identifier: Apache-2.0 */
#include "one_shot.h"

void one_shot_done(struct shim *shim)
{
	loop_stop(&shim->loop);
}

void one_shot_engine_left(struct shim *shim)
{
	if (!shim->loop.stopped)
		shim_end(shim);
}
