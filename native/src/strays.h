/* SPDX-License-Identifier: Apache-2.0 */
/*
 * strays.h - zombies that nobody holds. The shim is a sub-reaper (prctl(2)), so what a process without a pid namespace of
 * its own leaves behind becomes the shim's child; so does the stager of a user namespace when its init has taken over.
 *
 * SIGCHLD tells of them, but one pending signal swallows the next, so that only a look at all children finds every one:
 * its cost grows with their number. It is therefore taken at once but at most once a second, and never at all as long as
 * no process has been started that could leave any.
 */
#ifndef CAISSON_STRAYS_H
#define CAISSON_STRAYS_H

#include <stdbool.h>
#include <stdint.h>

#include "loop.h"
#include "plan_reader.h"

struct shim;

struct strays {
	struct watch children; /* signalfd of SIGCHLD; -1 until strays are expected */
	struct watch timer;
	uint64_t looked_ms;    /* CLOCK_MONOTONIC of the last look */
	bool scheduled;
};

void strays_init(struct strays *strays);

/* Whether a process of this plan can leave any. */
bool strays_possible(const struct plan *plan);

/* From now on they are looked for. */
void strays_expect(struct shim *shim);

/* Takes the zombies that are there now, so that none outlasts the word that its container has ended. One behind the
 * zombie of a held process stays for the next look: that one's own event comes first. Nothing where none are expected. */
void strays_take(struct shim *shim);

/* The shim is about to end and holds nothing any more: whoever is its child now was left behind, and is killed. */
void strays_kill(void);

#endif
