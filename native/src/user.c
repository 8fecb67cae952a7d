/* SPDX-License-Identifier: Apache-2.0 */
#include "user.h"

#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "user_file.h"

#define PASSWD "/etc/passwd"
#define GROUP "/etc/group"
#define ID_MAX (UINT32_MAX - 1)

enum passwd_field { PASSWD_NAME = 0, PASSWD_UID = 2, PASSWD_GID = 3, PASSWD_HOME = 5 };
enum group_field { GROUP_NAME = 0, GROUP_GID = 2, GROUP_MEMBERS = 3 };

int user_parse_id(const char *text, size_t length, unsigned int *id)
{
	uint64_t value = 0;

	if (length == 0)
		return 0;
	for (size_t i = 0; i < length; i++)
		if (text[i] < '0' || text[i] > '9')
			return 0;
	for (size_t i = 0; i < length; i++) {
		value = value * 10 + (uint64_t)(text[i] - '0');
		if (value > ID_MAX)
			return -1;
	}
	*id = (unsigned int)value;
	return 1;
}

static bool line_id(const struct user_line *line, unsigned int field, unsigned int *id)
{
	return line->count > field && user_parse_id(line->field[field], strlen(line->field[field]), id) > 0;
}

static int fail(char *error, size_t size, int number, const char *format, ...) __attribute__((format(printf, 4, 5)));

static int fail(char *error, size_t size, int number, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(error, size, format, arguments);
	va_end(arguments);
	errno = number;
	return -1;
}

static int open_file(struct user_file *file, int root, const char *path, char *error, size_t size)
{
	if (user_file_open(file, root, path) == 0)
		return 0;
	return fail(error, size, errno, "read %s in the container", path);
}

/* What is looked for: an id, or a name. */
struct wanted {
	char *name;
	unsigned int id;
	int numeric; /* as user_parse_id gives it */
};

static bool matches(const struct wanted *wanted, const struct user_line *line, unsigned int id_field, unsigned int *id)
{
	if (!line_id(line, id_field, id))
		return false;
	return wanted->numeric ? *id == wanted->id : strcmp(line->field[0], wanted->name) == 0;
}

static int wanted_from(struct wanted *wanted, const char *text, size_t length, char *error, size_t size)
{
	wanted->numeric = user_parse_id(text, length, &wanted->id);
	wanted->name = strndup(text, length);
	if (!wanted->name)
		return fail(error, size, ENOMEM, "look up a user");
	if (wanted->numeric >= 0)
		return 0;
	(void)fail(error, size, 0, "unable to use id %s: uids and gids must be in range 0-4294967294", wanted->name);
	free(wanted->name);
	errno = 0;
	return -1;
}

static int add_group_id(struct identity *identity, gid_t gid, char *error, size_t size)
{
	gid_t *grown;

	for (size_t i = 0; i < identity->group_count; i++)
		if (identity->groups[i] == gid)
			return 0;
	grown = realloc(identity->groups, (identity->group_count + 1) * sizeof *grown);
	if (!grown)
		return fail(error, size, ENOMEM, "note a group");
	identity->groups = grown;
	identity->groups[identity->group_count++] = gid;
	return 0;
}

static bool is_member(const struct user_line *line, const char *user)
{
	char *members = line->count > GROUP_MEMBERS ? line->field[GROUP_MEMBERS] : NULL, *member;

	while ((member = strsep(&members, ",")))
		if (strcmp(member, user) == 0)
			return true;
	return false;
}

static int add_memberships(int root, const char *user, struct identity *identity, char *error, size_t size)
{
	struct user_file file;
	struct user_line line;
	unsigned int gid;
	int result = open_file(&file, root, GROUP, error, size);

	if (result != 0)
		return result;
	while (result == 0 && user_file_next(&file, &line))
		if (line_id(&line, GROUP_GID, &gid) && is_member(&line, user))
			result = add_group_id(identity, gid, error, size);
	user_file_close(&file);
	return result;
}

/* Finds a group by name or id; an id needs no entry. */
static int find_group(int root, const char *text, gid_t *gid, char *error, size_t size)
{
	struct user_file file;
	struct user_line line;
	struct wanted wanted;
	unsigned int id;
	int result = -1;

	if (wanted_from(&wanted, text, strlen(text), error, size) != 0)
		return -1;
	if (wanted.numeric) {
		*gid = wanted.id;
		result = 0;
	} else if (open_file(&file, root, GROUP, error, size) == 0) {
		while (result != 0 && user_file_next(&file, &line))
			if (matches(&wanted, &line, GROUP_GID, &id)) {
				*gid = id;
				result = 0;
			}
		user_file_close(&file);
		if (result != 0)
			(void)fail(error, size, 0, "unable to find group %s: no matching entries in group file", text);
	}
	free(wanted.name);
	return result;
}

static int take_entry(struct identity *identity, const struct user_line *line, bool memberships, int root, char *error,
		      size_t size)
{
	unsigned int gid = 0;

	(void)line_id(line, PASSWD_UID, &identity->uid);
	if (line_id(line, PASSWD_GID, &gid))
		identity->gid = gid;
	if (line->count > PASSWD_HOME && line->field[PASSWD_HOME][0]) {
		free(identity->home);
		identity->home = strdup(line->field[PASSWD_HOME]);
		if (!identity->home)
			return fail(error, size, ENOMEM, "note the home of a user");
	}
	return memberships ? add_memberships(root, line->field[PASSWD_NAME], identity, error, size) : 0;
}

/* Looks `wanted` up in the passwd file. Returns 1 if it is there, 0 if not, -1 with errno. */
static int find_entry(int root, const struct wanted *wanted, struct identity *identity, bool memberships, char *error,
		      size_t size)
{
	struct user_file file;
	struct user_line line;
	unsigned int uid;
	int result = 0;

	if (open_file(&file, root, PASSWD, error, size) != 0)
		return -1;
	while (result == 0 && user_file_next(&file, &line))
		if (matches(wanted, &line, PASSWD_UID, &uid))
			result = take_entry(identity, &line, memberships, root, error, size) == 0 ? 1 : -1;
	user_file_close(&file);
	return result;
}

int user_find(int root, const char *user, struct identity *identity, char *error, size_t size)
{
	const char *colon = strchr(user, ':'), *group = colon && colon[1] ? colon + 1 : NULL;
	size_t length = colon ? (size_t)(colon - user) : strlen(user);
	struct wanted wanted;
	int found;

	identity->uid = identity->gid = 0;
	if (wanted_from(&wanted, length ? user : "0", length ? length : 1, error, size) != 0)
		return -1;
	found = find_entry(root, &wanted, identity, !group, error, size);
	if (found == 0 && wanted.numeric)
		identity->uid = wanted.id;
	else if (found == 0)
		found = fail(error, size, 0, "unable to find user %s: no matching entries in passwd file", wanted.name);
	free(wanted.name);
	if (found < 0)
		return -1;
	return group ? find_group(root, group, &identity->gid, error, size) : 0;
}

int user_add_group(int root, const char *group, struct identity *identity, char *error, size_t size)
{
	gid_t gid;

	if (find_group(root, group, &gid, error, size) != 0)
		return -1;
	return add_group_id(identity, gid, error, size);
}

int user_find_home(int root, struct identity *identity, char *error, size_t size)
{
	struct wanted wanted = {.id = identity->uid, .numeric = 1};
	struct identity found = {.known = true};

	if (find_entry(root, &wanted, &found, false, error, size) < 0)
		return -1;
	identity->home = found.home;
	return 0;
}
