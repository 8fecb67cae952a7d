/* SPDX-License-Identifier: Apache-2.0 */
/*
 * timed.c - times a command as a whole process. Prints one line per round: nanoseconds.
 * Usage: timed ROUNDS WARM-UP COMMAND [ARGUMENT ...]. A round that doesn't end with 0 ends this with 1.
 */
#define _GNU_SOURCE
#include <spawn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>

extern char **environ;

static uint64_t now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

int main(int argc, char **argv)
{
	if (argc < 4) {
		fprintf(stderr, "usage: timed ROUNDS WARM-UP COMMAND [ARGUMENT ...]\n");
		return 64;
	}
	long rounds = strtol(argv[1], NULL, 10);
	long warm = strtol(argv[2], NULL, 10);

	for (long i = -warm; i < rounds; i++) {
		uint64_t begin = now();
		pid_t pid;
		int status;

		if (posix_spawn(&pid, argv[3], NULL, NULL, &argv[3], environ) != 0 || waitpid(pid, &status, 0) != pid) {
			perror(argv[3]);
			return 1;
		}
		if (status != 0) {
			fprintf(stderr, "timed: %s ended with wait status %d\n", argv[3], status);
			return 1;
		}
		if (i >= 0)
			printf("%llu\n", (unsigned long long)(now() - begin));
	}
	return 0;
}
