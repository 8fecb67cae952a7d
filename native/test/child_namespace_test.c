/* SPDX-License-Identifier: Apache-2.0 */
/* Namespaces of all kinds, user namespaces, a second process in a container, control groups. */
#include <errno.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <linux/sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/container.h"

#define NAMESPACES (CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWNET)
#define OUTSIDE 200000

static struct plan_builder builder;

static void start(uint32_t flags, uint32_t namespaces, const char *script)
{
	busybox_bare_plan(&builder, PLAN_INIT, flags | PLAN_NEW_ROOT, script);
	builder_put(&builder, E_NS_NEW, "u", namespaces);
	builder_put(&builder, E_ROOT_BIND, "s", sandbox_path("root"));
	builder_mount(&builder, "proc", "/proc", "", MS_NOSUID);
	builder_mount(&builder, "tmpfs", "/dev", "mode=755", 0);
	builder_put(&builder, E_DEVICE, "suuuuuu", "/dev/null", 'c', 1, 3, 0666, 0, 0);
}

static void put_maps(uint32_t outside, uint32_t count)
{
	builder_put(&builder, E_UID_MAP, "nuuu", 1, 0, outside, count);
	builder_put(&builder, E_GID_MAP, "nuuu", 1, 0, outside, count);
}

static void simple_namespaces(void)
{
	start(PLAN_LOOPBACK, NAMESPACES, "hostname; cat /proc/sys/kernel/domainname; ifconfig lo | grep -c UP; ls /sys 2>&1");
	builder_put(&builder, E_HOSTNAME, "s", "box");
	builder_put(&builder, E_DOMAINNAME, "s", "example");
	container_prints(&builder, "box\nexample\n1\nls: /sys: No such file or directory\n", "names and loopback");
	start(0, NAMESPACES | CLONE_NEWTIME, "cut -d. -f1 /proc/uptime; cat /proc/self/timens_offsets; readlink /proc/self/ns/time");
	builder_put(&builder, E_TIME_OFFSET, "uUu", 7, UINT64_C(86400000), 5);
	builder_put(&builder, E_TIME_OFFSET, "uUu", 1, UINT64_C(100), 0);
	const struct launch_result *result = container_run(&builder);
	if (result->started) {
		tap_ok(strtoll(result->output, NULL, 10) > 86400000, "time offsets");
		char own[64] = "";
		(void)!readlink("/proc/self/ns/time", own, sizeof own - 1);
		tap_ok(!strstr(result->output, own), "... in a time namespace of its own");
	} else {
		tap_note("%s", result->text);
		tap_skip("this kernel has no time namespaces", "time offsets");
	}
}

static void cgroups(void)
{
	if (access("/sys/fs/cgroup/pids", F_OK) != 0) {
		tap_skip("the host has no v1 hierarchies", "cgroups");
		return;
	}
	start(0, NAMESPACES | CLONE_NEWCGROUP, "cat /proc/self/cgroup | grep pids | cut -d: -f3; cat /sys/fs/cgroup/pids/pids.max; (true) ; ls -d /sys/fs/cgroup/systemd");
	builder_put(&builder, E_CGROUP_MKDIR, "us", 0, "/sys/fs/cgroup/pids/caisson-test");
	builder_put(&builder, E_CGROUP_MKDIR, "us", 0, "/sys/fs/cgroup/pids/caisson-test/sub");
	builder_put(&builder, E_CGROUP_WRITE, "ss", "/sys/fs/cgroup/pids/caisson-test/sub/pids.max", "9");
	builder_put(&builder, E_CGROUP_JOIN, "s", "/sys/fs/cgroup/pids/caisson-test/sub/tasks");
	builder_put(&builder, E_MOUNT, "uuUUUuuussssb", MOUNT_CGROUP, 0, (uint64_t)MS_RDONLY, UINT64_C(0), UINT64_C(0), 0, 0, 0755,
		    "cgroup", "/sys/fs/cgroup", "", "", "", (size_t)0);
	container_prints(&builder, "/\n9\n/sys/fs/cgroup/systemd\n", "a cgroup that its namespace shows as the root");
	start(0, NAMESPACES, "cat /sys/fs/cgroup/pids/pids.max");
	builder_put(&builder, E_CGROUP_MKDIR, "us", 1, "/sys/fs/cgroup/pids/caisson-test/sub");
	builder_put(&builder, E_CGROUP_JOIN, "s", "/sys/fs/cgroup/pids/caisson-test/sub/tasks");
	builder_put(&builder, E_MOUNT, "uuUUUuuussssb", MOUNT_CGROUP, 0, (uint64_t)MS_RDONLY, UINT64_C(0), UINT64_C(0), 0, 0, 0755,
		    "cgroup", "/sys/fs/cgroup", "", "", "", (size_t)0);
	container_prints(&builder, "9\n", "without such a namespace only its own group is shown");
	start(0, NAMESPACES, "true");
	builder_put(&builder, E_CGROUP_MKDIR, "us", 0, "/sys/fs/cgroup/pids/caisson-test/sub");
	container_fails(&builder, PHASE_CGROUP, EEXIST, "make cgroup /sys/fs/cgroup/pids/caisson-test/sub");
	start(0, NAMESPACES, "true");
	builder_put(&builder, E_CGROUP_WRITE, "ss", "/sys/fs/cgroup/pids/caisson-test/sub/pids.max", "nonsense");
	container_fails(&builder, PHASE_CGROUP, EINVAL, "write nonsense to /sys/fs/cgroup/pids/caisson-test/sub/pids.max");
	start(0, NAMESPACES, "true");
	builder_put(&builder, E_CGROUP_JOIN, "s", "/sys/fs/cgroup/pids/nonexistent/tasks");
	container_fails(&builder, PHASE_CGROUP, ENOENT, "join the cgroup by /sys/fs/cgroup/pids/nonexistent/tasks");
	(void)rmdir("/sys/fs/cgroup/pids/caisson-test/sub");
	(void)rmdir("/sys/fs/cgroup/pids/caisson-test");
}

