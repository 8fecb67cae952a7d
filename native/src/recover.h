/* SPDX-License-Identifier: Apache-2.0 */
/*
 * recover.h - what a former shim on this root has left when it died.
 */
#ifndef CAISSON_RECOVER_H
#define CAISSON_RECOVER_H

#include "shim.h"

/* Reads the records: what still lives of them is killed, their cgroups are removed, and each is held as EXITED, with the
 * status that the former shim noted or else WAIT_STATUS_LOST, until an engine CLEANs it. Ends go on in the loop.
 * 0, or -1 with errno when the records cannot be read at all. */
int recover(struct shim *shim);

#endif
