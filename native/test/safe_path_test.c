/* SPDX-License-Identifier: Apache-2.0 */
/* Paths inside a root stay inside it, whatever links it has. */
#include "safe_path.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/sandbox.h"
#include "support/swapper.h"
#include "support/tap.h"

static int root;

static bool exists(const char *name)
{
	struct stat status;

	return lstat(sandbox_path(name), &status) == 0;
}

/* Closes `fd` and tells whether it was the file of that name. */
static bool was(int fd, const char *name)
{
	struct stat got, wanted;
	bool same = fd >= 0 && fstat(fd, &got) == 0 && stat(sandbox_path(name), &wanted) == 0 &&
		    got.st_dev == wanted.st_dev && got.st_ino == wanted.st_ino;

	if (fd >= 0)
		(void)close(fd);
	return same;
}

static void opens(void)
{
	tap_ok(was(safe_open(root, "/etc/hosts", O_RDONLY), "root/etc/hosts"), "a file is opened");
	tap_ok(was(safe_open(root, "/absolute", O_RDONLY), "root/etc/hosts"), "an absolute link leads to the root's own file");
	tap_ok(was(safe_open(root, "/climbing", O_RDONLY), "root/etc/hosts"), "a climbing link stops at the root");
	tap_ok(was(safe_open(root, "/../../..", O_PATH), "root"), "\"..\" of the root is the root");
	tap_ok(safe_open(root, "/outside", O_RDONLY) < 0 && errno == ENOENT, "a link to a file outside leads nowhere");
	tap_ok(safe_open(root, "/loop", O_RDONLY) < 0 && errno == ELOOP, "a circle of links is refused");
	tap_ok(safe_open_plain(root, "/absolute", O_RDONLY) < 0 && errno == ELOOP, "no link, if none is wanted");
	tap_ok(was(safe_open(root, "", O_PATH), "root"), "the empty path is the root");
}

static void magic_links(void)
{
	int host = open("/", O_PATH | O_DIRECTORY | O_CLOEXEC);

	tap_ok(safe_open(host, "/proc/self/cwd", O_PATH) < 0 && errno == ELOOP, "magic links are not followed");
	(void)close(host);
}

static void makes(void)
{
	struct stat status;

	tap_ok(was(safe_make_directory(root, "/a/b/c", 0700), "root/a/b/c"), "directories are made");
	tap_ok(stat(sandbox_path("root/a/b/c"), &status) == 0 && (status.st_mode & 0777) == 0700, "... the last with its mode");
	tap_ok(stat(sandbox_path("root/a/b"), &status) == 0 && (status.st_mode & 0777) == 0755, "... the others with 0755");
	tap_ok(was(safe_make_directory(root, "/a/b/c", 0700), "root/a/b/c"), "what is there is taken as it is");
	tap_ok(was(safe_make_file(root, "/run/deep/file", 0640), "root/run/deep/file"), "a file is made");
	tap_ok(stat(sandbox_path("root/run/deep/file"), &status) == 0 && S_ISREG(status.st_mode), "... which is one");
	tap_ok(was(safe_make_directory(root, "/a/./b//c/../d", 0755), "root/a/b/d"), "dots and double slashes");
	tap_ok(safe_make_directory(root, "/etc/hosts/x", 0755) < 0 && errno == ENOTDIR, "nothing is made in a file");
	tap_ok(was(safe_make_file(root, "/a/b", 0644), "root/a/b"), "a directory where a file was wanted is told by its type");
}

static void follows_dangling(void)
{
	tap_ok(was(safe_make_file(root, "/etc/resolv.conf", 0644), "root/run/systemd/resolve/stub.conf"),
	       "a dangling link is followed, and its target made");
	tap_ok(was(safe_make_directory(root, "/var/run/lock", 0755), "root/runs/lock"), "... in the middle of a path, too");
	tap_ok(was(safe_make_directory(root, "/hole/x", 0755), "root/tmp/hole/x") && !exists("tmp"),
	       "an absolute dangling link is made inside");
	tap_ok(was(safe_make_directory(root, "/climb-out/made", 0755), "root/victim/made") && !exists("victim/made"),
	       "a climbing dangling link is made inside (CVE-2024-45310)");
	tap_ok(safe_make_directory(root, "/loop/x", 0755) < 0 && errno == ELOOP, "a circle of links is refused");
	tap_ok(safe_make_file(root, "/dangling-loop", 0644) < 0 && errno == ELOOP, "a dangling circle is refused");
}

static void long_paths(void)
{
	char name[NAME_MAX + 3], path[2 * PATH_MAX];

	memset(name, 'n', sizeof name - 1);
	name[0] = '/';
	name[sizeof name - 1] = '\0';
	tap_ok(safe_make_directory(root, name, 0755) < 0 && errno == ENAMETOOLONG, "a name that is too long");
	memset(path, '/', sizeof path - 1);
	path[sizeof path - 1] = '\0';
	tap_ok(safe_make_directory(root, path, 0755) < 0 && errno == ENAMETOOLONG, "a path that is too long");
}

/* CVE-2021-30465: whoever has the root may change it while a path is resolved. */
static void races(void)
{
	unsigned int made = 0;
	char name[64];

	swapper_start();
	for (int i = 0; i < 20000; i++) {
		snprintf(name, sizeof name, "/swap/target/%d", i);
		int fd = safe_make_directory(root, name, 0755);

		made += fd >= 0;
		if (fd >= 0)
			(void)close(fd);
	}
	swapper_stop();
	tap_ok(made > 0, "directories are made while a link is exchanged for their parent (%u of 20000)", made);
	tap_ok(rmdir(sandbox_path("victim")) == 0, "... and none of them outside");
}

static int count_descriptors(void)
{
	int count = 0;

	for (int fd = 0; fd < 256; fd++)
		count += fcntl(fd, F_GETFD) >= 0;
	return count;
}

int main(void)
{
	int before;

	sandbox_make();
	sandbox_file("root/etc/hosts", "inside", 0644);
	sandbox_file("secret", "outside", 0644);
	sandbox_link("/etc/hosts", "root/absolute");
	sandbox_link("../../../../etc/hosts", "root/climbing");
	sandbox_link(sandbox_path("secret"), "root/outside");
	sandbox_link("loop", "root/loop");
	sandbox_link("../run/systemd/resolve/stub.conf", "root/etc/resolv.conf");
	sandbox_link("../runs", "root/var/run");
	sandbox_link("/tmp/hole", "root/hole");
	sandbox_link("../../../victim", "root/climb-out");
	sandbox_link("/dangling-two", "root/dangling-loop");
	sandbox_link("dangling-loop", "root/dangling-two");
	root = open(sandbox_path("root"), O_PATH | O_DIRECTORY | O_CLOEXEC);
	before = count_descriptors();
	opens();
	magic_links();
	makes();
	follows_dangling();
	long_paths();
	races();
	tap_number(count_descriptors(), before, "no descriptor is left open");
	(void)close(root);
	sandbox_remove();
	return tap_done();
}
