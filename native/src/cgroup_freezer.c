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

static void write_state(const struct kept *kept, const char *state)
{
	struct kept_entry cgroup;
	size_t position = 0;

	while (kept_next(kept, KEPT_CGROUP, &position, &cgroup)) {
		char path[PATH_MAX];
		int length = snprintf(path, sizeof(path), "%s/freezer.state", cgroup.text);
		AUTO_CLOSE int fd = -1;

		if (length < 0 || (size_t)length >= sizeof(path))
			continue;
		fd = open(path, O_WRONLY | O_CLOEXEC);
		if (fd < 0)
			continue; /* another hierarchy than the freezer's, or gone already */
		/* ENODEV: removed between open and write */
		if (write(fd, state, strlen(state)) < 0 && errno != ENODEV)
			log_error(errno, "write %s to '%s'", state, path);
	}
}

void freezer_freeze(const struct kept *kept)
{
	write_state(kept, "FROZEN");
}

void freezer_thaw(const struct kept *kept)
{
	write_state(kept, "THAWED");
}
