/* SPDX-License-Identifier: Apache-2.0 */
#include "cgroup_freezer.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "descriptor.h"
#include "log.h"

/* freezer.state of the next cgroup that has one, or -1. */
static int next_state(const struct kept *kept, size_t *position, int flags)
{
	struct kept_entry cgroup;

	while (kept_next(kept, KEPT_CGROUP, position, &cgroup)) {
		char path[PATH_MAX];
		int length = snprintf(path, sizeof(path), "%s/freezer.state", cgroup.text);
		int fd = length > 0 && (size_t)length < sizeof(path) ? open(path, flags | O_CLOEXEC) : -1;

		if (fd >= 0)
			return fd;
	}
	return -1;
}

static bool write_state(const struct kept *kept, const char *state)
{
	size_t position = 0;
	bool any = false;
	int next;

	while ((next = next_state(kept, &position, O_WRONLY)) >= 0) {
		AUTO_CLOSE int fd = next;

		any = true;
		/* ENODEV: removed between open and write */
		if (write(fd, state, strlen(state)) < 0 && errno != ENODEV)
			log_error(errno, "write %s to a freezer.state", state);
	}
	return any;
}

bool freezer_freeze(const struct kept *kept)
{
	return write_state(kept, "FROZEN");
}

bool freezer_is_frozen(const struct kept *kept)
{
	size_t position = 0;
	int next;

	while ((next = next_state(kept, &position, O_RDONLY)) >= 0) {
		AUTO_CLOSE int fd = next;
		char state[16] = "";

		if (read(fd, state, sizeof(state) - 1) > 0 && strcmp(state, "FROZEN\n") != 0)
			return false;
	}
	return true;
}

void freezer_thaw(const struct kept *kept)
{
	(void)write_state(kept, "THAWED");
}
