/* SPDX-License-Identifier: Apache-2.0 */
#include "filesystem.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "detached.h"
#include "mount_flags.h"
#include "syscalls.h"

#define VALUE_MAX 255 /* fsconfig(2) takes strings of 256 bytes with the NUL */
#define MESSAGE_SIZE 512

struct building {
	struct child *child;
	const char *type, *target;
	int context;
};

/* Fails with what the kernel has to say beyond errno: lines such as "e tmpfs: Bad value for 'size'". */
static _Noreturn void fail(const struct building *building, const char *option)
{
	int error = errno;
	char message[MESSAGE_SIZE];
	ssize_t length = read(building->context, message, sizeof message - 1);
	const char *text = length > 2 ? message + 2 : "";

	if (length > 0 && message[length - 1] == '\n')
		length--;
	message[length > 0 ? length : 0] = '\0';
	child_fail(building->child, error, "mount %s at %s%s%.300s%s%s", building->type, building->target,
		   option ? " with option " : "", option ? option : "", *text ? ": " : "", text);
}

static int set_flag(void *context, const char *option)
{
	struct building *building = context;

	if (sys_fsconfig(building->context, FSCONFIG_SET_FLAG, option, NULL, 0) != 0)
		fail(building, option);
	return 0;
}

static void set_option(struct building *building, char *option)
{
	char *value = strchr(option, '=');

	if (!value) {
		(void)set_flag(building, option);
		return;
	}
	*value++ = '\0';
	if (sys_fsconfig(building->context, FSCONFIG_SET_STRING, option, value, 0) != 0) {
		value[-1] = '=';
		fail(building, option);
	}
}

/* Cuts the next option off the list, without the quotes that keep commas together; NULL: there is none. */
static char *next_option(char **list)
{
	char *option = *list, *to = option;
	bool quoted = false;

	if (!option || !*option)
		return NULL;
	for (char *from = option;; from++) {
		if (*from == '"') {
			quoted = !quoted;
		} else if (*from == '\0' || (*from == ',' && !quoted)) {
			*list = *from ? from + 1 : NULL;
			*to = '\0';
			return option;
		} else {
			*to++ = *from;
		}
	}
}

static bool has_long_option(const char *options)
{
	for (size_t length; *options; options += length + (options[length] == ','))
		if ((length = strcspn(options, ",")) > VALUE_MAX)
			return true;
	return false;
}

static void set_options(struct building *building, const char *options)
{
	char *copy = child_allocate(building->child, strlen(options) + 1, 1), *list = copy, *option;

	memcpy(copy, options, strlen(options) + 1);
	while ((option = next_option(&list)))
		if (*option)
			set_option(building, option);
	free(copy);
}

/* A user namespace may show what belongs to the host's other namespaces, if it shares them, but not mount it anew. */
static int show_host(const struct building *building, uint64_t flags)
{
	static const char *const shown[][2] = {{"proc", "/proc"}, {"sysfs", "/sys"}, {"mqueue", "/dev/mqueue"}};
	int view = -1, error = errno;

	for (size_t i = 0; i < sizeof shown / sizeof shown[0] && building->child->shared_rights && error == EPERM; i++)
		if (strcmp(building->type, shown[i][0]) == 0)
			view = detached_clone(AT_FDCWD, shown[i][1], true, true);
	errno = error;
	if (view < 0)
		return -1;
	if (detached_set(view, flags, 0, 0, true) != 0)
		fail(building, NULL);
	return view;
}

static int make_long(const struct building *building, const char *source, const char *options, uint64_t flags)
{
	int mount = filesystem_mount(building->type, source, options, flags);

	if (mount < 0)
		child_fail(building->child, errno, "mount %s at %s with options %.1500s", building->type,
			   building->target, options);
	return mount;
}

/* Returns the mount, or -1 with errno where the kernel refuses the filesystem as such. */
static int make(struct building *building, const char *source, const char *options, uint64_t flags)
{
	building->context = sys_fsopen(building->type, FSOPEN_CLOEXEC);
	if (building->context < 0)
		return -1;
	if (*source && sys_fsconfig(building->context, FSCONFIG_SET_STRING, "source", source, 0) != 0)
		fail(building, "source");
	set_options(building, options);
	(void)mount_flags_options(flags, set_flag, building);
	/* A device that can't be written to refuses a filesystem that is not read-only as a whole. */
	if ((flags & MS_RDONLY) && source[0] == '/')
		(void)set_flag(building, "ro");
	if (sys_fsconfig(building->context, FSCONFIG_CMD_CREATE, NULL, NULL, 0) != 0)
		return -1;
	return sys_fsmount(building->context, FSMOUNT_CLOEXEC, (unsigned int)mount_flags_attributes(flags));
}

int filesystem_make(struct child *child, const char *type, const char *source, const char *options, uint64_t flags,
		    const char *target)
{
	struct building building = {.child = child, .type = type, .target = target, .context = -1};
	int mount;

	if (has_long_option(options))
		return make_long(&building, source, options, flags);
	mount = make(&building, source, options, flags);
	if (mount < 0)
		mount = show_host(&building, flags);
	if (mount < 0 && errno == ENODEV && building.context < 0)
		child_fail(child, errno, "mount %s at %s: this kernel has no such filesystem", type, target);
	if (mount < 0)
		fail(&building, NULL);
	if (building.context >= 0)
		(void)close(building.context);
	return mount;
}

int filesystem_mount(const char *type, const char *source, const char *options, uint64_t flags)
{
	if (mount(*source ? source : "none", "/", type, (unsigned long)flags, options) != 0)
		return -1;
	return detached_top();
}
