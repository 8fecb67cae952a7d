/* SPDX-License-Identifier: Apache-2.0 */
#include "swapper.h"

#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include "sandbox.h"

static atomic_bool stop;
static pthread_t thread;

static void *swap(void *unused)
{
	char directory[PATH_MAX], link[PATH_MAX];

	snprintf(directory, sizeof directory, "%s", sandbox_path("root/swap/target"));
	snprintf(link, sizeof link, "%s", sandbox_path("root/swap/link"));
	while (!stop)
		(void)renameat2(AT_FDCWD, directory, AT_FDCWD, link, RENAME_EXCHANGE);
	return unused;
}

void swapper_start(void)
{
	sandbox_directory("victim");
	sandbox_directory("root/swap/target");
	sandbox_link("../../victim", "root/swap/link");
	stop = false;
	if (pthread_create(&thread, NULL, swap, NULL) != 0)
		abort();
}

void swapper_stop(void)
{
	stop = true;
	(void)pthread_join(thread, NULL);
}
