/* SPDX-License-Identifier: Apache-2.0 */
/* Removing what a container may have made. */
#include "tree.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/machine.h"
#include "support/need.h"
#include "support/tap.h"

static char base[64], top[80], outside[80];
static char what[8192];

static int remove_top(void)
{
	struct tree tree = {.kind = TREE_FILES, .what = what, .size = sizeof(what)};

	what[0] = '\0';
	return tree_walk(&tree, top);
}

__attribute__((format(printf, 1, 2))) static void make(const char *format, ...)
{
	char path[200];
	char name[100];
	va_list arguments;

	va_start(arguments, format);
	(void)vsnprintf(name, sizeof(name), format, arguments);
	va_end(arguments);
	(void)snprintf(path, sizeof(path), "%s/%s", top, name);
	if (name[strlen(name) - 1] == '/')
		need(mkdir(path, 0700) == 0, "mkdir %s", path);
	else
		write_text(path, "content");
}

static void usual(void)
{
	char link[100];

	need(mkdir(top, 0700) == 0, "mkdir");
	for (int i = 0; i < 300; i++)
		make("file%d", i);
	for (int i = 0; i < 300; i++) {
		make("directory%d/", i);
		make("directory%d/one", i);
		make("directory%d/two/", i);
		make("directory%d/two/three", i);
	}
	(void)snprintf(link, sizeof(link), "%s/link", top);
	need(symlink(outside, link) == 0, "symlink");
	(void)snprintf(link, sizeof(link), "%s/directory0/link", top);
	need(symlink("/", link) == 0, "symlink");
	tap_number(remove_top(), 0, "a tree of files, directories and links");
	tap_ok(!exists(top), "it is gone");
	(void)snprintf(link, sizeof(link), "%s/precious", outside);
	tap_ok(exists(link), "what a link pointed to is not");
	tap_number(remove_top(), 0, "removing what is not there");
}

/* Deeper than PATH_MAX lets one say. */
static void deep(void)
{
	int directory;
	int levels = 0;

	need(mkdir(top, 0700) == 0, "mkdir");
	directory = open(top, O_RDONLY | O_DIRECTORY);
	for (; levels < 5000; levels++) {
		int next;

		need(mkdirat(directory, "deeper", 0700) == 0, "mkdir at level %d", levels);
		next = openat(directory, "deeper", O_RDONLY | O_DIRECTORY);
		(void)close(directory);
		directory = next;
	}
	(void)close(directory);
	tap_number(remove_top(), 0, "5000 levels");
	tap_ok(!exists(top), "they are gone");
}

/* A mount is not crossed: what is in it stays, and so does the way to it. */
static void mounted(void)
{
	char path[100];

	need(mkdir(top, 0700) == 0, "mkdir");
	make("mount/");
	make("file");
	(void)snprintf(path, sizeof(path), "%s/mount", top);
	if (mount(outside, path, NULL, MS_BIND, NULL) != 0) {
		tap_skip("no right to mount", "a mount is not crossed");
		(void)remove_top();
		return;
	}
	tap_ok(remove_top() != 0, "a tree with a mount in it");
	tap_has(what, "/mount", "the error names it");
	(void)snprintf(path, sizeof(path), "%s/precious", outside);
	tap_ok(exists(path), "what is mounted is untouched");
	(void)snprintf(path, sizeof(path), "%s/file", top);
	tap_ok(!exists(path), "the rest is gone");
	(void)snprintf(path, sizeof(path), "%s/mount", top);
	need(umount(path) == 0, "unmount");
	tap_number(remove_top(), 0, "then all of it goes");
}

static void budget(void)
{
	struct tree tree = {.kind = TREE_FILES, .budget = 10, .what = what, .size = sizeof(what)};

	need(mkdir(top, 0700) == 0, "mkdir");
	for (int i = 0; i < 30; i++)
		make("file%d", i);
	tap_number(tree_walk(&tree, top), EAGAIN, "a budget that is too small");
	tap_ok(exists(top), "it is still there");
	tree.budget = 100;
	tap_number(tree_walk(&tree, top), 0, "one that is enough");
}

static void not_a_directory(void)
{
	write_text(top, "content");
	tap_number(remove_top(), ENOTDIR, "a file");
	need(unlink(top) == 0 && symlink(outside, top) == 0, "symlink");
	tap_ok(remove_top() != 0, "a link to a directory");
	tap_ok(exists(outside), "is not followed");
	need(unlink(top) == 0, "unlink");
}

int main(void)
{
	char path[100];
	char template[] = "/tmp/caisson-shim-test-XXXXXX";

	need(mkdtemp(template) != NULL, "mkdtemp");
	(void)snprintf(base, sizeof(base), "%s", template);
	(void)snprintf(top, sizeof(top), "%s/top", base);
	(void)snprintf(outside, sizeof(outside), "%s/outside", base);
	need(mkdir(outside, 0700) == 0, "mkdir");
	(void)snprintf(path, sizeof(path), "%s/precious", outside);
	write_text(path, "content");
	usual();
	deep();
	mounted();
	budget();
	not_a_directory();
	root_discard(top);
	return tap_done();
}
