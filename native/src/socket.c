/* SPDX-License-Identifier: Apache-2.0 */
#include "socket.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "descriptor.h"
#include "log.h"

#define BACKLOG 16

static int accept_one(int listener)
{
	return accept4(listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
}

/* All descriptors are taken by containers. An engine has to be let in even so, for it alone can change that: it gets the
 * one in reserve. When that is gone the listener is not watched, which would be ready all the time. */
static int accept_with_reserve(struct shim *shim)
{
	int fd;

	descriptor_close(&shim->reserve);
	fd = accept_one(shim->listener.fd);
	if (fd < 0 && (errno == EMFILE || errno == ENFILE)) {
		log_error(errno, "accept an engine before another connection is closed");
		shim->deaf = true;
		loop_change(&shim->loop, &shim->listener, 0);
	}
	return fd;
}

static bool is_ours(int fd, pid_t *pid)
{
	struct ucred peer;
	socklen_t size = sizeof(peer);

	if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0) {
		log_error(errno, "read the credentials of an engine");
		return false;
	}
	/* The directory is 0700 already; this also keeps out who was handed a connected descriptor or a way in. */
	if (peer.uid != geteuid()) {
		log_note("refused a connection of uid %u, pid %d", (unsigned int)peer.uid, (int)peer.pid);
		return false;
	}
	*pid = peer.pid;
	return true;
}

static void accept_ready(struct watch *watch, uint32_t events)
{
	struct shim *shim = OWNER(watch, struct shim, listener);
	AUTO_CLOSE int fd = accept_one(watch->fd);
	pid_t pid;

	(void)events;
	if (fd < 0 && (errno == EMFILE || errno == ENFILE))
		fd = accept_with_reserve(shim);
	/* Somebody who has gone again is no matter. */
	if (fd < 0 || !is_ours(fd, &pid))
		return;
	if (connection_open(shim, fd, pid) != 0) {
		log_error(errno, "take a connection");
		return;
	}
	(void)descriptor_take(&fd);
}

void socket_resume(struct shim *shim)
{
	if (shim->reserve < 0)
		shim->reserve = fcntl(shim->null, F_DUPFD_CLOEXEC, 3);
	if (shim->deaf && shim->listener.fd >= 0)
		loop_change(&shim->loop, &shim->listener, EPOLLIN);
	shim->deaf = false;
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
	socket_resume(shim);
	return 0;
}

void socket_close(struct shim *shim)
{
	int fd = loop_forget(&shim->loop, &shim->listener);

	descriptor_close(&fd);
}
