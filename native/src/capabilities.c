/* SPDX-License-Identifier: Apache-2.0 */
#include "capabilities.h"

#include <errno.h>
#include <linux/capability.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef PR_CAP_AMBIENT
#define PR_CAP_AMBIENT 47
#define PR_CAP_AMBIENT_RAISE 2
#define PR_CAP_AMBIENT_CLEAR_ALL 4
#endif
#define BITS 64

struct sets {
	uint64_t bounding, effective, permitted, inheritable, ambient;
};

static struct sets read_sets(const struct child *child)
{
	struct plan_fields fields;
	struct sets sets;

	(void)plan_find(child->plan, E_CAPS, &fields);
	sets.bounding = field_u64(&fields);
	sets.effective = field_u64(&fields);
	sets.permitted = field_u64(&fields);
	sets.inheritable = field_u64(&fields);
	sets.ambient = field_u64(&fields);
	return sets;
}

void capabilities_bound(const struct child *child)
{
	uint64_t wanted = read_sets(child).bounding;

	for (unsigned int i = 0; i < BITS; i++) {
		if (wanted & (uint64_t)1 << i)
			continue;
		if (prctl(PR_CAPBSET_DROP, i, 0, 0, 0) == 0)
			continue;
		if (errno == EINVAL)
			return; /* beyond the last one that the kernel knows */
		child_fail(child, errno, "take capability %u out of the bounding set", i);
	}
}

static int set(uint64_t effective, uint64_t permitted, uint64_t inheritable)
{
	struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
	struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3] = {
		{(uint32_t)effective, (uint32_t)permitted, (uint32_t)inheritable},
		{(uint32_t)(effective >> 32), (uint32_t)(permitted >> 32), (uint32_t)(inheritable >> 32)},
	};

	return (int)syscall(SYS_capset, &header, data);
}

static _Noreturn void fail(const struct child *child, const struct sets *sets)
{
	child_fail(child, errno, "set the capabilities (permitted %016llx, effective %016llx, inheritable %016llx)",
		   (unsigned long long)sets->permitted, (unsigned long long)sets->effective,
		   (unsigned long long)sets->inheritable);
}

void capabilities_set(const struct child *child, bool admin)
{
	struct sets sets = read_sets(child);
	uint64_t more = admin ? (uint64_t)1 << CAP_SYS_ADMIN : 0;

	if (set(sets.effective | more, sets.permitted | more, sets.inheritable) != 0)
		fail(child, &sets);
	if (prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) != 0)
		child_fail(child, errno, "clear the ambient capabilities");
	for (unsigned int i = 0; i < BITS; i++)
		if ((sets.ambient & (uint64_t)1 << i) && prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, i, 0, 0) != 0)
			child_fail(child, errno, "make capability %u ambient", i);
}

void capabilities_finish(const struct child *child)
{
	struct sets sets = read_sets(child);

	if (set(sets.effective, sets.permitted, sets.inheritable) != 0)
		fail(child, &sets);
}
