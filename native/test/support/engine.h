/* SPDX-License-Identifier: Apache-2.0 */
/*
 * engine.h - a small engine for tests: starts shims and speaks protocol.h.
 */
#ifndef CAISSON_ENGINE_H
#define CAISSON_ENGINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "plan_builder.h"
#include "protocol.h"

struct shim_process {
	pid_t pid;       /* of the shim itself, as it says */
	pid_t child;     /* that was started; the same, unless it forked */
	char root[256];
	char line[512];  /* what it printed */
};

/* The shim built with sanitizers beside this test, or the one that CAISSON_SHIM names. Returns `path`. */
const char *shim_program(char path[static 512]);

/* A fresh directory under /tmp whose "r" will be the root. */
void root_make(char root[static 256]);

/* Starts a shim and waits for its line; false: that is not "ready". */
bool shim_start(struct shim_process *shim, const char *mode, const char *root);
/* A fresh root as well. Needs to succeed. */
void shim_start_new(struct shim_process *shim, const char *mode);
/* Waits for its end; the wait status. */
int shim_wait(struct shim_process *shim);
/* SIGTERM, wait, and remove the root's parent directory; checks that it ends well. */
void shim_stop(struct shim_process *shim);

/* Connects; with greet says HELLO and takes WELCOME. */
int engine_connect(const struct shim_process *shim);
int engine_greet(const struct shim_process *shim);

struct answer {
	struct msg_header header;
	unsigned char body[MSG_MAX];
	size_t length; /* of the body */
	int fds[8];
	unsigned int fd_count;
	bool end;      /* the connection has ended instead */
};

void engine_ask(int socket, uint32_t type, uint64_t tag, const void *body, size_t length, const int *fds,
		 unsigned int fd_count);
void engine_ask_u32(int socket, uint32_t type, uint64_t tag, uint32_t value);

/* The next message; needs one (or the end) within 20 s. */
void engine_receive(int socket, struct answer *answer);
/* The next message, which must be this one. */
void engine_expect(int socket, uint32_t type, uint64_t tag, struct answer *answer);
/* REFUSED and end of connection; the text must contain `text`. */
void engine_expect_end(int socket, const char *text);

/* The finished plan in a memfd with these seals; ends the builder. */
int plan_memfd(struct plan_builder *plan, int seals);

/* Sends the plan, sealed as it has to be, with further descriptors; ends the builder. */
void engine_launch(int socket, uint64_t tag, struct plan_builder *plan, const int *fds, unsigned int fd_count);
void engine_follow(int socket, uint64_t tag, uint32_t stream, uint64_t offset);

/* Waits until the shim has done with all that was sent before, to the last descriptor. */
void engine_settle(int socket);

uint32_t answer_u32(const struct answer *answer, size_t offset);
uint64_t answer_u64(const struct answer *answer, size_t offset);
struct msg_exited answer_exited(const struct answer *answer);
/* Checks a FAILED's phase and that its text contains `text`. */
void answer_check_failed(const struct answer *answer, enum phase phase, const char *text);

#endif
