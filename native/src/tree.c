/* SPDX-License-Identifier: Apache-2.0 */
#include "tree.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "descriptor.h"
#include "syscalls.h"

struct level {
	dev_t device;
	ino_t inode;
	long position;      /* in its parent, to go on there */
	size_t path_length; /* of its parent's path */
	bool progress;      /* something below was removed since it was entered */
};

struct walk {
	const struct tree *tree;
	DIR *directory; /* the one that is open: of the last level */
	struct level *levels;
	size_t depth, capacity;
	char *path;
	size_t path_length, path_capacity;
	unsigned int seen;
	int error; /* the first */
};

static void note_error(struct walk *walk, int error, const char *name)
{
	if (walk->error != 0)
		return;
	walk->error = error;
	if (walk->tree->what != NULL)
		(void)snprintf(walk->tree->what, walk->tree->size, "%s%s%s", walk->path, name[0] != '\0' ? "/" : "", name);
}

static int append_path(struct walk *walk, const char *name)
{
	size_t length = strlen(name);
	size_t needed = walk->path_length + length + 2;

	if (needed > walk->path_capacity) {
		char *path = realloc(walk->path, needed * 2);

		if (path == NULL)
			return -1;
		walk->path = path;
		walk->path_capacity = needed * 2;
	}
	if (walk->path_length > 0)
		walk->path[walk->path_length++] = '/';
	memcpy(walk->path + walk->path_length, name, length + 1);
	walk->path_length += length;
	return 0;
}

static int open_below(int directory, const char *name)
{
	return sys_openat2(directory, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC, 0,
			   RESOLVE_NO_XDEV | RESOLVE_NO_SYMLINKS);
}

/* Makes `fd` (taken over) the open directory. 0, or -1 with errno. */
static int switch_to(struct walk *walk, int *fd)
{
	DIR *directory = fdopendir(*fd);

	if (directory == NULL)
		return -1;
	(void)descriptor_take(fd);
	if (walk->directory != NULL)
		(void)closedir(walk->directory);
	walk->directory = directory;
	return 0;
}

/* One level deeper, into `fd`. 0, or an errno, with nothing changed. */
static int enter(struct walk *walk, int fd_given, const char *name)
{
	AUTO_CLOSE int fd = fd_given;
	struct level level = {.path_length = walk->path_length};
	struct stat status;

	if (fstat(fd, &status) != 0)
		return errno;
	level.device = status.st_dev;
	level.inode = status.st_ino;
	if (walk->directory != NULL)
		level.position = telldir(walk->directory);
	if (walk->depth == walk->capacity) {
		size_t capacity = walk->capacity == 0 ? 16 : walk->capacity * 2;
		struct level *levels = realloc(walk->levels, capacity * sizeof(*levels));

		if (levels == NULL)
			return ENOMEM;
		walk->levels = levels;
		walk->capacity = capacity;
	}
	if (append_path(walk, name) != 0)
		return ENOMEM;
	if (switch_to(walk, &fd) != 0) {
		walk->path_length = level.path_length;
		walk->path[walk->path_length] = '\0';
		return errno;
	}
	walk->levels[walk->depth++] = level;
	if (walk->tree->visit != NULL)
		walk->tree->visit(dirfd(walk->directory), walk->tree->context);
	return 0;
}

