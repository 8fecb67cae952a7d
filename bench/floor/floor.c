/* SPDX-License-Identifier: Apache-2.0 */
/*
 * floor.c - what the kernel itself costs: the least that any container runtime must do, and nothing else.
 *
 * Each round: clone3 with new mount, pid, net, ipc, uts and cgroup namespaces; a cgroup of its own in every hierarchy that is
 * mounted; a tmpfs root with /proc and a static program bound into it; pivot_root; execve; wait; removal of the cgroups.
 * Prints one line per round: nanoseconds. Usage: floor ROUNDS PROGRAM [WARM-UP ROUNDS]
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/sched.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define HIERARCHIES_MAX 32
#define PATH_SIZE 256

static char cgroups[HIERARCHIES_MAX][PATH_SIZE];
static int cgroup_count;
static const char *program;

static _Noreturn void die(const char *what)
{
	fprintf(stderr, "floor: %s: %s\n", what, strerror(errno));
	_exit(1);
}

static void find_hierarchies(void)
{
	FILE *mounts = fopen("/proc/self/mounts", "re");
	char device[PATH_SIZE], target[PATH_SIZE], type[64];

	if (!mounts)
		die("open /proc/self/mounts");
	while (fscanf(mounts, "%255s %255s %63s %*[^\n]", device, target, type) == 3) {
		if (strncmp(type, "cgroup", 6) != 0 || cgroup_count == HIERARCHIES_MAX)
			continue;
		int length = snprintf(cgroups[cgroup_count], PATH_SIZE, "%s/caisson-floor-%d", target, getpid());
		if (length > 0 && length < PATH_SIZE)
			cgroup_count++;
	}
	fclose(mounts);
}

static void join_path(char path[PATH_SIZE], const char *directory, const char *name)
{
	int length = snprintf(path, PATH_SIZE, "%s/%s", directory, name);

	if (length < 0 || length >= PATH_SIZE) {
		errno = ENAMETOOLONG;
		die(directory);
	}
}

static void write_file(const char *path, const char *value)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);

	if (fd < 0 || write(fd, value, strlen(value)) < 0)
		die(path);
	close(fd);
}

/* A v1 cpuset takes nobody before it has processors and memory nodes. */
static void inherit_cpuset(const char *group)
{
	static const char *const parents[] = {"../cpuset.cpus", "../cpuset.mems"};
	static const char *const files[] = {"cpuset.cpus", "cpuset.mems"};
	char path[PATH_SIZE], value[512];

	for (int i = 0; i < 2; i++) {
		join_path(path, group, parents[i]);
		int fd = open(path, O_RDONLY | O_CLOEXEC);
		if (fd < 0)
			return;
		ssize_t size = read(fd, value, sizeof value - 1);
		close(fd);
		if (size <= 0)
			return;
		value[size] = '\0';
		join_path(path, group, files[i]);
		write_file(path, value);
	}
}

static void join_cgroups(void)
{
	char path[PATH_SIZE];

	for (int i = 0; i < cgroup_count; i++) {
		if (mkdir(cgroups[i], 0755) != 0)
			die(cgroups[i]);
		inherit_cpuset(cgroups[i]);
		join_path(path, cgroups[i], "cgroup.procs");
		write_file(path, "0");
	}
	if (unshare(CLONE_NEWCGROUP) != 0)
		die("unshare cgroup");
}

static void make_root(void)
{
	const char *root = "/tmp";

	if (mount(NULL, "/", NULL, MS_REC | MS_SLAVE, NULL) != 0)
		die("slave /");
	if (mount("tmpfs", root, "tmpfs", 0, "mode=0755") != 0 || chdir(root) != 0)
		die("mount tmpfs");
	if (mkdir("proc", 0755) != 0 || mkdir("bin", 0755) != 0)
		die("mkdir");
	int fd = open("bin/program", O_CREAT | O_CLOEXEC, 0755);
	if (fd < 0 || close(fd) != 0)
		die("create bin/program");
	if (mount(program, "bin/program", NULL, MS_BIND, NULL) != 0)
		die("bind program");
	if (mount("proc", "proc", "proc", 0, NULL) != 0)
		die("mount proc");
	if (syscall(SYS_pivot_root, ".", ".") != 0 || umount2(".", MNT_DETACH) != 0 || chdir("/") != 0)
		die("pivot_root");
}

static uint64_t now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

static void one_round(void)
{
	struct clone_args args = {
		.flags = CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS,
		.exit_signal = SIGCHLD,
	};
	char *const argv[] = {"true", NULL};
	char *const env[] = {NULL};
	int status;

	pid_t pid = (pid_t)syscall(SYS_clone3, &args, sizeof args);
	if (pid < 0)
		die("clone3");
	if (pid == 0) {
		join_cgroups();
		make_root();
		execve("/bin/program", argv, env);
		die("execve");
	}
	if (waitpid(pid, &status, 0) != pid || status != 0) {
		fprintf(stderr, "floor: the program ended with wait status %d\n", status);
		exit(1);
	}
	for (int i = 0; i < cgroup_count; i++)
		if (rmdir(cgroups[i]) != 0)
			die(cgroups[i]);
}

int main(int argc, char **argv)
{
	if (argc < 3) {
		fprintf(stderr, "usage: floor ROUNDS PROGRAM [WARM-UP ROUNDS]\n");
		return 64;
	}
	long rounds = strtol(argv[1], NULL, 10);
	long warm = argc > 3 ? strtol(argv[3], NULL, 10) : 0;
	program = argv[2];
	find_hierarchies();
	for (long i = -warm; i < rounds; i++) {
		uint64_t begin = now();
		one_round();
		if (i >= 0)
			printf("%llu\n", (unsigned long long)(now() - begin));
	}
	return 0;
}
