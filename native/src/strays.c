/* SPDX-License-Identifier: Apache-2.0 */
#include "strays.h"

#include <errno.h>
#include <linux/sched.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <time.h>

#include "descriptor.h"
#include "log.h"
#include "plan_rules.h"
#include "reap.h"
#include "shim.h"

#define INTERVAL_MS 1000u

void strays_init(struct strays *strays)
{
	*strays = (struct strays){.children = WATCH_NONE, .timer = WATCH_NONE};
}

bool strays_possible(const struct plan *plan)
{
	unsigned int all = plan_u32(plan, E_NS_NEW, 0) | plan_joined_namespaces(plan);

	return (all & CLONE_NEWPID) == 0 || (all & CLONE_NEWUSER) != 0;
}

static uint64_t now_ms(void)
{
	struct timespec now = {0};

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000u + (uint64_t)now.tv_nsec / 1000000u;
}

static struct process *find_held(const struct shim *shim, pid_t pid)
{
	struct process *process = shim->processes.oldest;

	while (process != NULL && !(process->pid == pid && process->pidfd.fd >= 0) && process->cleaning.helper_pid != pid)
		process = process->next;
	return process;
}

/* False: there is none (any more), or one whose own event has to come first. */
static bool reap_one(struct shim *shim)
{
	siginfo_t info = {0};
	struct process *process;

	if (waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) != 0 || info.si_pid == 0)
		return false;
	process = find_held(shim, info.si_pid);
	if (process != NULL && process->cleaning.helper_pid == info.si_pid) {
		shim->strays.scheduled = true; /* its end is told by SIGCHLD like any other, but is not ours to take */
		return false;
	}
	if (process != NULL)
		reap(process);
	else if (waitid(P_PID, (id_t)info.si_pid, &info, WEXITED | WNOHANG) != 0)
		return false;
	return true;
}

void strays_take(struct shim *shim)
{
	siginfo_t info = {0};

	if (shim->strays.timer.fd < 0)
		return;
	while (waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid != 0 &&
	       find_held(shim, info.si_pid) == NULL &&
	       waitid(P_PID, (id_t)info.si_pid, &info, WEXITED | WNOHANG) == 0)
		info = (siginfo_t){0};
}

static void look(struct shim *shim)
{
	shim->strays.looked_ms = now_ms();
	while (reap_one(shim))
		continue;
}

static void look_later(struct strays *strays, uint64_t wait_ms)
{
	struct itimerspec when = {.it_value = {.tv_sec = (time_t)(wait_ms / 1000),
					       .tv_nsec = (long)(wait_ms % 1000) * 1000000}};

	if (timerfd_settime(strays->timer.fd, 0, &when, NULL) != 0)
		log_error(errno, "set the timer for stray children");
	else
		strays->scheduled = true;
}

static void look_soon(struct shim *shim)
{
	struct strays *strays = &shim->strays;
	uint64_t since = now_ms() - strays->looked_ms;

	if (strays->scheduled)
		return;
	if (since < INTERVAL_MS) {
		look_later(strays, INTERVAL_MS - since);
		return;
	}
	look(shim);
	if (strays->scheduled)
		look_later(strays, INTERVAL_MS);
}

static void children_ready(struct watch *watch, uint32_t events)
{
	struct signalfd_siginfo info;

	(void)events;
	if (read(watch->fd, &info, sizeof(info)) == (ssize_t)sizeof(info))
		look_soon(OWNER(watch, struct shim, strays.children));
}

static void timer_ready(struct watch *watch, uint32_t events)
{
	struct shim *shim = OWNER(watch, struct shim, strays.timer);
	uint64_t ticks;

	(void)events;
	if (read(watch->fd, &ticks, sizeof(ticks)) != (ssize_t)sizeof(ticks))
		return;
	shim->strays.scheduled = false;
	look(shim);
	if (shim->strays.scheduled)
		look_later(&shim->strays, INTERVAL_MS);
}

static int listen_for_children(struct shim *shim)
{
	AUTO_CLOSE int timer = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
	AUTO_CLOSE int children = -1;
	sigset_t mask;

	(void)sigemptyset(&mask);
	(void)sigaddset(&mask, SIGCHLD);
	if (timer < 0 || sigprocmask(SIG_BLOCK, &mask, NULL) != 0)
		return -1;
	children = signalfd(-1, &mask, SFD_CLOEXEC | SFD_NONBLOCK);
	if (children < 0 || loop_watch(&shim->loop, &shim->strays.timer, timer, EPOLLIN, timer_ready) != 0)
		return -1;
	(void)descriptor_take(&timer);
	if (loop_watch(&shim->loop, &shim->strays.children, children, EPOLLIN, children_ready) != 0)
		return -1;
	(void)descriptor_take(&children);
	return 0;
}

void strays_expect(struct shim *shim)
{
	/* A one-shot shim is gone before there are any. */
	if (shim->mode == MODE_ONE_SHOT || shim->strays.children.fd >= 0)
		return;
	if (shim->strays.timer.fd < 0 && listen_for_children(shim) != 0)
		log_error(errno, "listen for stray children, they stay zombies");
}
