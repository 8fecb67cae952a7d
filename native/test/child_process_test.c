/* SPDX-License-Identifier: Apache-2.0 */
/* The process itself: what it executes, as whom, within which limits, and when. */
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/container.h"

#define CAP(name) (UINT64_C(1) << (name))

static struct plan_builder builder;

static void programs(void)
{
	static const char *const absent[] = {"no-such-program", NULL}, *const path[] = {"/bin/nothing", NULL},
					*const file[] = {"/etc/passwd", NULL}, *const directory[] = {"/etc", NULL},
					*const text[] = {"/bin/text", NULL}, *const script[] = {"/bin/script", NULL},
					*const closed[] = {"closed", NULL};
	static const struct {
		const char *const *argv;
		int error;
		unsigned int exec_code;
		const char *text;
	} cases[] = {
		{absent, ENOENT, 127, "exec: \"no-such-program\": executable file not found in $PATH"},
		{path, ENOENT, 127, "exec: \"/bin/nothing\": stat /bin/nothing: no such file or directory"},
		{file, EACCES, 126, "exec: \"/etc/passwd\": permission denied"},
		{directory, EISDIR, 126, "exec: \"/etc\": is a directory"},
		{text, ENOEXEC, 126, "exec: \"/bin/text\": exec format error"},
		{script, ENOENT, 127, "exec: \"/bin/script\": its interpreter or loader is not there"},
		{closed, EACCES, 126, "exec: \"closed\": permission denied"},
	};

	sandbox_file("root/bin/text", "just text\n", 0755);
	sandbox_file("root/bin/script", "#!/nonexistent/interpreter\n", 0755);
	sandbox_file("root/bin/closed", "x", 0644);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		builder_start(&builder, PLAN_INIT, PLAN_NEW_ROOT);
		builder_put(&builder, E_ARGV, "S", cases[i].argv);
		builder_put(&builder, E_ENV, "S", (const char *const[]){"PATH=/nonexistent:/bin", NULL});
		builder_put(&builder, E_NS_NEW, "u", CLONE_NEWNS);
		builder_put(&builder, E_ROOT_BIND, "s", sandbox_path("root"));
		const struct launch_result *result = container_run(&builder);
		tap_ok(!result->started && result->failed.phase == PHASE_EXEC && result->failed.error == cases[i].error &&
			       result->failed.exec_code == cases[i].exec_code,
		       "a program that can't be: code %u", cases[i].exec_code);
		tap_is(result->text, cases[i].text, "... and says why");
	}
	busybox_bare_plan(&builder, PLAN_HOST, 0, "echo $0 $PWD $A; exit 7");
	builder_put(&builder, E_PROGRAM, "s", "/bin/busybox");
	builder_put(&builder, E_CWD, "s", "/etc");
	const struct launch_result *result = container_run(&builder);
	tap_is(result->output, "sh /etc\n", "a process of the host, whose program is not its argv[0]");
	tap_number(WEXITSTATUS(result->status), 7, "... and its exit code");
}

static void too_many_arguments(void)
{
	static char large[200000];
	const char *argv[40];

	memset(large, 'x', sizeof large - 1);
	large[131000] = '\0';
	for (int i = 0; i < 39; i++)
		argv[i] = i ? large : "/bin/true";
	argv[39] = NULL;
	builder_start(&builder, PLAN_INIT, 0);
	builder_put(&builder, E_ARGV, "S", argv);
	builder_put(&builder, E_RLIMIT, "uUU", RLIMIT_STACK, UINT64_C(1) << 20, UINT64_C(1) << 23);
	container_fails(&builder, PHASE_EXEC, E2BIG, "argument list too long");
}

