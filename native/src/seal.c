/* SPDX-License-Identifier: Apache-2.0 */
#include "seal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#include "descriptor.h"

#ifndef MFD_EXEC
#define MFD_EXEC 0x0010u /* Linux 6.3 */
#endif

#define SEALS (F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE)

extern char **environ;

static int make_memfd(const char *name)
{
	int fd = memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING | MFD_EXEC);

	/* Kernels before 6.3 do not know MFD_EXEC, and make every memfd executable. */
	return fd < 0 && errno == EINVAL ? memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING) : fd;
}

static int seal(int fd)
{
	return fcntl(fd, F_ADD_SEALS, SEALS | F_SEAL_SEAL);
}

static int copy_all(int from, int to)
{
	struct stat status;
	off_t offset = 0;

	if (fstat(from, &status) != 0)
		return -1;
	while (offset < status.st_size) {
		ssize_t copied = sendfile(to, from, &offset, (size_t)(status.st_size - offset));

		if (copied < 0)
			return -1;
		if (copied == 0) {
			errno = EIO;
			return -1;
		}
	}
	return 0;
}

int seal_self(char **argv, char *what, size_t size)
{
	AUTO_CLOSE int self = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
	AUTO_CLOSE int copy = -1;
	int seals;

	if (self < 0) {
		(void)snprintf(what, size, "could not open /proc/self/exe");
		return -1;
	}
	seals = fcntl(self, F_GET_SEALS);
	if (seals >= 0 && (seals & SEALS) == SEALS)
		return 0;
	copy = make_memfd("caisson-shim");
	if (copy < 0 || copy_all(self, copy) != 0 || seal(copy) != 0) {
		(void)snprintf(what, size, "could not make a sealed copy of the executable");
		return -1;
	}
	(void)fexecve(copy, argv, environ);
	(void)snprintf(what, size, "could not execute a sealed copy of the executable");
	return -1;
}

int seal_image(const char *name, const void *bytes, size_t size)
{
	AUTO_CLOSE int image = make_memfd(name);
	const char *rest = bytes;
	int sealed;

	if (image < 0)
		return -1;
	while (size > 0) {
		ssize_t written = write(image, rest, size);

		if (written < 0)
			return -1;
		rest += written;
		size -= (size_t)written;
	}
	if (seal(image) != 0)
		return -1;
	sealed = image;
	image = -1;
	return sealed;
}
