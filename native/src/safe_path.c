/* SPDX-License-Identifier: Apache-2.0 */
#include "safe_path.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "syscalls.h"

#define LINKS_MAX 40    /* as the kernel's own limit */
#define ATTEMPTS_MAX 128
#define PARENTS_MODE 0755

static int resolve(int root, const char *path, int flags, uint64_t how)
{
	int fd, attempts = 0;

	/* EAGAIN: something was renamed or mounted somewhere while ".." was followed (openat2(2)). */
	do
		fd = sys_openat2(root, path[0] ? path : ".", (uint64_t)(flags | O_CLOEXEC), 0,
				 RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS | how);
	while (fd < 0 && (errno == EAGAIN || errno == EINTR) && ++attempts < ATTEMPTS_MAX);
	return fd;
}

int safe_open(int root, const char *path, int flags)
{
	return resolve(root, path, flags, 0);
}

int safe_open_plain(int root, const char *path, int flags)
{
	return resolve(root, path, flags, RESOLVE_NO_SYMLINKS);
}

/* A walk from the root: where it stands, as a descriptor and as the path of real directories that led there, and what is
 * still to go. */
struct walk {
	int root;
	int at;
	char done[PATH_MAX];
	char rest[PATH_MAX];
	int links;
	bool file;
	mode_t mode;
};

static int fail(int error)
{
	errno = error;
	return -1;
}

static void move_to(struct walk *walk, int fd)
{
	int saved = errno;

	if (walk->at >= 0)
		(void)close(walk->at);
	errno = saved;
	walk->at = fd;
}

/* Goes to what `done` says, anew: only needed after ".." and links. */
static int reopen(struct walk *walk)
{
	int fd = resolve(walk->root, walk->done, O_PATH | O_DIRECTORY, RESOLVE_NO_SYMLINKS);

	if (fd < 0)
		return -1;
	move_to(walk, fd);
	return 0;
}

static int go_up(struct walk *walk)
{
	char *slash = strrchr(walk->done, '/');

	if (slash)
		*slash = '\0';
	return reopen(walk);
}

/* Cuts the next component off what is left. Returns 1, 0 at the end, or -1 with errno. */
static int next_component(struct walk *walk, char name[NAME_MAX + 1], bool *last)
{
	const char *begin = walk->rest + strspn(walk->rest, "/");
	size_t length = strcspn(begin, "/");
	const char *after = begin + length;

	if (length == 0)
		return 0;
	if (length > NAME_MAX)
		return fail(ENAMETOOLONG);
	memcpy(name, begin, length);
	name[length] = '\0';
	after += strspn(after, "/");
	*last = *after == '\0';
	memmove(walk->rest, after, strlen(after) + 1);
	return 1;
}

static int follow(struct walk *walk, int link)
{
	char target[PATH_MAX];
	ssize_t length = readlinkat(link, "", target, sizeof target);
	size_t rest = strlen(walk->rest);

	if (length < 0)
		return -1;
	if (++walk->links > LINKS_MAX)
		return fail(ELOOP);
	if ((size_t)length + 1 + rest + 1 > sizeof walk->rest)
		return fail(ENAMETOOLONG);
	memmove(walk->rest + length + 1, walk->rest, rest + 1);
	memcpy(walk->rest, target, (size_t)length);
	walk->rest[length] = '/';
	if (target[0] != '/')
		return 0;
	walk->done[0] = '\0';
	return reopen(walk);
}

static int descend(struct walk *walk, const char *name, int fd)
{
	size_t done = strlen(walk->done), length = strlen(name);

	if (done + 1 + length + 1 > sizeof walk->done)
		return fail(ENAMETOOLONG);
	walk->done[done] = '/';
	memcpy(walk->done + done + 1, name, length + 1);
	move_to(walk, fd);
	return 0;
}

static int make(const struct walk *walk, const char *name, bool last)
{
	int fd;

	if (!last || !walk->file)
		return mkdirat(walk->at, name, last ? walk->mode : PARENTS_MODE);
	fd = openat(walk->at, name, O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW | O_CLOEXEC, walk->mode);
	if (fd < 0)
		return -1;
	return close(fd);
}

/* Opens one component, which is made if it is missing: not following it if it is a link. */
static int open_or_make(const struct walk *walk, const char *name, bool last)
{
	int fd = openat(walk->at, name, O_PATH | O_NOFOLLOW | O_CLOEXEC);

	if (fd >= 0 || errno != ENOENT)
		return fd;
	if (make(walk, name, last) != 0 && errno != EEXIST)
		return -1;
	return openat(walk->at, name, O_PATH | O_NOFOLLOW | O_CLOEXEC);
}

static int step(struct walk *walk, const char *name, bool last)
{
	struct stat status;
	int fd, result;

	if (strcmp(name, ".") == 0)
		return 0;
	if (strcmp(name, "..") == 0)
		return go_up(walk);
	fd = open_or_make(walk, name, last);
	if (fd < 0)
		return -1;
	if (fstat(fd, &status) != 0)
		result = -1;
	else if (S_ISLNK(status.st_mode))
		result = follow(walk, fd);
	else if (!S_ISDIR(status.st_mode) && !(last && walk->file))
		result = fail(ENOTDIR);
	else if (descend(walk, name, fd) == 0)
		return 0;
	else
		result = -1;
	int saved = errno;
	(void)close(fd);
	errno = saved;
	return result;
}

static int make_path(int root, const char *path, mode_t mode, bool file)
{
	struct walk walk = {.root = root, .at = -1, .file = file, .mode = mode};
	char name[NAME_MAX + 1];
	bool last;
	int fd = resolve(root, path, O_PATH | (file ? 0 : O_DIRECTORY), 0), more;

	if (fd >= 0 || errno != ENOENT)
		return fd;
	if (strlen(path) >= sizeof walk.rest)
		return fail(ENAMETOOLONG);
	memcpy(walk.rest, path, strlen(path) + 1);
	if (reopen(&walk) != 0)
		return -1;
	while ((more = next_component(&walk, name, &last)) > 0 && step(&walk, name, last) == 0)
		;
	if (more != 0)
		move_to(&walk, -1);
	return walk.at;
}

int safe_make_directory(int root, const char *path, mode_t mode)
{
	return make_path(root, path, mode, false);
}

int safe_make_file(int root, const char *path, mode_t mode)
{
	return make_path(root, path, mode, true);
}
