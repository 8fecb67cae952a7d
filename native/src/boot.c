/* SPDX-License-Identifier: Apache-2.0 */
#include "boot.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "descriptor.h"
#include "log.h"

#define BOOT_ID "/proc/sys/kernel/random/boot_id"
#define TEXT_LENGTH 36 /* xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx */

static void read_id(unsigned char id[static 16])
{
	AUTO_CLOSE int fd = open(BOOT_ID, O_RDONLY | O_CLOEXEC);
	char text[TEXT_LENGTH + 1] = "";
	const char *at = text;

	memset(id, 0, 16);
	if (fd < 0 || read(fd, text, TEXT_LENGTH) != TEXT_LENGTH) {
		log_error(errno, "read " BOOT_ID);
		return;
	}
	for (int i = 0; i < 16; i++) {
		unsigned int byte;

		if (*at == '-')
			at++;
		if (sscanf(at, "%2x", &byte) != 1)
			return;
		id[i] = (unsigned char)byte;
		at += 2;
	}
}

void boot_id(unsigned char id[static 16])
{
	static unsigned char known[16];
	static bool read_already;

	if (!read_already) {
		read_id(known);
		read_already = true;
	}
	memcpy(id, known, 16);
}
