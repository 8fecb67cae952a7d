/* SPDX-License-Identifier: Apache-2.0 */
#include "cgroup_retry.h"

#include <errno.h>
#include <sys/timerfd.h>

#include "descriptor.h"
#include "log.h"

#define WAIT_LIMIT_MS 8191u /* 1 + 2 + 4 + ... + 4096 */

static void timer_ready(struct watch *watch, uint32_t events)
{
	struct cgroup_retry *retry = OWNER(watch, struct cgroup_retry, timer);
	uint64_t ticks;

	(void)events;
	if (read(watch->fd, &ticks, sizeof(ticks)) < 0 && errno == EAGAIN)
		return;
	retry->pending = false;
	retry->again(retry->context);
}

static bool make_timer(struct cgroup_retry *retry, struct loop *loop)
{
	AUTO_CLOSE int fd = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);

	if (fd < 0 || loop_watch(loop, &retry->timer, fd, EPOLLIN, timer_ready) != 0) {
		log_error(errno, "make a timer");
		return false;
	}
	(void)descriptor_take(&fd);
	return true;
}

bool cgroup_retry_later(struct cgroup_retry *retry, struct loop *loop, void (*again)(void *context), void *context)
{
	unsigned int wait_ms = retry->waited_ms + 1;
	struct itimerspec when = {.it_value = {.tv_sec = wait_ms / 1000, .tv_nsec = (long)(wait_ms % 1000) * 1000000}};

	if (retry->waited_ms >= WAIT_LIMIT_MS)
		return false;
	if (retry->timer.fd < 0 && !make_timer(retry, loop))
		return false;
	if (timerfd_settime(retry->timer.fd, 0, &when, NULL) != 0) {
		log_error(errno, "set a timer");
		return false;
	}
	retry->waited_ms += wait_ms;
	retry->pending = true;
	retry->again = again;
	retry->context = context;
	return true;
}

void cgroup_retry_cancel(struct cgroup_retry *retry, struct loop *loop)
{
	int fd = loop_forget(loop, &retry->timer);

	descriptor_close(&fd);
	retry->waited_ms = 0;
	retry->pending = false;
}