static void users(void)
{
	static const char script[] = "id; echo $HOME; stat -c %u /proc/self/fd/1 -L";

	busybox_plan(&builder, PLAN_DEFAULT_HOME, script);
	builder_put(&builder, E_USER, "s", "alice");
	container_prints(&builder, "uid=1000(alice) gid=100(users) groups=10(wheel),100(users)\n/home/alice\n1000\n", "a user by name");
	busybox_plan(&builder, PLAN_DEFAULT_HOME, script);
	builder_put(&builder, E_USER, "s", "1:2");
	builder_put(&builder, E_GROUPS, "S", (const char *const[]){"wheel", "77", NULL});
	container_prints(&builder, "uid=1 gid=2 groups=2,10(wheel),77\n/\n1\n", "a user and groups by id");
	busybox_plan(&builder, PLAN_DEFAULT_HOME, script);
	builder_put(&builder, E_IDENTITY, "uu", 0, 5);
	container_prints(&builder, "uid=0(root) gid=5 groups=5\n/root\n0\n", "an identity that is looked up for its home alone");
	busybox_plan(&builder, 0, "true");
	builder_put(&builder, E_USER, "s", "mallory");
	container_fails(&builder, PHASE_USER, 0, "unable to find user mallory: no matching entries in passwd file");
	busybox_plan(&builder, 0, "true");
	builder_put(&builder, E_GROUPS, "S", (const char *const[]){"nobodys", NULL});
	container_fails(&builder, PHASE_USER, 0, "unable to find group nobodys: no matching entries in group file");
}

static void put_capabilities(uint64_t bounding, uint64_t effective, uint64_t permitted, uint64_t inheritable, uint64_t ambient)
{
	builder_put(&builder, E_CAPS, "UUUUU", bounding, effective, permitted, inheritable, ambient);
}

static void capabilities(void)
{
	static const char script[] = "grep -E '^(Cap|NoNew)' /proc/self/status";
	uint64_t some = CAP(CAP_CHOWN) | CAP(CAP_KILL) | CAP(CAP_NET_BIND_SERVICE);

	busybox_plan(&builder, 0, script);
	put_capabilities(some, some, some, 0, 0);
	container_prints(&builder,
			 "CapInh:\t0000000000000000\nCapPrm:\t0000000000000421\nCapEff:\t0000000000000421\nCapBnd:\t0000000000000421\n"
			 "CapAmb:\t0000000000000000\nNoNewPrivs:\t0\n",
			 "capabilities of root: none can be inherited (CVE-2022-29162)");
	busybox_plan(&builder, PLAN_NO_NEW_PRIVS, script);
	builder_put(&builder, E_IDENTITY, "uu", 1000, 1000);
	put_capabilities(some, some, some, CAP(CAP_KILL), CAP(CAP_KILL));
	container_prints(&builder,
			 "CapInh:\t0000000000000020\nCapPrm:\t0000000000000020\nCapEff:\t0000000000000020\nCapBnd:\t0000000000000421\n"
			 "CapAmb:\t0000000000000020\nNoNewPrivs:\t1\n",
			 "ambient capabilities of another user, no_new_privs");
	busybox_plan(&builder, 0, script);
	builder_put(&builder, E_IDENTITY, "uu", 1000, 1000);
	put_capabilities(some, some, some, 0, 0);
	container_prints(&builder,
			 "CapInh:\t0000000000000000\nCapPrm:\t0000000000000000\nCapEff:\t0000000000000000\nCapBnd:\t0000000000000421\n"
			 "CapAmb:\t0000000000000000\nNoNewPrivs:\t0\n",
			 "another user has none left after execve");
	busybox_plan(&builder, 0, "true");
	put_capabilities(0, some, CAP(63), 0, 0);
	container_fails(&builder, PHASE_IDENTITY, EPERM, "set the capabilities");
}

