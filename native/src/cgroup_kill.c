/* SPDX-License-Identifier: Apache-2.0 */
#include "cgroup_kill.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cgroup_freezer.h"
#include "cgroup_members.h"
#include "descriptor.h"
#include "log.h"
#include "tree.h"

/* So many are awaited in a round: their ends say when it is time to look again. */
#define AWAITED_MAX 64u
/* With a freezer: until all have stopped, so that none is missed that was being forked. */
#define PASSES_MAX 8u

/* Something whose end is awaited: a member's pidfd, or the cgroup.events of a v2 cgroup that is still populated. */
struct awaited {
	struct awaited *next;
	struct watch watch;
	struct cgroup_kill *kill;
};

struct cgroup_kill {
	struct loop *loop;
	struct awaited *awaited;
	unsigned int count;
	void (*done)(void *context);
	void *context;
};

static void stop_awaiting(struct cgroup_kill *kill, struct awaited *awaited)
{
	struct awaited **link = &kill->awaited;
	int fd = loop_forget(kill->loop, &awaited->watch);

	descriptor_close(&fd);
	while (*link != awaited)
		link = &(*link)->next;
	*link = awaited->next;
	free(awaited);
}

static void one_less(struct awaited *awaited)
{
	struct cgroup_kill *kill = awaited->kill;

	stop_awaiting(kill, awaited);
	if (kill->awaited == NULL)
		kill->done(kill->context); /* frees the round */
}

static void member_ready(struct watch *watch, uint32_t events)
{
	(void)events;
	one_less(OWNER(watch, struct awaited, watch));
}

/* Takes over the descriptor. What cannot be awaited is met again by the next round. */
static void await(struct cgroup_kill *kill, int fd_given, uint32_t events,
		  void (*ready)(struct watch *watch, uint32_t events))
{
	AUTO_CLOSE int fd = fd_given;
	struct awaited *awaited = calloc(1, sizeof(*awaited));

	if (awaited == NULL || loop_watch(kill->loop, &awaited->watch, fd, events, ready) != 0) {
		log_error(errno, "await the end of a killed process");
		free(awaited);
		return;
	}
	(void)descriptor_take(&fd);
	awaited->kill = kill;
	awaited->next = kill->awaited;
	kill->awaited = awaited;
	kill->count++;
}

static bool populated(int events)
{
	char text[256];
	ssize_t length = pread(events, text, sizeof(text) - 1, 0);

	if (length < 0)
		return false; /* ENODEV: removed */
	text[length] = '\0';
	return strstr(text, "populated 1") != NULL;
}

static void populated_ready(struct watch *watch, uint32_t events)
{
	(void)events;
	if (!populated(watch->fd))
		one_less(OWNER(watch, struct awaited, watch));
}

static int open_in(const char *cgroup, const char *name, int flags)
{
	char path[PATH_MAX];
	int length = snprintf(path, sizeof(path), "%s/%s", cgroup, name);

	if (length < 0 || (size_t)length >= sizeof(path)) {
		errno = ENAMETOOLONG;
		return -1;
	}
	return open(path, flags | O_CLOEXEC);
}

/* v2 since Linux 5.14: the kernel kills all below, forks included. False: this is no such cgroup. */
static bool kill_at_once(struct cgroup_kill *kill, const char *cgroup)
{
	AUTO_CLOSE int button = open_in(cgroup, "cgroup.kill", O_WRONLY);
	AUTO_CLOSE int events = -1;

	if (button < 0)
		return false;
	events = open_in(cgroup, "cgroup.events", O_RDONLY);
	if (events < 0)
		return false;
	if (write(button, "1", 1) != 1) {
		log_error(errno, "kill what is in '%s'", cgroup);
		return false;
	}
	/* Reading arms the notification (kernfs), so the state that is read is the one changes are told of. */
	if (populated(events))
		await(kill, descriptor_take(&events), EPOLLPRI, populated_ready);
	return true;
}

static void take_member(int pidfd, void *context)
{
	struct cgroup_kill *kill = context;
	int copy;

	if (kill->count >= AWAITED_MAX)
		return;
	copy = fcntl(pidfd, F_DUPFD_CLOEXEC, 3);
	if (copy >= 0)
		await(kill, copy, EPOLLIN, member_ready);
}

static void visit(int directory, void *context)
{
	cgroup_members_kill(directory, take_member, context);
}

static void kill_members(struct cgroup_kill *kill, const char *cgroup)
{
	struct tree walk = {.kind = TREE_CGROUPS, .keep = true, .visit = visit, .context = kill};
	int error = tree_walk(&walk, cgroup);

	if (error != 0)
		log_error(error, "look for processes in '%s'", cgroup);
}

/* The root of a hierarchy holds every process of the machine: whoever names it is mistaken. */
static bool is_hierarchy_root(const char *cgroup)
{
	char path[PATH_MAX];
	int length = snprintf(path, sizeof(path), "%s/..", cgroup);
	struct stat own, parent;

	return length > 0 && (size_t)length < sizeof(path) && stat(cgroup, &own) == 0 && stat(path, &parent) == 0 &&
	       own.st_dev != parent.st_dev;
}

static void kill_all(struct cgroup_kill *kill, const struct kept *kept)
{
	struct kept_entry cgroup;
	size_t position = 0;

	while (kept_next(kept, KEPT_CGROUP, &position, &cgroup)) {
		if (is_hierarchy_root(cgroup.text))
			log_note("'%s' is the root of a cgroup hierarchy: nothing in it is killed", cgroup.text);
		else if (!kill_at_once(kill, cgroup.text))
			kill_members(kill, cgroup.text);
	}
}

struct cgroup_kill *cgroup_kill_start(struct loop *loop, const struct kept *kept, void (*done)(void *context),
				      void *context)
{
	struct cgroup_kill *kill = calloc(1, sizeof(*kill));
	bool stopped = false;

	if (kill == NULL) {
		log_error(errno, "kill what is left in cgroups");
		return NULL;
	}
	*kill = (struct cgroup_kill){.loop = loop, .done = done, .context = context};
	if (freezer_freeze(kept)) {
		for (unsigned int pass = 0; pass < PASSES_MAX && !stopped; pass++) {
			stopped = freezer_is_frozen(kept);
			kill_all(kill, kept);
		}
		freezer_thaw(kept);
	} else {
		kill_all(kill, kept);
	}
	if (kill->awaited == NULL) {
		free(kill);
		return NULL;
	}
	return kill;
}

void cgroup_kill_free(struct cgroup_kill *kill)
{
	if (kill == NULL)
		return;
	while (kill->awaited != NULL)
		stop_awaiting(kill, kill->awaited);
	free(kill);
}
