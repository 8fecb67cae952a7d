/* SPDX-License-Identifier: Apache-2.0 */
#include "exec.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define NOT_FOUND 127
#define NOT_EXECUTABLE 126
#define DEFAULT_PATH "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

void exec_prepare(struct child *child)
{
	static char *none[] = {NULL};
	struct plan_fields fields;

	(void)plan_find(child->plan, E_ARGV, &fields);
	child->argv = field_argv(&fields);
	child->environment = plan_find(child->plan, E_ENV, &fields) ? field_argv(&fields) : none;
	if (!child->argv || !child->environment)
		child_fail(child, ENOMEM, "read the arguments");
}

void exec_add_home(struct child *child)
{
	const char *home = child->identity.home ? child->identity.home : "/";
	size_t count = 0;
	char **grown, *variable;

	if (!(child->plan->flags & PLAN_DEFAULT_HOME))
		return;
	for (; child->environment[count]; count++)
		if (strncmp(child->environment[count], "HOME=", 5) == 0)
			return;
	grown = child_allocate(child, count + 2, sizeof *grown);
	memcpy(grown, child->environment, count * sizeof *grown);
	variable = child_allocate(child, sizeof "HOME=" + strlen(home), 1);
	memcpy(variable, "HOME=", 5);
	memcpy(variable + 5, home, strlen(home) + 1);
	grown[count] = variable;
	child->environment = grown;
}

static const char *search_path(const struct child *child)
{
	for (char **variable = child->environment; *variable; variable++)
		if (strncmp(*variable, "PATH=", 5) == 0)
			return *variable + 5;
	return DEFAULT_PATH;
}

/* Returns 0, or the errno that execve would give. */
static int check(const char *path)
{
	struct stat status;

	if (stat(path, &status) != 0)
		return errno;
	if (S_ISDIR(status.st_mode))
		return EISDIR;
	if (!S_ISREG(status.st_mode))
		return EACCES;
	/* By the effective ids: capabilities count, the real ids do not (faccessat2, Linux 5.8). */
	return syscall(SYS_faccessat2, AT_FDCWD, path, X_OK, AT_EACCESS) == 0 ? 0 : errno;
}

static _Noreturn void refuse(const struct child *child, const char *name, int error)
{
	switch (error) {
	case ENOENT:
	case ENOTDIR:
		child_fail_exec(child, error, NOT_FOUND, "exec: \"%s\": stat %s: no such file or directory", name, name);
	case EISDIR:
		child_fail_exec(child, error, NOT_EXECUTABLE, "exec: \"%s\": is a directory", name);
	case EACCES:
		child_fail_exec(child, error, NOT_EXECUTABLE, "exec: \"%s\": permission denied", name);
	default:
		child_fail_exec(child, error, NOT_EXECUTABLE, "exec: \"%s\"", name);
	}
}

/* The first executable of that name; a file that is there but may not be executed is remembered for the message. */
static char *search(const struct child *child, const char *name, int *error)
{
	const char *path = search_path(child);
	char candidate[PATH_MAX];

	*error = ENOENT;
	for (const char *end; path; path = *end ? end + 1 : NULL) {
		end = strchrnul(path, ':');
		int length = snprintf(candidate, sizeof candidate, "%.*s%s%s", (int)(end - path), path,
				      end > path ? "/" : "./", name);
		int result = length < 0 || (size_t)length >= sizeof candidate ? ENAMETOOLONG : check(candidate);
		if (result == 0)
			return strdup(candidate);
		if (result == EACCES)
			*error = EACCES;
	}
	return NULL;
}

void exec_find(struct child *child)
{
	const char *name = plan_string(child->plan, E_PROGRAM, child->argv[0]);
	int error;

	if (strchr(name, '/')) {
		child->program = name;
		error = check(name);
		if (error)
			refuse(child, name, error);
		return;
	}
	child->program = *name ? search(child, name, &error) : NULL;
	if (child->program)
		return;
	if (*name && error == EACCES)
		refuse(child, name, error);
	child_fail_exec(child, ENOENT, NOT_FOUND, "exec: \"%s\": executable file not found in $PATH", name);
}

void exec_run(const struct child *child)
{
	int error;

	child->context->progress->phase = PHASE_EXEC;
	execve(child->program, child->argv, child->environment);
	error = errno;
	switch (error) {
	case ENOENT: /* the file was there a moment ago: what is missing is the interpreter that it names */
		child_fail_exec(child, error, NOT_FOUND, "exec: \"%s\": its interpreter or loader is not there",
				child->program);
	case ENOEXEC:
		child_fail_exec(child, error, NOT_EXECUTABLE, "exec: \"%s\": exec format error", child->program);
	case E2BIG:
		child_fail_exec(child, error, NOT_EXECUTABLE, "exec: \"%s\": argument list too long", child->program);
	case EAGAIN:
		child_fail_exec(child, error, NOT_EXECUTABLE,
				"exec: \"%s\": the user has more processes than its RLIMIT_NPROC allows",
				child->program);
	default:
		refuse(child, child->program, error);
	}
}
