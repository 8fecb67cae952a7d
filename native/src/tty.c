/* SPDX-License-Identifier: Apache-2.0 */
#include "tty.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/vfs.h>
#include <termios.h>
#include <unistd.h>

#include "detached.h"
#include "safe_path.h"

#ifndef TIOCGPTPEER
#define TIOCGPTPEER _IO('T', 0x41)
#endif
#define PTMX_MAJOR 5
#define PTMX_MINOR 2

/* Whoever fills the root could have put anything at that path. */
static bool is_multiplexer(int fd)
{
	struct statfs filesystem;
	struct stat status;

	return fstatfs(fd, &filesystem) == 0 && filesystem.f_type == DEVPTS_SUPER_MAGIC && fstat(fd, &status) == 0 &&
	       S_ISCHR(status.st_mode) && status.st_rdev == makedev(PTMX_MAJOR, PTMX_MINOR);
}

void tty_open(struct child *child)
{
	struct plan_fields fields;
	struct winsize size = {0, 0, 0, 0};
	int locked = 0;

	child->pty_master = safe_open_plain(child->root, "/dev/pts/ptmx", O_RDWR | O_NOCTTY | O_NONBLOCK);
	if (child->pty_master < 0)
		child_fail(child, errno, "open /dev/pts/ptmx in the container, which needs a devpts for a terminal");
	if (!is_multiplexer(child->pty_master))
		child_fail(child, 0, "open /dev/pts/ptmx in the container: that is no terminal multiplexer");
	if (fcntl(child->pty_master, F_SETFL, O_RDWR) != 0 || ioctl(child->pty_master, TIOCSPTLCK, &locked) != 0)
		child_fail(child, errno, "unlock the terminal");
	/* The peer comes from the master itself: /dev/pts/0 could be something else by now (CVE-2025-52565). */
	child->pty_slave = ioctl(child->pty_master, TIOCGPTPEER, O_RDWR | O_NOCTTY | O_CLOEXEC);
	if (child->pty_slave < 0)
		child_fail(child, errno, "open the terminal's other end");
	if (plan_find(child->plan, E_CONSOLE_SIZE, &fields)) {
		size.ws_row = (unsigned short)field_u32(&fields);
		size.ws_col = (unsigned short)field_u32(&fields);
		if (ioctl(child->pty_master, TIOCSWINSZ, &size) != 0)
			child_fail(child, errno, "set the size of the terminal to %u rows, %u columns", size.ws_row,
				   size.ws_col);
	}
	/* The group stays the one that devpts gives ("gid=5"): programs such as write(1) go by it. */
	if (child->identity.known && child->identity.uid != 0 &&
	    fchown(child->pty_slave, child->identity.uid, (gid_t)-1) != 0)
		child_fail(child, errno, "give the terminal to user %u", child->identity.uid);
}

void tty_console(const struct child *child)
{
	int console = detached_clone(child->pty_slave, "", false, false);
	int target = safe_make_file(child->root, "/dev/console", 0600);

	if (console < 0 || target < 0 || detached_attach(console, target) != 0)
		child_fail(child, errno, "show the terminal as /dev/console");
	(void)close(console);
	(void)close(target);
}

void tty_session(const struct child *child)
{
	/* EPERM: it leads a process group already, as the init of a pid namespace may. */
	if (setsid() < 0 && errno != EPERM)
		child_fail(child, errno, "start a session");
	if (child->pty_slave >= 0 && ioctl(child->pty_slave, TIOCSCTTY, 0) != 0)
		child_fail(child, errno, "make the terminal the controlling one");
}
