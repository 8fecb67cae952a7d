/* SPDX-License-Identifier: Apache-2.0 */
#include "proc_stat.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>

#include "descriptor.h"

uint64_t proc_start_time(pid_t pid)
{
	char path[32];
	char text[1024];
	AUTO_CLOSE int fd = -1;
	unsigned long long start = 0;
	const char *at;
	ssize_t length;

	(void)snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	length = fd >= 0 ? read(fd, text, sizeof(text) - 1) : -1;
	if (length < 0)
		return 0;
	text[length] = '\0';
	/* The name, field 2, may hold anything, also a bracket: what follows the last one is ours. */
	at = strrchr(text, ')');
	for (int field = 2; at != NULL && field < 22; field++)
		at = strchr(at + 1, ' ');
	if (at == NULL || sscanf(at, "%llu", &start) != 1)
		return 0;
	return start;
}