static void limits(void)
{
	busybox_plan(&builder, 0, "ulimit -n; ulimit -Hn; umask; cat /proc/self/oom_score_adj; cut -d' ' -f19 /proc/self/stat; grep Cpus_allowed: /proc/self/status;"
				  "grep Threads /proc/self/status");
	builder_put(&builder, E_RLIMIT, "uUU", RLIMIT_NOFILE, UINT64_C(9), UINT64_C(10));
	builder_put(&builder, E_UMASK, "u", 077);
	builder_put(&builder, E_OOM_SCORE_ADJ, "u", 500);
	builder_put(&builder, E_SCHEDULER, "uUuuUUU", 0, UINT64_C(0), 5, 0, UINT64_C(0), UINT64_C(0), UINT64_C(0));
	builder_put(&builder, E_CPU_AFFINITY_INITIAL, "b", "\3", (size_t)1);
	builder_put(&builder, E_CPU_AFFINITY, "b", "\1", (size_t)1);
	builder_put(&builder, E_IO_PRIORITY, "uu", 2, 7);
	builder_put(&builder, E_MEMORY_POLICY, "ub", 2, "\1", (size_t)1);
	container_prints(&builder, "9\n10\n0077\n500\n5\nCpus_allowed:\t1\nThreads:\t1\n", "limits of all kinds");
	busybox_plan(&builder, 0, "uname -m; umask");
	builder_put(&builder, E_PERSONALITY, "U", UINT64_C(8));
	container_prints(&builder, "i686\n0022\n", "personality, and the usual umask");
	busybox_plan(&builder, 0, "true");
	builder_put(&builder, E_RLIMIT, "uUU", RLIMIT_NOFILE, UINT64_C(11), UINT64_C(10));
	container_fails(&builder, PHASE_LIMIT, EINVAL, "set resource limit 7 to soft 11, hard 10");
	busybox_plan(&builder, 0, "true");
	builder_put(&builder, E_OOM_SCORE_ADJ, "u", 5000);
	container_fails(&builder, PHASE_LIMIT, EINVAL, "set the out-of-memory score adjustment to 5000");
	busybox_plan(&builder, 0, "true");
	builder_put(&builder, E_SCHEDULER, "uUuuUUU", 99, UINT64_C(0), 0, 0, UINT64_C(0), UINT64_C(0), UINT64_C(0));
	container_fails(&builder, PHASE_LIMIT, EINVAL, "set scheduling policy 99");
}

static void working_directories(void)
{
	busybox_plan(&builder, PLAN_CREATE_CWD, "pwd; stat -c %a .");
	builder_put(&builder, E_CWD, "s", "/srv/made/here");
	container_prints(&builder, "/srv/made/here\n755\n", "a working directory that is made");
	busybox_plan(&builder, 0, "true");
	builder_put(&builder, E_CWD, "s", "/srv/absent");
	container_fails(&builder, PHASE_CWD, ENOENT, "enter the working directory /srv/absent");
	sandbox_directory("root/private");
	(void)chmod(sandbox_path("root/private"), 0700);
	if (chown(sandbox_path("root/private"), 1000, 100) != 0)
		tap_ok(false, "chown");
	busybox_plan(&builder, 0, "pwd");
	builder_put(&builder, E_CWD, "s", "/private");
	builder_put(&builder, E_USER, "s", "alice");
	put_capabilities(0, 0, 0, 0, 0);
	container_prints(&builder, "/private\n", "a working directory that only the user may enter");
}

static void descriptors(void)
{
	struct launcher launcher;
	int file = open(sandbox_path("root/etc/passwd"), O_RDONLY | O_CLOEXEC), other = open("/dev/null", O_RDONLY | O_CLOEXEC);

	busybox_plan(&builder, 0, "ls /proc/self/fd | grep -v 3; head -c 4 <&7; cat");
	launcher_init(&launcher, &builder);
	launcher.input = "input\n";
	builder_put(&builder, E_KEEP_FD, "uu", launcher_add(&launcher, other), 5);
	builder_put(&builder, E_KEEP_FD, "uu", launcher_add(&launcher, file), 7);
	const struct launch_result *result = container_launch(&launcher);
	tap_is(result->output, "0\n1\n2\n5\n7\nrootinput\n", "descriptors on their numbers, and no others");
	(void)close(file);
	(void)close(other);
	/* Each of the two wants the number that the other one has. */
	int low = fcntl(0, F_DUPFD_CLOEXEC, 3), high = open(sandbox_path("root/etc/passwd"), O_RDONLY | O_CLOEXEC);
	busybox_plan(&builder, 0, "true");
	launcher_init(&launcher, &builder);
	unsigned int a = launcher_add(&launcher, low), b = launcher_add(&launcher, high);
	builder_free(&builder);
	char script[64];
	snprintf(script, sizeof script, "head -c 4 <&%d", low);
	busybox_plan(&builder, 0, script);
	builder_put(&builder, E_KEEP_FD, "uu", b, low);
	builder_put(&builder, E_KEEP_FD, "uu", a, high);
	result = container_launch(&launcher);
	tap_is(result->output, "root", "descriptors that exchange their numbers");
	(void)close(low);
	(void)close(high);
}