/* Back to the parent of the last level. 0, or an errno: then the walk is over. */
static int leave(struct walk *walk)
{
	const struct level *parent = &walk->levels[walk->depth - 2];
	AUTO_CLOSE int fd = openat(dirfd(walk->directory), "..", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	struct stat status;

	if (fd < 0 || fstat(fd, &status) != 0)
		return errno;
	if (status.st_dev != parent->device || status.st_ino != parent->inode)
		return ESTALE;
	if (switch_to(walk, &fd) != 0)
		return errno;
	seekdir(walk->directory, walk->levels[walk->depth - 1].position);
	walk->depth--;
	return 0;
}

static bool is_directory(const struct walk *walk, const struct dirent *entry)
{
	struct stat status;

	if (entry->d_type != DT_UNKNOWN)
		return entry->d_type == DT_DIR;
	return fstatat(dirfd(walk->directory), entry->d_name, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
	       S_ISDIR(status.st_mode);
}

/* Whether rmdir failed because something is in the directory, which going into it may change. */
static bool may_be_emptied(const struct walk *walk, int error)
{
	return error == ENOTEMPTY || error == EEXIST || (walk->tree->kind == TREE_CGROUPS && error == EBUSY);
}

static void take_directory(struct walk *walk, const char *name)
{
	int error = 0;
	int fd;

	if (!walk->tree->keep) {
		if (unlinkat(dirfd(walk->directory), name, AT_REMOVEDIR) == 0) {
			walk->levels[walk->depth - 1].progress = true;
			return;
		}
		error = errno;
		if (error == ENOENT)
			return;
	}
	if (error != 0 && !may_be_emptied(walk, error)) {
		note_error(walk, error, name);
		return;
	}
	fd = open_below(dirfd(walk->directory), name);
	if (fd < 0)
		error = errno;
	else
		error = enter(walk, fd, name);
	if (error != 0)
		note_error(walk, error, name);
}

static void take_entry(struct walk *walk, const struct dirent *entry)
{
	if (is_directory(walk, entry)) {
		take_directory(walk, entry->d_name);
	} else if (walk->tree->kind == TREE_FILES && !walk->tree->keep) {
		if (unlinkat(dirfd(walk->directory), entry->d_name, 0) == 0)
			walk->levels[walk->depth - 1].progress = true;
		else if (errno != ENOENT)
			note_error(walk, errno, entry->d_name);
	}
}

/* The directory that was left last: removes it, by its name in the one that is open now. */
static void remove_left(struct walk *walk, const struct level *left, const char *name)
{
	if (unlinkat(dirfd(walk->directory), name, AT_REMOVEDIR) == 0 || errno == ENOENT) {
		walk->levels[walk->depth - 1].progress = true;
	} else if (may_be_emptied(walk, errno) && left->progress) {
		/* Some filesystems skip entries of a directory that is changed while it is read: the parent is read again
		 * from its start, so that this one is met once more. It ends, because each time something less is there. */
		walk->levels[walk->depth - 1].progress = true;
		rewinddir(walk->directory);
	} else {
		note_error(walk, errno, "");
	}
}

/* The open directory is through: goes up and removes it. False: the walk is over. */
static bool finish_level(struct walk *walk)
{
	struct level done = walk->levels[walk->depth - 1];
	int error;

	if (walk->depth == 1)
		return false;
	error = leave(walk);
	if (error != 0) {
		note_error(walk, error, "..");
		return false;
	}
	if (!walk->tree->keep)
		remove_left(walk, &done, walk->path + done.path_length + 1);
	walk->path_length = done.path_length;
	walk->path[walk->path_length] = '\0';
	return true;
}

static void walk_levels(struct walk *walk)
{
	do {
		const struct dirent *entry;

		while (errno = 0, (entry = readdir(walk->directory)) != NULL) {
			if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
				continue;
			if (walk->tree->budget != 0 && ++walk->seen > walk->tree->budget) {
				note_error(walk, EAGAIN, "");
				return;
			}
			take_entry(walk, entry);
		}
		if (errno != 0)
			note_error(walk, errno, "");
	} while (finish_level(walk));
}

/* The top itself, by its path, which is the engine's and not the container's. */
static int remove_top(struct walk *walk, const char *path)
{
	if (walk->tree->keep || walk->error == EAGAIN)
		return walk->error;
	if (rmdir(path) != 0 && errno != ENOENT)
		note_error(walk, errno, "");
	return walk->error;
}

int tree_walk(const struct tree *tree, const char *path)
{
	struct walk walk = {.tree = tree};
	int result = 0;
	int fd;

	/* The usual case for a cgroup, in one call. */
	if (!tree->keep && (rmdir(path) == 0 || errno == ENOENT))
		return 0;
	fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0 && errno == ENOENT)
		return 0;
	if (fd < 0)
		result = errno;
	else
		result = enter(&walk, fd, path);
	if (result == 0) {
		walk_levels(&walk);
		result = remove_top(&walk, path);
	} else if (tree->what != NULL) {
		(void)snprintf(tree->what, tree->size, "%s", path);
	}
	if (walk.directory != NULL)
		(void)closedir(walk.directory);
	free(walk.levels);
	free(walk.path);
	return result;
}
