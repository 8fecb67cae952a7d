/* SPDX-License-Identifier: Apache-2.0 */
#include "id_helper.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "descriptor.h"

#define WORDS_MAX 1024 /* 340 lines is what a map may have (user_namespaces(7)) */
#define TEXT_SIZE 300

_Noreturn static void execute(char *program, pid_t target, char *map, int output)
{
	char pid[16], *words[WORDS_MAX + 1], *rest = map, *word;
	int count = 0;

	(void)snprintf(pid, sizeof(pid), "%d", (int)target);
	words[count++] = program;
	words[count++] = pid;
	while (count < WORDS_MAX && (word = strsep(&rest, " ")) != NULL)
		words[count++] = word;
	words[count] = NULL;
	if (dup2(output, STDOUT_FILENO) >= 0 && dup2(output, STDERR_FILENO) >= 0)
		(void)execv(program, words);
	(void)dprintf(output, "%s: %s", program, strerror(errno));
	_exit(1);
}

static int call(char *program, pid_t target, char *map, int output)
{
	pid_t pid = fork();
	int status;

	if (pid == 0)
		execute(program, target, map, output);
	return pid > 0 && waitpid(pid, &status, 0) == pid && WIFEXITED(status) && WEXITSTATUS(status) == 0 ? 0 : -1;
}

_Noreturn static void serve(char **maps, pid_t target, int turn, int output)
{
	char byte;

	if (read(turn, &byte, 1) != 1)
		_exit(1);
	_exit(call(maps[2], target, maps[0], output) == 0 && call(maps[3], target, maps[1], output) == 0 ? 0 : 1);
}

int id_helper_start(struct id_helper *helper, char **maps)
{
	pid_t target = getpid();
	int turn[2], complaint[2];

	if (pipe2(turn, O_CLOEXEC) != 0)
		return -1;
	if (pipe2(complaint, O_CLOEXEC) != 0) {
		descriptor_close(&turn[0]);
		descriptor_close(&turn[1]);
		return -1;
	}
	helper->pid = fork();
	if (helper->pid == 0) {
		descriptor_close(&turn[1]);
		serve(maps, target, turn[0], complaint[1]);
	}
	helper->turn = turn[1];
	helper->complaint = complaint[0];
	descriptor_close(&turn[0]);
	descriptor_close(&complaint[1]);
	return helper->pid < 0 ? -1 : 0;
}

/* The first line of what was said. */
static void read_complaint(int fd, char *text, size_t size)
{
	size_t length = 0;
	ssize_t count;

	while (length < size - 1 && (count = read(fd, text + length, size - 1 - length)) > 0)
		length += (size_t)count;
	text[length] = '\0';
	text[strcspn(text, "\n")] = '\0';
}

int id_helper_finish(struct id_helper *helper, char *what, size_t size)
{
	char text[TEXT_SIZE] = "";
	int status = 0;

	(void)!write(helper->turn, "", 1);
	read_complaint(helper->complaint, text, sizeof(text));
	if (waitpid(helper->pid, &status, 0) == helper->pid && WIFEXITED(status) && WEXITSTATUS(status) == 0) {
		descriptor_close(&helper->turn);
		descriptor_close(&helper->complaint);
		return 0;
	}
	(void)snprintf(what, size, "could not write the id maps of the user namespace: %s",
		       text[0] ? text : "newuidmap failed without a word");
	errno = EPERM;
	return -1;
}

void id_helper_drop(struct id_helper *helper)
{
	int saved = errno;

	descriptor_close(&helper->turn);
	descriptor_close(&helper->complaint);
	(void)waitpid(helper->pid, NULL, 0);
	errno = saved;
}
