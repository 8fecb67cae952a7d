/* SPDX-License-Identifier: Apache-2.0 */
/*
 * socket.h - the listening socket <root>/shim.sock.
 */
#ifndef CAISSON_SOCKET_H
#define CAISSON_SOCKET_H

#include "shim.h"

/* Binds, listens and watches. 0, or -1 with errno. */
int socket_listen(struct shim *shim);

/* A connection was closed: there is a descriptor for the next one, if there was none before. */
void socket_resume(struct shim *shim);

/* Accepts nobody any more. */
void socket_close(struct shim *shim);

#endif
