/* SPDX-License-Identifier: Apache-2.0 */
/*
 * identity.h - who the process is to be: user, groups, home, capabilities.
 */
#ifndef CAISSON_IDENTITY_H
#define CAISSON_IDENTITY_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct identity {
	bool known;     /* the plan asks for an identity; else the process stays who it is */
	uid_t uid;
	gid_t gid;
	gid_t *groups;  /* supplementary ones */
	size_t group_count;
	char *home;     /* of the user's passwd entry; NULL: it has none */
};

struct child;

/* Finds out who the plan means, by the container's own /etc/passwd and /etc/group. */
void identity_resolve(struct child *child);

/* Becomes that user, with the plan's capabilities and, where no_new_privs does not go before seccomp, with CAP_SYS_ADMIN
 * until identity_finish(). */
void identity_assume(struct child *child);

/* Gives up what identity_assume() kept. */
void identity_finish(struct child *child);

#endif
