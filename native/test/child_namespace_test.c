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
#include <sys/prctl.h>
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

static void put_cgroup_view(void)
{
	builder_put(&builder, E_MOUNT, "uuUUUuuussssb", MOUNT_CGROUP, 0, (uint64_t)MS_RDONLY, UINT64_C(0), UINT64_C(0), 0, 0, 0755,
		    "cgroup", "/sys/fs/cgroup", "", "", "", (size_t)0);
}

/* The root of the hierarchy has no cgroup.type. */
static void unified_views(uint32_t namespaces, const char *text)
{
	start(0, namespaces, "cat /sys/fs/cgroup/cgroup.type; echo > /sys/fs/cgroup/cgroup.procs");
	builder_put(&builder, E_CGROUP_MKDIR, "us", 0, "/sys/fs/cgroup/caisson-test");
	builder_put(&builder, E_CGROUP_JOIN, "s", "/sys/fs/cgroup/caisson-test/cgroup.procs");
	put_cgroup_view();
	container_prints(&builder, "domain\nsh: can't create /sys/fs/cgroup/cgroup.procs: Read-only file system\n", text);
	(void)rmdir("/sys/fs/cgroup/caisson-test");
}

static void cgroups(void)
{
	if (access("/sys/fs/cgroup/cgroup.controllers", F_OK) == 0) {
		unified_views(NAMESPACES | CLONE_NEWCGROUP, "a cgroup of cgroup2 that its namespace shows as the root");
		unified_views(NAMESPACES, "... and one without a namespace");
		return;
	}
	if (access("/sys/fs/cgroup/pids", F_OK) != 0) {
		tap_skip("the host has no cgroups mounted", "cgroups");
		return;
	}
	start(0, NAMESPACES | CLONE_NEWCGROUP, "cat /proc/self/cgroup | grep pids | cut -d: -f3; cat /sys/fs/cgroup/pids/pids.max; (true) ; ls -d /sys/fs/cgroup/systemd");
	builder_put(&builder, E_CGROUP_MKDIR, "us", 0, "/sys/fs/cgroup/pids/caisson-test");
	builder_put(&builder, E_CGROUP_MKDIR, "us", 0, "/sys/fs/cgroup/pids/caisson-test/sub");
	builder_put(&builder, E_CGROUP_WRITE, "ss", "/sys/fs/cgroup/pids/caisson-test/sub/pids.max", "9");
	builder_put(&builder, E_CGROUP_JOIN, "s", "/sys/fs/cgroup/pids/caisson-test/sub/tasks");
	put_cgroup_view();
	container_prints(&builder, "/\n9\n/sys/fs/cgroup/systemd\n", "a cgroup that its namespace shows as the root");
	start(0, NAMESPACES, "cat /sys/fs/cgroup/pids/pids.max");
	builder_put(&builder, E_CGROUP_MKDIR, "us", 1, "/sys/fs/cgroup/pids/caisson-test/sub");
	builder_put(&builder, E_CGROUP_JOIN, "s", "/sys/fs/cgroup/pids/caisson-test/sub/tasks");
	put_cgroup_view();
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

static const char *unified(void)
{
	return access("/sys/fs/cgroup/cgroup.controllers", F_OK) == 0 ? "/sys/fs/cgroup" : "/sys/fs/cgroup/unified";
}

/* A limit on processes may leave room for the init alone, not for those who make its user namespace. */
static void one_process(void)
{
	if (access("/sys/fs/cgroup/pids", F_OK) != 0) {
		tap_skip("the host has no v1 hierarchies", "one process in a user namespace");
		return;
	}
	start(0, NAMESPACES | CLONE_NEWUSER | CLONE_NEWCGROUP,
	      "while read line; do case $line in *:pids:*) echo $line | { :; }; esac; done < /proc/self/cgroup; echo alone");
	builder_put(&builder, E_UID_MAP, "nuuu", 1, 0, OUTSIDE, 1000);
	builder_put(&builder, E_GID_MAP, "nuuu", 1, 0, OUTSIDE, 1000);
	builder_put(&builder, E_CGROUP_MKDIR, "us", 0, "/sys/fs/cgroup/pids/caisson-test");
	builder_put(&builder, E_CGROUP_WRITE, "ss", "/sys/fs/cgroup/pids/caisson-test/pids.max", "1");
	builder_put(&builder, E_CGROUP_JOIN, "s", "/sys/fs/cgroup/pids/caisson-test/tasks");
	const struct launch_result *result = container_run(&builder);
	if (!tap_ok(result->started, "a user namespace in which there is room for one process"))
		tap_note("failed in phase %u, errno %d: %s", result->failed.phase, result->failed.error, result->text);
	tap_has(result->output, "can't fork", "... and for no second one");
	start(0, NAMESPACES | CLONE_NEWUSER | CLONE_NEWCGROUP, "while read line; do case $line in *:pids:*) echo $line; esac; done < /proc/self/cgroup");
	builder_put(&builder, E_UID_MAP, "nuuu", 1, 0, OUTSIDE, 1000);
	builder_put(&builder, E_GID_MAP, "nuuu", 1, 0, OUTSIDE, 1000);
	builder_put(&builder, E_CGROUP_JOIN, "s", "/sys/fs/cgroup/pids/caisson-test/tasks");
	result = container_run(&builder);
	tap_has(result->output, ":pids:/\n", "... whose group is the root of its cgroup namespace");
	(void)rmdir("/sys/fs/cgroup/pids/caisson-test");
}

/* A user namespace's process in a group of cgroup2 that it is born in. */
static void born_in_cgroup(void)
{
	char directory[128];

	if (access(unified(), F_OK) != 0) {
		tap_skip("there is no cgroup2 hierarchy", "born in a cgroup");
		return;
	}
	snprintf(directory, sizeof directory, "%s/caisson-test", unified());
	start(PLAN_CGROUP_IN_PARENT, NAMESPACES | CLONE_NEWUSER | CLONE_NEWCGROUP, "grep ^0:: /proc/self/cgroup; grep ^0:: /proc/1/cgroup");
	builder_put(&builder, E_UID_MAP, "nuuu", 1, 0, OUTSIDE, 1000);
	builder_put(&builder, E_GID_MAP, "nuuu", 1, 0, OUTSIDE, 1000);
	builder_put(&builder, E_CGROUP_INTO, "s", directory);
	(void)mkdir(directory, 0755);
	container_prints(&builder, "0::/\n0::/\n", "a user namespace's process is born in its cgroup");
	(void)rmdir(directory);
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
	start(0, NAMESPACES | CLONE_NEWUSER | CLONE_NEWCGROUP, "ls /sys/fs/cgroup | wc -l; grep -c cgroup /proc/self/mountinfo");
	put_maps(OUTSIDE, 1000);
	put_cgroup_view();
	const struct launch_result *view = container_run(&builder);
	tap_ok(view->started && view->output[0] > '0', "a user namespace mounts the cgroups of its own namespace");
	busybox_bare_plan(&builder, PLAN_INIT, PLAN_NEW_ROOT, "ls -d /sys/kernel /proc/version; touch /sys/x 2>&1; "
								     "readlink /proc/self/ns/net");
	builder_put(&builder, E_NS_NEW, "u", CLONE_NEWNS | CLONE_NEWUSER);
	builder_put(&builder, E_ROOT_BIND, "s", sandbox_path("root"));
	put_maps(OUTSIDE, 1000);
	builder_put(&builder, E_IDENTITY, "uu", 0, 0);
	builder_mount(&builder, "proc", "/proc", "", MS_NOSUID);
	builder_mount(&builder, "sysfs", "/sys", "", MS_RDONLY);
	view = container_run(&builder);
	if (!view->started)
		tap_note("failed in phase %u, errno %d: %s", view->failed.phase, view->failed.error, view->text);
	tap_has(view->output, "/proc/version\n/sys/kernel\ntouch: /sys/x: Read-only file system\n",
		"a user namespace in the host's other namespaces is shown what they have");
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



/* A mount point of the host gets a mapped copy of its own. */
static void mapped_mount_of_host(void)
{
	char script[1024], mounted[256];

	snprintf(mounted, sizeof mounted, "%s", sandbox_path("root"));
	if (mount(mounted, mounted, NULL, MS_BIND, NULL) != 0)
		tap_ok(false, "bind the root");
	snprintf(script, sizeof script, "stat -c %%u %s/etc/passwd; touch %s/etc/made && stat -c %%u %s/etc/made; ls -d /bin/sh", mounted,
		 mounted, mounted);
	busybox_bare_plan(&builder, PLAN_INIT, PLAN_NEW_ROOT | PLAN_ROOT_IDMAP, script);
	builder_put(&builder, E_PROGRAM, "s", "/bin/busybox");
	builder_put(&builder, E_NS_NEW, "u", NAMESPACES | CLONE_NEWUSER);
	builder_put(&builder, E_ROOT_HOST_COPY, "sS", "mode=755,size=64m", (const char *const[]){mounted, NULL});
	put_maps(OUTSIDE, 1000);
	builder_put(&builder, E_IDENTITY, "uu", 0, 0);
	container_prints(&builder, "0\n0\n/bin/sh\n", "... with a mount of the host");
	tap_ok(access(sandbox_path("root/etc/made"), F_OK) != 0, "... which is left alone, too");
	(void)umount2(mounted, MNT_DETACH);
}

/* What is on disk as the host's root's is the container's root's. */
static void mapped_roots(void)
{
	static const char script[] = "stat -c %u /etc/passwd; touch /etc/made && stat -c %u:%g /etc/made; chown 5 /etc/made && stat -c %u /etc/made";
	char root[256];
	struct stat status;

	snprintf(root, sizeof root, "chown -R 0:0 %s", sandbox_path("root"));
	if (system(root) != 0)
		tap_ok(false, "%s", root);
	start(PLAN_ROOT_IDMAP, NAMESPACES | CLONE_NEWUSER, script);
	put_maps(OUTSIDE, 1000);
	builder_put(&builder, E_IDENTITY, "uu", 0, 0);
	container_prints(&builder, "0\n0:0\n5\n", "an id-mapped directory as the root");
	tap_ok(stat(sandbox_path("root/etc/made"), &status) == 0 && status.st_uid == 5, "... keeps the ids on disk");
	(void)unlink(sandbox_path("root/etc/made"));
	sandbox_directory("upper");
	sandbox_directory("work");
	own_files(sandbox_path("upper"));
	own_files(sandbox_path("work"));
	busybox_bare_plan(&builder, PLAN_INIT, PLAN_NEW_ROOT | PLAN_ROOT_IDMAP, script);
	builder_put(&builder, E_NS_NEW, "u", NAMESPACES | CLONE_NEWUSER);
	snprintf(root, sizeof root, "%s", sandbox_path("root"));
	builder_put(&builder, E_ROOT_OVERLAY, "Ssss", (const char *const[]){root, NULL}, sandbox_path("upper"), sandbox_path("work"), "");
	put_maps(OUTSIDE, 1000);
	builder_put(&builder, E_IDENTITY, "uu", 0, 0);
	container_prints(&builder, "0\n0:0\n5\n", "id-mapped layers of an overlay");
	tap_ok(stat(sandbox_path("upper/etc/made"), &status) == 0 && status.st_uid == OUTSIDE + 5, "... whose upper has the container's");
	busybox_bare_plan(&builder, PLAN_INIT, PLAN_NEW_ROOT | PLAN_ROOT_IDMAP, script);
	builder_put(&builder, E_PROGRAM, "s", "/bin/busybox");
	builder_put(&builder, E_NS_NEW, "u", NAMESPACES | CLONE_NEWUSER);
	builder_put(&builder, E_ROOT_HOST_COPY, "sS", "mode=755,size=64m", (const char *const[]){NULL});
	put_maps(OUTSIDE, 1000);
	builder_put(&builder, E_IDENTITY, "uu", 0, 0);
	builder_mount(&builder, "proc", "/proc", "", 0);
	builder_mount(&builder, "sysfs", "/sys", "", MS_RDONLY);
	builder_mount(&builder, "mqueue", "/dev/mqueue", "", 0);
	container_prints(&builder, "0\n0:0\n5\n", "an id-mapped copy of the host");
	tap_ok(access("/etc/made", F_OK) != 0, "... leaves the host alone");
	mapped_mount_of_host();
}

static void put_mapped_bind(uint32_t outside, uint32_t idmap)
{
	builder_put(&builder, E_IDMAP, "nuuunuuu", 1, 0, outside, 10, 1, 0, outside + 1000, 10);
	builder_put(&builder, E_MOUNT, "uuUUUuuussssb", MOUNT_BIND, 0, UINT64_C(0), UINT64_C(0), UINT64_C(0), idmap, 0, 0755,
		    sandbox_path("owned"), "/mnt", "", "", "", (size_t)0);
}

/* A bind whose owners are others than on disk, whether the container has users of its own or not. */
static void mapped_binds(void)
{
	static const char script[] = "stat -c %u:%g /mnt/file";

	sandbox_directory("owned");
	sandbox_file("owned/file", "x", 0644);
	if (chown(sandbox_path("owned/file"), 3, 4) != 0)
		tap_ok(false, "give a file away: %s", strerror(errno));
	start(0, NAMESPACES, script);
	put_mapped_bind(5000, 1);
	container_prints(&builder, "5003:6004\n", "an id-mapped bind");
	start(0, NAMESPACES & ~(uint32_t)CLONE_NEWPID, script);
	builder_put(&builder, E_IDMAP, "nuuunuuu", 1, 0, 70000, 10, 1, 0, 70000, 10);
	put_mapped_bind(5000, 2);
	container_prints(&builder, "5003:6004\n", "the second of two maps");
	start(0, NAMESPACES | CLONE_NEWUSER, script);
	put_maps(OUTSIDE, 5000);
	builder_put(&builder, E_IDENTITY, "uu", 0, 0);
	own_files(sandbox_path("root"));
	put_mapped_bind(OUTSIDE + 20, 1);
	container_prints(&builder, "23:1024\n", "an id-mapped bind in a user namespace");
}

struct second {
	uint32_t flags, join;
	const char *script, *user, *input;
	bool maps;
	struct launch_result result;
};

/* Runs a second process in the container whose init has this pid. */
static void enter(pid_t pid, void *context)
{
	struct second *second = context;
	struct plan_builder other;
	struct launcher launcher;

	busybox_bare_plan(&other, PLAN_EXEC, second->flags, second->script);
	builder_put(&other, E_TARGET, "U", UINT64_C(1));
	builder_put(&other, E_NS_JOIN, "uu", second->join, 0);
	if (second->maps) {
		builder_put(&other, E_UID_MAP, "nuuu", 1, 0, OUTSIDE, 2000);
		builder_put(&other, E_GID_MAP, "nuuu", 1, 0, OUTSIDE, 2000);
	}
	if (second->user)
		builder_put(&other, E_USER, "s", second->user);
	launcher_init(&launcher, &other);
	launcher.input = second->input;
	launcher.target_pidfd = (int)syscall(SYS_pidfd_open, pid, 0);
	second->result = *launcher_run(&launcher);
	(void)close(launcher.target_pidfd);
	builder_free(&other);
	(void)kill(pid, SIGKILL);
}

static const char *run_second(struct second *second)
{
	struct launcher launcher;

	launcher_init(&launcher, &builder);
	launcher.on_started = enter;
	launcher.context = second;
	(void)container_launch(&launcher);
	if (!second->result.started)
		tap_note("failed in phase %u, errno %d: %s", second->result.failed.phase, second->result.failed.error,
			 second->result.text);
	return second->result.output;
}

static void second_processes(void)
{
	static struct second second;

	second = (struct second){.join = NAMESPACES, .user = "alice",
				 .script = "hostname; ps -o pid | head -2 | tail -1 | tr -d ' '; id; pwd; ls -d /bin /root; cat", .input = "input\n"};
	start(0, NAMESPACES, "exec sleep 100");
	builder_put(&builder, E_HOSTNAME, "s", "box");
	tap_is(run_second(&second), "box\n1\nuid=1000(alice) gid=100(users) groups=10(wheel),100(users)\n/\nls: /root: No such file or directory\n/bin\ninput\n",
	       "a second process in a container");
	second = (struct second){.join = NAMESPACES | CLONE_NEWUSER, .maps = true, .user = "alice",
				 .script = "id -u; tr -s ' ' < /proc/self/uid_map; echo 7 > /proc/self/fd/1"};
	start(0, NAMESPACES | CLONE_NEWUSER, "exec sleep 100");
	put_maps(OUTSIDE, 2000);
	builder_put(&builder, E_IDENTITY, "uu", 0, 0);
	tap_is(run_second(&second), "1000\n 0 200000 2000\n7\n", "... in one with a user namespace");
	second = (struct second){.flags = PLAN_TTY, .join = NAMESPACES, .user = "alice", .script = "tty; echo x > /dev/tty && echo leads"};
	start(0, NAMESPACES, "exec sleep 100");
	builder_mount(&builder, "devpts", "/dev/pts", "newinstance,ptmxmode=0666,mode=0620,gid=5", 0);
	builder_put(&builder, E_DEVICE, "suuuuuu", "/dev/tty", 'c', 5, 0, 0666, 0, 0);
	tap_is(run_second(&second), "/dev/pts/0\r\nx\r\nleads\r\n", "... with a terminal");
	second = (struct second){.join = NAMESPACES, .script = "ls /proc/self/fd | grep -v 3; grep -c . /proc/self/mountinfo"};
	start(PLAN_NO_PIVOT, NAMESPACES, "exec sleep 100");
	tap_has(run_second(&second), "0\n1\n2\n", "... in one that did without pivot_root");
	second = (struct second){.join = NAMESPACES, .script = "nonsense"};
	start(0, NAMESPACES, "exec sleep 100");
	(void)run_second(&second);
	tap_number(WEXITSTATUS(second.result.status), 127, "... that can't be executed");
}

static void joined_namespaces(void)
{
	struct launcher launcher;
	int net = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
	char own[64] = "";

	(void)!readlink("/proc/self/ns/net", own, sizeof own - 1);
	start(0, CLONE_NEWNS | CLONE_NEWPID, "readlink /proc/self/ns/net");
	launcher_init(&launcher, &builder);
	builder_put(&builder, E_NS_JOIN, "uu", CLONE_NEWNET, launcher_add(&launcher, net));
	const struct launch_result *result = container_launch(&launcher);
	tap_has(result->output, own, "a namespace joined by its file");
	start(0, CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWUSER, "readlink /proc/self/ns/net; id -u");
	put_maps(OUTSIDE, 1000);
	builder_put(&builder, E_IDENTITY, "uu", 0, 0);
	launcher_init(&launcher, &builder);
	builder_put(&builder, E_NS_JOIN, "uu", CLONE_NEWNET, launcher_add(&launcher, net));
	result = container_launch(&launcher);
	tap_has(result->output, own, "... by a container with a user namespace of its own");
	start(0, CLONE_NEWNS, "true");
	launcher_init(&launcher, &builder);
	builder_put(&builder, E_NS_JOIN, "uu", CLONE_NEWIPC, launcher_add(&launcher, net));
	result = container_launch(&launcher);
	tap_is(result->text, "join the namespaces ipc", "a file of another kind of namespace");
	(void)close(net);
}

/* The mounts of a container stay its own even where its binds are shared with the host. */
static void shared_mounts(void)
{
	char table[1 << 16];

	sandbox_directory("shared/below");
	if (mount(sandbox_path("shared"), sandbox_path("shared"), NULL, MS_BIND, NULL) != 0 ||
	    mount(NULL, sandbox_path("shared"), NULL, MS_SHARED, NULL) != 0)
		tap_ok(false, "make a shared mount");
	start(0, NAMESPACES, "mount -t tmpfs inner /shared/below && mount -t tmpfs own /private/below && mount -t tmpfs t /tmp && echo done");
	builder_put(&builder, E_ROOT_PROPAGATION, "U", (uint64_t)(MS_REC | MS_SHARED));
	builder_put(&builder, E_MOUNT, "uuUUUuuussssb", MOUNT_BIND, 0, UINT64_C(0), UINT64_C(0), (uint64_t)MS_SHARED, 0, 0, 0755,
		    sandbox_path("shared"), "/shared", "", "", "", (size_t)0);
	builder_bind(&builder, sandbox_path("shared"), "/private", 0, 0);
	container_prints(&builder, "done\n", "a mount that is shared with the host");
	read_file("/proc/self/mountinfo", table, sizeof table);
	tap_ok(strstr(table, "/shared/below ") != NULL, "... shows what the container mounts there on the host");
	tap_ok(strstr(table, " own ") == NULL && strstr(table, " - tmpfs t ") == NULL, "... and nothing else");
	(void)umount2(sandbox_path("shared/below"), MNT_DETACH);
	(void)umount2(sandbox_path("shared"), MNT_DETACH);
	start(0, NAMESPACES, "grep ' / / ' /proc/self/mountinfo | grep -c -e shared: -e master:; grep -c unbindable /proc/self/mountinfo");
	builder_put(&builder, E_ROOT_FINAL_PROPAGATION, "U", (uint64_t)MS_UNBINDABLE);
	container_prints(&builder, "0\n1\n", "the root's own propagation");
}

/* Somebody without any rights makes a container of all that is his. */
static void no_rights(void)
{
	const uid_t user = 12345;
	int status;
	pid_t pid;

	(void)fflush(stdout);
	(void)chmod(sandbox_path(""), 0755);
	pid = fork();
	if (pid == 0) {
		if (setresgid(user, user, user) != 0 || setresuid(user, user, user) != 0 || prctl(PR_SET_DUMPABLE, 1) != 0)
			_exit(9);
		start(PLAN_LOOPBACK, NAMESPACES | CLONE_NEWUSER | CLONE_NEWCGROUP, "id -u; hostname; echo x > /dev/null && echo null; cat /dev/hosts; ls /proc | grep -c version");
		builder_put(&builder, E_UID_MAP, "nuuu", 1, 0, user, 1);
		builder_put(&builder, E_GID_MAP, "nuuu", 1, 0, user, 1);
		builder_put(&builder, E_SETGROUPS, "u", 0);
		builder_put(&builder, E_IDENTITY, "uu", 0, 0);
		builder_put(&builder, E_HOSTNAME, "s", "box");
		builder_put(&builder, E_OOM_SCORE_ADJ, "u", 7);
		builder_bind(&builder, sandbox_path("root/etc/passwd"), "/etc/group", 0, 0);
		builder_content(&builder, "hosts\n", "/dev/hosts", 0644);
		builder_bind(&builder, sandbox_path("root/bin"), "/bin", 0, MS_RDONLY);
		const struct launch_result *result = container_run(&builder);
		if (!result->started || strcmp(result->output, "0\nbox\nnull\nhosts\n1\n") != 0) {
			tap_note("failed in phase %u, errno %d: %s, or printed %s", result->failed.phase, result->failed.error,
				 result->text, result->output);
			(void)fflush(stdout);
			_exit(1);
		}
		_exit(0);
	}
	(void)waitpid(pid, &status, 0);
	tap_number(status, 0, "a container made by somebody without any rights");
}

int main(void)
{
	if (!container_begin())
		return tap_done();
	simple_namespaces();
	cgroups();
	device_programs();
	one_process();
	born_in_cgroup();
	user_namespaces();
	mapped_roots();
	mapped_binds();
	second_processes();
	joined_namespaces();
	shared_mounts();
	no_rights();
	return container_end();
}
