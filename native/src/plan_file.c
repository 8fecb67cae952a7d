/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include "preparation.h"

/* Without these somebody could change the plan after it was checked. */
#define SEALS (F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE)

int prepare_plan(struct preparation *preparation)
{
	struct failure *failure = preparation->failure;
	int fd = preparation->fds[0];
	int seals = fcntl(fd, F_GET_SEALS);
	struct stat status;
	char error[512];

	if (seals < 0)
		return failure_set(failure, PHASE_PLAN, errno, "the launch plan is not in a memfd that allows sealing");
	if ((seals & SEALS) != SEALS)
		return failure_set(failure, PHASE_PLAN, 0, "the launch plan's memfd is not sealed against change (seals %#x)",
				   (unsigned int)seals);
	if (fstat(fd, &status) != 0)
		return failure_set(failure, PHASE_PLAN, errno, "could not examine the launch plan");
	if (status.st_size < (off_t)sizeof(struct plan_header) || status.st_size > (off_t)PLAN_MAX)
		return failure_set(failure, PHASE_PLAN, 0, "a launch plan has %zu to %u bytes, this one %lld",
				   sizeof(struct plan_header), PLAN_MAX, (long long)status.st_size);
	preparation->mapped_length = (size_t)status.st_size;
	preparation->mapped = mmap(NULL, preparation->mapped_length, PROT_READ, MAP_PRIVATE | MAP_POPULATE, fd, 0);
	if (preparation->mapped == MAP_FAILED) {
		preparation->mapped = NULL;
		return failure_set(failure, PHASE_PLAN, errno, "could not map the launch plan");
	}
	if (plan_read(&preparation->plan, preparation->mapped, preparation->mapped_length, preparation->fd_count, error,
		      sizeof(error)) != 0)
		return failure_set(failure, PHASE_PLAN, 0, "%s", error);
	return 0;
}