static void hooks(void)
{
	struct launcher launcher;
	char path[256], other[256];

	sandbox_file("hook", "#!/bin/sh\nread line; echo \"$1 $line $KEY $(umask)\" >> $OUT; exit ${CODE:-0}\n", 0755);
	snprintf(path, sizeof path, "%s", sandbox_path("hook"));
	snprintf(other, sizeof other, "OUT=%s", sandbox_path("hook.out"));
	sandbox_file("root/bin/hook", "#!/bin/sh\necho \"start $(cat) $(id -u)\" > /tmp/start.out\n", 0755);
	(void)chmod(sandbox_path("root/tmp"), 0777);
	busybox_plan(&builder, PLAN_AWAIT_CONTINUE | PLAN_HOLD, "cat /tmp/start.out");
	builder_put(&builder, E_USER, "s", "alice");
	builder_put(&builder, E_HOOK_CREATE, "sSSu", path, (const char *const[]){"hook", "first", NULL},
		    (const char *const[]){"KEY=value", other, NULL}, 0);
	builder_put(&builder, E_HOOK_CREATE, "sSSu", path, (const char *const[]){"hook", "second", NULL},
		    (const char *const[]){other, NULL}, 10000);
	builder_put(&builder, E_HOOK_START, "sSSu", "/bin/hook", (const char *const[]){"hook", NULL},
		    (const char *const[]){"PATH=/bin", NULL}, 0);
	launcher_init(&launcher, &builder);
	launcher.create_state = "{\"status\":\"creating\"}\n";
	launcher.start_state = "{\"status\":\"created\"}";
	const struct launch_result *result = container_launch(&launcher);
	tap_is(result->output, "start {\"status\":\"created\"} 1000\n", "a hook at the start, in the container, as its user");
	tap_ok(result->created && result->ready, "... CREATED and READY came before");
	char text[256];
	tap_is(read_file(sandbox_path("hook.out"), text, sizeof text),
	       "first {\"status\":\"creating\"} value 0027\nsecond {\"status\":\"creating\"}  0027\n", "hooks at the creation, on the host");
}

static void failing_hooks(void)
{
	static const char *const none[] = {NULL};

	busybox_plan(&builder, 0, "true");
	builder_put(&builder, E_HOOK_CREATE, "sSSu", "/bin/sh",
		    (const char *const[]){"sh", "-c", "echo to stdout; echo what went wrong >&2; exit 3", NULL}, none, 0);
	container_fails(&builder, PHASE_HOOK, 0, "the hook /bin/sh ended with exit code 3: to stdout");
	busybox_plan(&builder, 0, "true");
	builder_put(&builder, E_HOOK_CREATE, "sSSu", "/bin/sh", (const char *const[]){"sh", "-c", "kill -TERM $$", NULL}, none, 0);
	container_fails(&builder, PHASE_HOOK, 0, "was killed by signal 15");
	busybox_plan(&builder, 0, "true");
	builder_put(&builder, E_HOOK_CREATE, "sSSu", "/nonexistent/hook", (const char *const[]){"hook", NULL}, none, 0);
	container_fails(&builder, PHASE_HOOK, 0, "exit code 127: /nonexistent/hook: No such file or directory");
	busybox_plan(&builder, 0, "true");
	builder_put(&builder, E_HOOK_CREATE, "sSSu", "/bin/sh", (const char *const[]){"sh", "-c", "echo slow; sleep 100", NULL}, none, 300);
	container_fails(&builder, PHASE_HOOK, ETIMEDOUT, "did not end within 300 ms: slow");
	busybox_plan(&builder, 0, "echo went on");
	builder_put(&builder, E_HOOK_CREATE, "sSSu", "/bin/sh", (const char *const[]){"sh", "-c", "exec sleep 2 & exit 0", NULL}, none, 1500);
	container_prints(&builder, "went on\n", "a hook that leaves somebody with its pipe behind is not waited for");
	busybox_plan(&builder, 0, "true");
	builder_put(&builder, E_HOOK_CREATE, "sSSu", "/bin/sh",
		    (const char *const[]){"sh", "-c", "head -c 3000000 /dev/zero | tr '\\0' x; echo the end; exit 1", NULL}, none, 0);
	container_fails(&builder, PHASE_HOOK, 0, "xxxthe end");
}