/* A program that allows no device but 1:3. */
static const struct bpf_insn ONLY_NULL[] = {
	{.code = BPF_LDX | BPF_MEM | BPF_W, .dst_reg = 2, .src_reg = 1, .off = 4},
	{.code = BPF_LDX | BPF_MEM | BPF_W, .dst_reg = 3, .src_reg = 1, .off = 8},
	{.code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = 0, .imm = 0},
	{.code = BPF_JMP | BPF_JNE | BPF_K, .dst_reg = 2, .off = 2, .imm = 1},
	{.code = BPF_JMP | BPF_JNE | BPF_K, .dst_reg = 3, .off = 1, .imm = 3},
	{.code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = 0, .imm = 1},
	{.code = BPF_JMP | BPF_EXIT},
};

static const char *unified(void)
{
	return access("/sys/fs/cgroup/cgroup.controllers", F_OK) == 0 ? "/sys/fs/cgroup" : "/sys/fs/cgroup/unified";
}

static void device_programs(void)
{
	char directory[128], procs[160];

	if (access(unified(), F_OK) != 0) {
		tap_skip("there is no cgroup2 hierarchy", "device rules");
		return;
	}
	snprintf(directory, sizeof directory, "%s/caisson-test", unified());
	snprintf(procs, sizeof procs, "%s/cgroup.procs", directory);
	start(0, NAMESPACES, "echo > /dev/null && echo null; head -c 0 /dev/zero 2>&1; cat /dev/zero 2>&1 | head -c 100");
	builder_put(&builder, E_CGROUP_MKDIR, "us", 0, directory);
	builder_put(&builder, E_CGROUP_DEVICES, "sb", directory, ONLY_NULL, sizeof ONLY_NULL);
	builder_put(&builder, E_CGROUP_JOIN, "s", procs);
	builder_bind(&builder, "/dev/zero", "/dev/zero", 0, 0);
	container_prints(&builder, "null\nhead: /dev/zero: Operation not permitted\ncat: can't open '/dev/zero': Operation not permitted\n",
			 "device rules of cgroup2");
	start(0, NAMESPACES, "true");
	builder_put(&builder, E_CGROUP_DEVICES, "sb", directory, "\0\0\0\0\0\0\0\0", (size_t)8);
	container_fails(&builder, PHASE_CGROUP, EINVAL, "attach the program with the device rules");
	(void)rmdir(directory);
}

static void own_files(const char *path)
{
	char command[512];

	snprintf(command, sizeof command, "chown -R %d:%d %s", OUTSIDE, OUTSIDE, path);
	if (system(command) != 0)
		tap_ok(false, "%s", command);
}

