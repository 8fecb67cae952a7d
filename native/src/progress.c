/* SPDX-License-Identifier: Apache-2.0 */
#include "progress.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/mman.h>

#define PAGE 4096u
#define WORDS_IN_PAGE (PAGE / sizeof(struct launch_progress))
#define PAGES_MAX 64u /* for 32768 launches at the same time */

/* Which are free is noted here and not in the shared pages: a child must not be able to lead the shim astray. */
static volatile struct launch_progress **available;
static size_t available_count, capacity;

static struct launch_progress *pages[PAGES_MAX];
static size_t page_count;

static int add_page(void)
{
	size_t grown = capacity + WORDS_IN_PAGE;
	volatile struct launch_progress **more = realloc(available, grown * sizeof(*more));
	struct launch_progress *page;

	if (more == NULL)
		return -1;
	available = more;
	if (page_count == PAGES_MAX) {
		errno = ENOMEM;
		return -1;
	}
	page = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (page == MAP_FAILED)
		return -1;
	pages[page_count++] = page;
	capacity = grown;
	for (size_t i = 0; i < WORDS_IN_PAGE; i++)
		available[available_count++] = &page[WORDS_IN_PAGE - 1 - i];
	return 0;
}

volatile struct launch_progress *progress_take(void)
{
	volatile struct launch_progress *progress;

	if (available_count == 0 && add_page() != 0)
		return NULL;
	progress = available[--available_count];
	progress->phase = 0;
	progress->cgroups_made = 0;
	progress->cgroups_ready = 0;
	return progress;
}

void progress_give_back(volatile struct launch_progress *progress)
{
	if (progress != NULL)
		available[available_count++] = progress;
}
