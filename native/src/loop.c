/* SPDX-License-Identifier: Apache-2.0 */
#include "loop.h"

#include <errno.h>

#include "log.h"

int loop_open(struct loop *loop)
{
	loop->stopped = false;
	loop->taken = 0;
	loop->epoll = epoll_create1(EPOLL_CLOEXEC);
	return loop->epoll < 0 ? -1 : 0;
}

int loop_watch(struct loop *loop, struct watch *watch, int fd, uint32_t events,
	       void (*ready)(struct watch *watch, uint32_t events))
{
	struct epoll_event event = {.events = events, .data.ptr = watch};

	watch->ready = ready;
	if (epoll_ctl(loop->epoll, EPOLL_CTL_ADD, fd, &event) != 0) {
		watch->fd = -1;
		return -1;
	}
	watch->fd = fd;
	return 0;
}

void loop_change(struct loop *loop, struct watch *watch, uint32_t events)
{
	struct epoll_event event = {.events = events, .data.ptr = watch};

	/* EPOLL_CTL_MOD allocates nothing: it can fail only for a descriptor that is not in the set. */
	if (epoll_ctl(loop->epoll, EPOLL_CTL_MOD, watch->fd, &event) != 0)
		log_error(errno, "change what is awaited of descriptor %d", watch->fd);
}

int loop_forget(struct loop *loop, struct watch *watch)
{
	int fd = watch->fd;

	if (fd < 0)
		return -1;
	/* Needed although the descriptor is closed next: a launching child may hold a copy until its execve, and epoll
	 * drops a file only when its last descriptor is closed (epoll(7), Q6). */
	if (epoll_ctl(loop->epoll, EPOLL_CTL_DEL, fd, NULL) != 0)
		log_error(errno, "stop watching descriptor %d", fd);
	for (int i = 0; i < loop->taken; i++) {
		if (loop->batch[i].data.ptr == watch)
			loop->batch[i].data.ptr = NULL;
	}
	watch->fd = -1;
	return fd;
}

int loop_run(struct loop *loop)
{
	while (!loop->stopped) {
		int count = epoll_wait(loop->epoll, loop->batch, LOOP_BATCH, -1);

		if (count < 0 && errno != EINTR)
			return -1;
		loop->taken = count < 0 ? 0 : count;
		for (int i = 0; i < loop->taken && !loop->stopped; i++) {
			struct watch *watch = loop->batch[i].data.ptr;

			if (watch != NULL)
				watch->ready(watch, loop->batch[i].events);
		}
		loop->taken = 0;
	}
	return 0;
}

void loop_stop(struct loop *loop)
{
	loop->stopped = true;
}