static void user_namespaces(void)
{
	static const char script[] = "id -u; tr -s ' ' < /proc/self/uid_map; touch /made && stat -c %u /made; stat -c %u /dev/null; hostname;"
				     "grep CapEff /proc/self/status; ifconfig lo 127.0.0.1 up && echo net; echo x > /dev/null && echo null";
	struct stat status;

	(void)chmod(sandbox_path(""), 0700);
	start(0, NAMESPACES | CLONE_NEWUSER | CLONE_NEWCGROUP, script);
	put_maps(OUTSIDE, 1000);
	builder_put(&builder, E_HOSTNAME, "s", "box");
	builder_put(&builder, E_OOM_SCORE_ADJ, "u", 3);
	builder_put(&builder, E_CAPS, "UUUUU", UINT64_C(0x3fffff), UINT64_C(0x3fffff), UINT64_C(0x3fffff), UINT64_C(0), UINT64_C(0));
	builder_put(&builder, E_IDENTITY, "uu", 0, 0);
	own_files(sandbox_path("root"));
	container_prints(&builder, "0\n 0 200000 1000\n0\n65534\nbox\nCapEff:\t00000000003fffff\nnet\nnull\n",
			 "a user namespace, whose root may not pass through the directories that lead to it");
	tap_ok(stat(sandbox_path("root/made"), &status) == 0 && status.st_uid == OUTSIDE, "... what it makes belongs to it outside");
	sandbox_file("private/secret", "secret\n", 0604);
	(void)chmod(sandbox_path("private"), 0700);
	start(0, NAMESPACES | CLONE_NEWUSER, "cat /secret; id -u; stat -c %u /proc/self/fd/1 -L; echo 7 > /dev/stdout");
	put_maps(OUTSIDE, 2000);
	builder_put(&builder, E_USER, "s", "alice");
	builder_put(&builder, E_SYMLINK, "ss", "/proc/self/fd/1", "/dev/stdout");
	builder_bind(&builder, sandbox_path("private/secret"), "/secret", 0, 0);
	container_prints(&builder, "secret\n1000\n1000\n7\n", "... a bind from where it may not go, and pipes of its own");
	start(0, NAMESPACES | CLONE_NEWUSER | CLONE_NEWTIME, "cat /proc/self/setgroups; tail -1 /proc/self/timens_offsets | tr -s ' '");
	put_maps(OUTSIDE, 1000);
	builder_put(&builder, E_SETGROUPS, "u", 0);
	builder_put(&builder, E_TIME_OFFSET, "uUu", 7, UINT64_C(77), 0);
	builder_put(&builder, E_IDENTITY, "uu", 0, 0);
	container_prints(&builder, "deny\nboottime 77 0\n", "... setgroups denied, time offsets");
	start(0, NAMESPACES | CLONE_NEWUSER, "true");
	put_maps(OUTSIDE, 1000);
	builder_put(&builder, E_USER, "s", "5000");
	container_fails(&builder, PHASE_IDENTITY, EINVAL, "become user 5000, which the user namespace does not have");
	start(0, NAMESPACES | CLONE_NEWUSER, "true");
	builder_put(&builder, E_UID_MAP, "nuuuuuu", 2, 0, 1000, 10, 5, 2000, 10);
	builder_put(&builder, E_GID_MAP, "nuuu", 1, 0, 0, 1);
	container_fails(&builder, PHASE_NAMESPACE, EINVAL, "write the uid_map of the user namespace: 0 1000 10");
	start(0, NAMESPACES | CLONE_NEWUSER, "true");
	put_maps(OUTSIDE, 1000);
	builder_put(&builder, E_DEVICE, "suuuuuu", "/dev/full", 'c', 1, 9, 0666, 0, 0);
	container_fails(&builder, PHASE_DEVICE, 0, "the host's is another device");
	start(PLAN_INIT_REAPER | PLAN_TTY, NAMESPACES | CLONE_NEWUSER, "tty; echo $$");
	put_maps(OUTSIDE, 1000);
	builder_mount(&builder, "devpts", "/dev/pts", "newinstance,ptmxmode=0666,mode=0620,gid=5", 0);
	container_prints(&builder, "/dev/pts/0\r\n2\r\n", "... a terminal behind an init");
}


int main(void)
{
	if (!container_begin())
		return tap_done();
	simple_namespaces();
	cgroups();
	device_programs();
	user_namespaces();
	return container_end();
}
