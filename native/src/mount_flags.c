/* SPDX-License-Identifier: Apache-2.0 */
#include "mount_flags.h"

#include <linux/mount.h>
#include <stddef.h>

#ifndef MS_NOSYMFOLLOW
#define MS_NOSYMFOLLOW 256
#endif
#ifndef MS_LAZYTIME
#define MS_LAZYTIME (1 << 25)
#endif
#define ACCESS_TIMES (MS_NOATIME | MS_RELATIME | MS_STRICTATIME)

static const struct {
	uint64_t flag, attribute;
} attributes[] = {
	{MS_RDONLY, MOUNT_ATTR_RDONLY},
	{MS_NOSUID, MOUNT_ATTR_NOSUID},
	{MS_NODEV, MOUNT_ATTR_NODEV},
	{MS_NOEXEC, MOUNT_ATTR_NOEXEC},
	{MS_NODIRATIME, MOUNT_ATTR_NODIRATIME},
	{MS_NOSYMFOLLOW, MOUNT_ATTR_NOSYMFOLLOW},
	{MS_NOATIME, MOUNT_ATTR_NOATIME},
	{MS_STRICTATIME, MOUNT_ATTR_STRICTATIME},
	{MS_RELATIME, MOUNT_ATTR_RELATIME}, /* the value 0 */
};

static const struct {
	uint64_t flag;
	const char *option;
} options[] = {
	{MS_SYNCHRONOUS, "sync"}, {MS_DIRSYNC, "dirsync"},    {MS_MANDLOCK, "mand"},
	{MS_LAZYTIME, "lazytime"}, {MS_I_VERSION, "iversion"}, {MS_SILENT, NULL /* less in the kernel's log */},
};

uint64_t mount_flags_attributes(uint64_t flags)
{
	uint64_t result = 0;

	for (size_t i = 0; i < sizeof attributes / sizeof attributes[0]; i++)
		if (flags & attributes[i].flag)
			result |= attributes[i].attribute;
	return result;
}

uint64_t mount_flags_cleared(uint64_t set, uint64_t clear)
{
	uint64_t result = mount_flags_attributes(clear & ~(uint64_t)ACCESS_TIMES);

	/* The kinds of access times are one field of three values, cleared as a whole (mount_setattr(2)). */
	return (set | clear) & ACCESS_TIMES ? result | MOUNT_ATTR__ATIME : result;
}

int mount_flags_options(uint64_t flags, int (*use)(void *context, const char *option), void *context)
{
	for (size_t i = 0; i < sizeof options / sizeof options[0]; i++) {
		int result = flags & options[i].flag && options[i].option ? use(context, options[i].option) : 0;

		if (result != 0)
			return result;
	}
	return 0;
}

uint64_t mount_flags_unknown(uint64_t flags)
{
	for (size_t i = 0; i < sizeof attributes / sizeof attributes[0]; i++)
		flags &= ~attributes[i].flag;
	for (size_t i = 0; i < sizeof options / sizeof options[0]; i++)
		flags &= ~options[i].flag;
	return flags;
}
