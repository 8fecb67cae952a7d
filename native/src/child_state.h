/* SPDX-License-Identifier: Apache-2.0 */
/*
 * child_state.h - what the steps between clone and exec share, and how they fail.
 *
 * A step is a function (struct child *) that does one job or calls child_fail(), which reports over the channel and ends
 * the process. Nothing is released on the way: the process ends in execve or in _exit, and every descriptor is CLOEXEC.
 */
#ifndef CAISSON_CHILD_STATE_H
#define CAISSON_CHILD_STATE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "../include/protocol.h"
#include "child.h"
#include "identity.h"

#define CHILD_LOOSE_MAX 2

/* What reaper.c makes beforehand. */
struct reaper {
	int image;       /* sealed memfd of caisson-init */
	int pid_pipe[2]; /* tells it which process is the user's */
};

struct child {
	const struct child_context *context;
	const struct plan *plan;
	enum phase phase;      /* what a failure is reported as */
	int channel;           /* where it is reported: channel.h, or behind E_GATE_FIFO's gate the FIFO */
	bool gated;            /* the FIFO is meant */
	bool shared_rights;    /* this process is inside a user namespace: the shim's, or a new or joined one */
	unsigned int namespaces; /* CLONE_NEW* bits of the plan that are made or joined by now */

	int proc;              /* the host's /proc (proc.h) */
	int root;              /* the container's /, O_PATH; before pivot_root the mount that will be it */
	int root_tree;         /* user namespace: the root as the stager made it, a detached mount; -1: none */
	int user_namespace;    /* user namespace: its descriptor while mounts get its id maps; else -1 */
	unsigned int stacked;  /* mounts of ours that lie on the host's / in our mount namespace, but for the root */
	int loose[CHILD_LOOSE_MAX]; /* mounts that only serve to make others and are attached nowhere (rootfs.c) */
	unsigned int loose_count;
	int *sources;          /* per E_MOUNT: detached mount of a bind's source, or -1 */
	int content;           /* tmpfs that holds the files of MOUNT_CONTENT; -1: none yet */
	int *deferred;         /* mounts that become read-only when everything has been made in them */
	unsigned int deferred_count;

	int pty_master, pty_slave;
	int last_parent;       /* directory that the last device or link was made in, and its path */
	const char *last_parent_path;
	size_t last_parent_length;

	struct identity identity;
	char **argv, **environment;
	struct reaper reaper;
	const char *program;   /* resolved path of what is executed */
	char *state;           /* last state JSON that the engine sent, for the hooks; never NULL */
};

/* Names the phase that the following steps belong to (the shim reads it when the child is killed). */
void child_enter(struct child *child, enum phase phase);

/* Reports a failure and ends the process. `error` is an errno or 0. The text says what was being done on what; errno's
 * name and the remedy are added by the reader. */
_Noreturn void child_fail(const struct child *child, int error, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* As child_fail, with the exit code that a shell would give for it (126, 127). */
_Noreturn void child_fail_exec(const struct child *child, int error, unsigned int exec_code, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/* calloc that cannot fail. */
void *child_allocate(const struct child *child, size_t count, size_t size);

#endif