static void terminals(void)
{
	struct launcher launcher;

	busybox_plan(&builder, PLAN_TTY | PLAN_DEV_SETUP,
		     "tty; stty size; stat -c '%u %g %a' /dev/pts/0; echo x > /dev/tty && echo leads; stat -c %F /dev/console; read line; echo got $line");
	builder_mount(&builder, "devpts", "/dev/pts", "newinstance,ptmxmode=0666,mode=0620,gid=5", 0);
	builder_put(&builder, E_CONSOLE_SIZE, "uu", 40, 100);
	builder_put(&builder, E_USER, "s", "alice");
	launcher_init(&launcher, &builder);
	launcher.input = "typed\n";
	const struct launch_result *result = container_launch(&launcher);
	char *typed = strstr(result->output, "typed\r\n");
	if (typed) /* the echo of the terminal comes whenever it comes */
		memmove(typed, typed + 7, strlen(typed + 7) + 1);
	tap_is(result->output, "/dev/pts/0\r\n40 100\r\n1000 5 620\r\nx\r\nleads\r\ncharacter special file\r\ngot typed\r\n", "a terminal");
	busybox_plan(&builder, PLAN_TTY, "true");
	container_fails(&builder, PHASE_TERMINAL, ENOENT, "open /dev/pts/ptmx in the container, which needs a devpts");
	sandbox_directory("root/dev");
	busybox_plan(&builder, PLAN_TTY, "true");
	builder_mount(&builder, "tmpfs", "/dev/pts", "", 0);
	builder_put(&builder, E_DEVICE, "suuuuuu", "/dev/pts/ptmx", 'c', 1, 5, 0666, 0, 0);
	container_fails(&builder, PHASE_TERMINAL, 0, "that is no terminal multiplexer");
}

/* Refuses mkdir(2) with EPERM, allows all else. */
static const struct sock_filter NO_MKDIR[] = {
	BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_mkdir, 0, 1),
	BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
	BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
};

static void filters(void)
{
	static const char script[] = "mkdir /tmp/x 2>&1; grep -E '^(Seccomp:|CapEff|NoNewPrivs)' /proc/self/status";

	busybox_plan(&builder, 0, script);
	builder_put(&builder, E_SECCOMP, "ub", 0, NO_MKDIR, sizeof NO_MKDIR);
	put_capabilities(CAP(CAP_CHOWN), CAP(CAP_CHOWN), CAP(CAP_CHOWN), 0, 0);
	container_prints(&builder, "mkdir: can't create directory '/tmp/x': Operation not permitted\nCapEff:\t0000000000000001\nNoNewPrivs:\t0\nSeccomp:\t2\n",
			 "a filter without no_new_privs leaves no rights behind");
	busybox_plan(&builder, PLAN_NO_NEW_PRIVS | PLAN_INIT_REAPER, script);
	builder_put(&builder, E_USER, "s", "alice");
	builder_put(&builder, E_SECCOMP, "ub", 0, NO_MKDIR, sizeof NO_MKDIR);
	put_capabilities(0, 0, 0, 0, 0);
	container_prints(&builder, "mkdir: can't create directory '/tmp/x': Operation not permitted\nCapEff:\t0000000000000000\nNoNewPrivs:\t1\nSeccomp:\t2\n",
			 "a filter with no_new_privs");
	busybox_plan(&builder, 0, "true");
	builder_put(&builder, E_SECCOMP, "ub", 0, "\377\377\377\377\377\377\377\377", (size_t)8);
	container_fails(&builder, PHASE_SECURITY, EINVAL, "load the seccomp filter of 1 instructions");
}

