/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cgroup_members.h - the processes of one cgroup directory, killed by pidfd.
 */
#ifndef CAISSON_CGROUP_MEMBERS_H
#define CAISSON_CGROUP_MEMBERS_H

/* SIGKILL to each process that is directly in the cgroup, never to the shim itself; `killed` is shown the pidfd of each,
 * to duplicate what it wants to keep. */
void cgroup_members_kill(int directory, void (*killed)(int pidfd, void *context), void *context);

#endif
