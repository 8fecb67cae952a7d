/* SPDX-License-Identifier: Apache-2.0 */
/*
 * loop.h - the one epoll loop of the shim.
 *
 * A struct watch is embedded in the object that owns the descriptor; the handler finds its owner with OWNER(). A watch
 * whose fd is -1 is not in the loop.
 */
#ifndef CAISSON_LOOP_H
#define CAISSON_LOOP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/epoll.h>

#define OWNER(watch, type, member) ((type *)(void *)((char *)(watch) - offsetof(type, member)))

#define LOOP_BATCH 64

struct watch {
	int fd;
	void (*ready)(struct watch *watch, uint32_t events);
};

struct loop {
	int epoll;
	bool stopped;
	int taken; /* events of the current batch */
	struct epoll_event batch[LOOP_BATCH];
};

#define WATCH_NONE ((struct watch){.fd = -1, .ready = NULL})

/* 0, or -1 with errno. */
int loop_open(struct loop *loop);

/* Watches `fd`, which stays the caller's to close after loop_forget(). 0, or -1 with errno. */
int loop_watch(struct loop *loop, struct watch *watch, int fd, uint32_t events,
	       void (*ready)(struct watch *watch, uint32_t events));

/* Other events for a watch that is in the loop; 0 only waits for errors and hang-up. */
void loop_change(struct loop *loop, struct watch *watch, uint32_t events);

/* Takes the watch out, with what is pending for it in the current batch, so that its owner may be freed; returns the
 * descriptor (for the caller to close), -1 when it was not in the loop. */
int loop_forget(struct loop *loop, struct watch *watch);

/* Runs until loop_stop(). 0, or -1 with errno. */
int loop_run(struct loop *loop);
void loop_stop(struct loop *loop);

#endif