static void listener(void)
{
	static const struct sock_filter allow[] = {BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)};
	char packet[256] = "", wanted[64];
	union {
		struct cmsghdr header;
		char space[CMSG_SPACE(sizeof(int))];
	} control;
	struct iovec part = {packet, sizeof packet - 1};
	struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};
	struct launcher launcher;
	int ends[2];

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
		return;
	busybox_plan(&builder, 0, "readlink /proc/self; true");
	launcher_init(&launcher, &builder);
	builder_put(&builder, E_SECCOMP, "ub", SECCOMP_FILTER_FLAG_NEW_LISTENER, allow, sizeof allow);
	builder_put(&builder, E_SECCOMP_LISTENER, "uS", launcher_add(&launcher, ends[1]), (const char *const[]){"{\"pid\":", "}", NULL});
	(void)container_launch(&launcher);
	ssize_t length = recvmsg(ends[0], &message, MSG_CMSG_CLOEXEC);
	tap_ok(length > 0 && CMSG_FIRSTHDR(&message), "a seccomp listener is handed on");
	snprintf(wanted, sizeof wanted, "{\"pid\":");
	tap_has(packet, wanted, "... with its message");
	tap_ok(!strstr(packet, "{\"pid\":1}"), "... and the pid as the host has it: %s", packet);
	if (CMSG_FIRSTHDR(&message))
		(void)close(*(int *)(void *)CMSG_DATA(CMSG_FIRSTHDR(&message)));
	(void)close(ends[0]);
	(void)close(ends[1]);
}

/* Runs a program behind a gate; returns what comes out of the gate. */
static const char *pass_gate(const char *const *argv, const char *wanted_output)
{
	static char told[4096];
	struct launcher launcher;
	int fifo, ends[2];
	ssize_t length;
	pid_t reader;

	(void)unlink(sandbox_path("gate"));
	if (mkfifo(sandbox_path("gate"), 0600) != 0 || chmod(sandbox_path("gate"), 0622) != 0 || pipe2(ends, O_CLOEXEC) != 0)
		return "no gate";
	(void)fflush(stdout);
	reader = fork();
	if (reader == 0) {
		int gate = open(sandbox_path("gate"), O_RDONLY | O_CLOEXEC);

		(void)close(ends[0]);
		while ((length = read(gate, told, sizeof told)) > 0)
			(void)!write(ends[1], told, (size_t)length);
		_exit(0);
	}
	fifo = open(sandbox_path("gate"), O_PATH | O_CLOEXEC);
	builder_start(&builder, PLAN_INIT, PLAN_NEW_ROOT | PLAN_HOLD);
	builder_put(&builder, E_ARGV, "S", argv);
	builder_put(&builder, E_NS_NEW, "u", CLONE_NEWNS | CLONE_NEWPID);
	builder_put(&builder, E_ROOT_BIND, "s", sandbox_path("root"));
	builder_put(&builder, E_USER, "s", "alice");
	launcher_init(&launcher, &builder);
	builder_put(&builder, E_GATE_FIFO, "u", launcher_add(&launcher, fifo));
	const struct launch_result *result = container_launch(&launcher);
	tap_ok(result->ready, "READY comes before the gate");
	tap_is(result->output, wanted_output, "... then the program behind it");
	(void)close(ends[1]);
	(void)waitpid(reader, NULL, 0);
	memset(told, 0, sizeof told);
	length = read(ends[0], told, sizeof told - 1);
	(void)close(ends[0]);
	(void)close(fifo);
	return length > (ssize_t)sizeof(struct msg_failed) ? told + sizeof(struct msg_failed) : "";
}

static void gates(void)
{
	tap_is(pass_gate((const char *const[]){"/bin/echo", "through", NULL}, "through\n"), "", "... of which the gate says nothing");
	tap_is(pass_gate((const char *const[]){"/bin/script", NULL}, ""),
	       "exec: \"/bin/script\": its interpreter or loader is not there", "... but for its failure");
}

static void keyrings(void)
{
	busybox_plan(&builder, PLAN_NEW_KEYRING, "grep -c _ses.test /proc/keys");
	container_prints(&builder, "1\n", "a session keyring of its own");
	busybox_plan(&builder, 0, "true");
	builder_put(&builder, E_APPARMOR, "s", "no-such-profile");
	container_fails(&builder, PHASE_SECURITY, ENOENT, "AppArmor profile no-such-profile");
}

int main(void)
{
	if (!container_begin())
		return tap_done();
	programs();
	too_many_arguments();
	users();
	capabilities();
	limits();
	working_directories();
	descriptors();
	hooks();
	failing_hooks();
	terminals();
	filters();
	listener();
	gates();
	keyrings();
	return container_end();
}
