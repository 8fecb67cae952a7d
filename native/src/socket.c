/* SPDX-License-Identifier: Apache-2.0 */
#include "socket.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "descriptor.h"
#include "log.h"

#define BACKLOG 16

static void accept_ready(struct watch *watch, uint32_t events)
{
	struct shim *shim = OWNER(watch, struct shim, listener);
	struct ucred peer;
	socklen_t size = sizeof(peer);
	AUTO_CLOSE int fd = accept4(watch->fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);

	(void)events;
	if (fd < 0) {
		/* Somebody who has gone again is no matter; no descriptors left is one for the operator, and the connection
		 * stays queued until there are. */
		if (errno != EAGAIN && errno != ECONNABORTED && errno != EINTR)
			log_error(errno, "accept an engine");
		return;
	}
	if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0) {
		log_error(errno, "read the credentials of an engine");
		return;
	}
	/* The directory is 0700 already; this also keeps out who was handed a connected descriptor or a way in. */
	if (peer.uid != geteuid()) {
		log_note("refused a connection of uid %u, pid %d", (unsigned int)peer.uid, (int)peer.pid);
		return;
	}
	if (connection_open(shim, fd, peer.pid) != 0) {
		log_error(errno, "take a connection");
		return;
	}
	(void)descriptor_take(&fd);
}

int socket_listen(struct shim *shim)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX, .sun_path = ROOT_SOCKET};
	AUTO_CLOSE int fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

	if (fd < 0)
		return -1;
	/* The lock is ours: a socket that is there is a dead shim's. Bound by its bare name, since the whole path may be
	 * longer than the 108 bytes of sun_path. */
	if (unlinkat(shim->root.directory, ROOT_SOCKET, 0) != 0 && errno != ENOENT)
		return -1;
	if (fchdir(shim->root.directory) != 0)
		return -1;
	if (bind(fd, (const struct sockaddr *)&address, sizeof(address)) != 0 || listen(fd, BACKLOG) != 0 || chdir("/") != 0)
		return -1;
	if (loop_watch(&shim->loop, &shim->listener, fd, EPOLLIN, accept_ready) != 0)
		return -1;
	(void)descriptor_take(&fd);
	return 0;
}

void socket_close(struct shim *shim)
{
	int fd = loop_forget(&shim->loop, &shim->listener);

	descriptor_close(&fd);
}
