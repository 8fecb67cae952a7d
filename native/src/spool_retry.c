/* SPDX-License-Identifier: Apache-2.0 */
#include "spool_retry.h"

#include <errno.h>
#include <sys/timerfd.h>

#include "descriptor.h"
#include "log.h"
#include "spool.h"
#include "spool_pump.h"

static void timer_ready(struct watch *watch, uint32_t events)
{
	struct spool_retry *retry = OWNER(watch, struct spool_retry, timer);
	uint64_t ticks;

	(void)events;
	if (read(watch->fd, &ticks, sizeof(ticks)) == (ssize_t)sizeof(ticks))
		spool_retry_now(retry);
}

static void start_timer(struct spool_retry *retry, struct loop *loop)
{
	struct itimerspec every = {.it_interval = {.tv_sec = 1}, .it_value = {.tv_sec = 1}};
	AUTO_CLOSE int fd = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);

	if (fd < 0 || timerfd_settime(fd, 0, &every, NULL) != 0 ||
	    loop_watch(loop, &retry->timer, fd, EPOLLIN, timer_ready) != 0)
		log_error(errno, "make a timer: blocked output goes on with the next FOLLOW only");
	else
		(void)descriptor_take(&fd);
}

void spool_retry_add(struct spool_retry *retry, struct loop *loop, struct spool *spool)
{
	struct spool **link = &retry->first;

	while (*link != NULL)
		link = &(*link)->next_blocked;
	*link = spool;
	spool->next_blocked = NULL;
	spool->blocked = true;
	if (retry->timer.fd < 0)
		start_timer(retry, loop);
}

void spool_retry_remove(struct spool_retry *retry, struct loop *loop, struct spool *spool)
{
	struct spool **link = &retry->first;

	if (!spool->blocked)
		return;
	while (*link != spool)
		link = &(*link)->next_blocked;
	*link = spool->next_blocked;
	spool->blocked = false;
	if (retry->first == NULL) {
		int fd = loop_forget(loop, &retry->timer);

		descriptor_close(&fd);
	}
}

void spool_retry_now(struct spool_retry *retry)
{
	unsigned int turns = 0;

	for (const struct spool *spool = retry->first; spool != NULL; spool = spool->next_blocked)
		turns++;
	/* One that is still blocked goes to the end of the list; one that is not may end its process, which takes its other
	 * stream out of the list. So it is always the first one's turn. */
	for (; turns > 0 && retry->first != NULL; turns--)
		spool_resume(retry->first);
}
