/* SPDX-License-Identifier: Apache-2.0 */
#include "pins.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>

#include "descriptor.h"
#include "preparation.h"
#include "shim.h"

int prepare_pins(struct preparation *preparation)
{
	struct pins *pins = &preparation->process->pins;
	struct plan_cursor cursor = plan_cursor(&preparation->plan, E_PIN, E_PIN);
	struct plan_fields fields;

	if (!plan_has(&preparation->plan, E_PIN))
		return 0;
	if (preparation->process->shim->mode == MODE_ONE_SHOT)
		return failure_set(preparation->failure, PHASE_PLAN, 0,
				   "a shim that ends before the container can't keep descriptors open for it");
	pins->descriptors = calloc(preparation->plan.count[E_PIN], sizeof(*pins->descriptors));
	if (pins->descriptors == NULL)
		return failure_set(preparation->failure, PHASE_SHIM, ENOMEM, "could not keep descriptors of the launch plan");
	while (plan_next(&cursor, &fields)) {
		int fd = fcntl(preparation->fds[field_u32(&fields)], F_DUPFD_CLOEXEC, 3);

		if (fd < 0)
			return failure_set(preparation->failure, PHASE_SHIM, errno,
					   "could not keep a descriptor of the launch plan open");
		pins->descriptors[pins->count++] = fd;
	}
	return 0;
}

void pins_drop(struct process *process)
{
	for (unsigned int i = 0; i < process->pins.count; i++)
		descriptor_close(&process->pins.descriptors[i]);
	free(process->pins.descriptors);
	process->pins = (struct pins){0};
}
