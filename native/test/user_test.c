/* SPDX-License-Identifier: Apache-2.0 */
/* Users and groups by the files of a root. */
#include "user.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/sandbox.h"
#include "support/tap.h"

static int root;

/* "uid:gid[groups]home", or what is wrong. */
static const char *look_up(const char *user)
{
	static char text[512];
	struct identity identity = {.known = true};
	size_t length;

	if (user_find(root, user, &identity, text, sizeof text) == 0) {
		length = (size_t)snprintf(text, sizeof text, "%u:%u[", identity.uid, identity.gid);
		for (size_t i = 0; i < identity.group_count; i++)
			length += (size_t)snprintf(text + length, sizeof text - length, "%s%u", i ? "," : "", identity.groups[i]);
		snprintf(text + length, sizeof text - length, "]%s", identity.home ? identity.home : "");
	}
	free(identity.groups);
	free(identity.home);
	return text;
}

static const char *add(const char *group)
{
	static char text[512];
	struct identity identity = {.known = true};

	if (user_add_group(root, group, &identity, text, sizeof text) == 0)
		snprintf(text, sizeof text, "%u", identity.groups[0]);
	free(identity.groups);
	return text;
}

static void users(void)
{
	tap_is(look_up(""), "0:0[0]/root", "nobody named is root");
	tap_is(look_up("root"), "0:0[0]/root", "a name");
	tap_is(look_up("alice"), "1000:100[10,20]/home/alice", "a name with its groups");
	tap_is(look_up("1000"), "1000:100[10,20]/home/alice", "the id of an entry");
	tap_is(look_up("1"), "1:0[]", "user 1 is user 1 (CVE-2026-30892)");
	tap_is(look_up("0001"), "1:0[]", "... with zeros, too");
	tap_is(look_up("4242"), "4242:0[]", "an id without an entry");
	tap_is(look_up("4294967294"), "4294967294:0[]", "the highest id");
	tap_is(look_up("77"), "77:0[]", "digits are an id even if an entry has them as its name");
	tap_is(look_up("mallory"), "unable to find user mallory: no matching entries in passwd file", "an unknown name");
	tap_is(look_up("-1"), "unable to find user -1: no matching entries in passwd file", "a negative number is no id");
	tap_is(look_up("+1"), "unable to find user +1: no matching entries in passwd file", "nor is one with a plus");
	tap_is(look_up("0x10"), "unable to find user 0x10: no matching entries in passwd file", "nor one in hexadecimal");
	tap_is(look_up("1 "), "unable to find user 1 : no matching entries in passwd file", "nor one with a blank");
	tap_is(look_up("broken"), "unable to find user broken: no matching entries in passwd file", "an entry whose id is none");
	tap_is(look_up("4294967295"), "unable to use id 4294967295: uids and gids must be in range 0-4294967294", "the last number");
	tap_has(look_up("4294967296"), "unable to use id", "a number that would wrap to 0");
	tap_has(look_up("18446744073709551617"), "unable to use id", "a number that would wrap to 1");
}

static void groups(void)
{
	tap_is(look_up("alice:wheel"), "1000:10[]/home/alice", "user and group by name: no others");
	tap_is(look_up("alice:20"), "1000:20[]/home/alice", "user by name, group by id");
	tap_is(look_up("5:6"), "5:6[]", "ids");
	tap_is(look_up(":20"), "0:20[]/root", "a group alone");
	tap_is(look_up("alice:"), "1000:100[10,20]/home/alice", "an empty group is none");
	tap_is(look_up("alice:nobodys"), "unable to find group nobodys: no matching entries in group file", "an unknown group");
	tap_has(look_up("alice:4294967295"), "unable to use id", "a group that is no id");
	tap_is(add("wheel"), "10", "a further group by name");
	tap_is(add("31"), "31", "a further group by id");
	tap_is(add("nobodys"), "unable to find group nobodys: no matching entries in group file", "an unknown further group");
}

static void strange_files(void)
{
	(void)unlink(sandbox_path("etc/passwd"));
	tap_is(look_up("12"), "12:0[]", "an id without any passwd file");
	tap_is(look_up("alice"), "unable to find user alice: no matching entries in passwd file", "a name without any passwd file");
	(void)mkfifo(sandbox_path("etc/passwd"), 0644);
	tap_is(look_up("alice"), "read /etc/passwd in the container", "a FIFO instead of a passwd file is no trap");
	(void)unlink(sandbox_path("etc/passwd"));
	(void)symlink("/dev/zero", sandbox_path("etc/passwd"));
	tap_is(look_up("alice"), "unable to find user alice: no matching entries in passwd file",
	       "a link to an endless device of the host leads nowhere");
	(void)unlink(sandbox_path("etc/passwd"));
	sandbox_file("etc/passwd", "last:x:7:8:no newline:/h", 0644);
	tap_is(look_up("last"), "7:8[]/h", "a last line without newline and shell");
	sandbox_file("etc/passwd", "\n:::::\n#comment\nname\nname:x\nname:x:\nname:x:9\n", 0644);
	tap_is(look_up("name"), "9:0[]", "lines that are cut short are passed over");
	sandbox_file("etc/passwd", "", 0644);
	tap_is(look_up("0"), "0:0[]", "an empty file");
}

int main(void)
{
	sandbox_make();
	sandbox_file("etc/passwd",
		     "root:x:0:0:root:/root:/bin/sh\nalice:x:1000:100:Alice,,,:/home/alice:/bin/sh\n"
		     "broken:x:4294967296:0::/:/bin/sh\n77:x:5000:5000::/x:/bin/sh\n",
		     0644);
	sandbox_file("etc/group", "root:x:0:root\nwheel:x:10:bob,alice\nusers:x:20:alice\nother:x:30:alicex,xalice\n", 0644);
	root = open(sandbox_path(""), O_PATH | O_DIRECTORY | O_CLOEXEC);
	users();
	groups();
	strange_files();
	(void)close(root);
	sandbox_remove();
	return tap_done();
}
