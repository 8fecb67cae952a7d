/* SPDX-License-Identifier: Apache-2.0 */
#include "network.h"

#include <errno.h>
#include <net/if.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

void network_loopback(const struct child *child)
{
	struct ifreq request = {.ifr_name = "lo"};
	/* netdevice(7) requests work on sockets of any family; this one needs no IP protocol in the kernel. */
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	if (fd < 0 || ioctl(fd, SIOCGIFFLAGS, &request) != 0)
		child_fail(child, errno, "read the flags of the network interface lo");
	request.ifr_flags |= IFF_UP;
	if (ioctl(fd, SIOCSIFFLAGS, &request) != 0)
		child_fail(child, errno, "bring the network interface lo up");
	(void)close(fd);
}
