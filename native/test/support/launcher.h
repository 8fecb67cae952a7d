/* SPDX-License-Identifier: Apache-2.0 */
/*
 * launcher.h - a shim in small: clones a child for a plan, talks to it by channel.h and collects what comes of it.
 */
#ifndef CAISSON_LAUNCHER_H
#define CAISSON_LAUNCHER_H

#include <stdbool.h>
#include <sys/types.h>

#include "plan_builder.h"
#include "protocol.h"

#define OUTPUT_SIZE 65536

/* What passes for the umask of an engine. */
#define LAUNCHER_UMASK 0027

struct launch_result {
	bool started;             /* execve succeeded */
	struct msg_failed failed; /* if not */
	char text[2048];
	int status;               /* as wait4(2) gives it */
	char output[OUTPUT_SIZE]; /* standard output and error, or what the terminal showed */
	bool created, ready;      /* WAITING and READY came */
};

struct launcher {
	struct plan_builder *plan;
	int fds[16];                /* descriptors beside the plan, from index 1 on */
	unsigned int fd_count;
	int target_pidfd;           /* PLAN_EXEC */
	const char *input;          /* standard input */
	const char *create_state, *start_state; /* JSON sent with CONTINUE and START */
	void (*on_created)(pid_t pid, void *context); /* before CONTINUE */
	void (*on_started)(pid_t pid, void *context); /* once execve succeeded */
	void *context;
};

void launcher_init(struct launcher *launcher, struct plan_builder *plan);

/* Adds a descriptor and returns its index. */
unsigned int launcher_add(struct launcher *launcher, int fd);

/* Runs the plan to the end. The result is valid until the next call. */
const struct launch_result *launcher_run(struct launcher *launcher);


#endif
