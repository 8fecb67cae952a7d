/* SPDX-License-Identifier: Apache-2.0 */
/* The root of a container: how it is made, what is mounted in it, what is hidden. */
#include <errno.h>
#include <fcntl.h>
#include <linux/sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/container.h"

#define NAMESPACES (CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWNET)

static struct plan_builder builder;

static void put_mount(uint32_t kind, uint32_t options, uint64_t set, uint64_t clear, uint64_t propagation,
		      const char *source, const char *target)
{
	builder_put(&builder, E_MOUNT, "uuUUUuuussssb", kind, options, set, clear, propagation, 0, 0, 0755, source, target,
		    "", "", "", (size_t)0);
}

static void bare(uint32_t flags, const char *script)
{
	busybox_bare_plan(&builder, PLAN_INIT, flags | PLAN_NEW_ROOT, script);
	builder_put(&builder, E_NS_NEW, "u", NAMESPACES);
}

static void bind_root(void)
{
	busybox_plan(&builder, 0, "echo $$; hostname; ls -1 /; cat /etc/hosts");
	builder_put(&builder, E_HOSTNAME, "s", "box");
	builder_content(&builder, "127.0.0.1 localhost\n", "/etc/hosts", 0644);
	container_prints(&builder, "1\nbox\nbin\ndev\netc\nproc\ntmp\n127.0.0.1 localhost\n", "a shell in a root of its own");
	busybox_plan(&builder, 0, "cut -d' ' -f5,6 /proc/self/mountinfo");
	container_prints(&builder, "/ rw,relatime\n/proc rw,nosuid,nodev,noexec,relatime\n/dev rw,nosuid,relatime\n",
			 "nothing of the host's mounts is left");
	busybox_plan(&builder, PLAN_NO_PIVOT, "ls -1 /; pwd; cat /sys/kernel/osrelease 2>&1");
	container_prints(&builder, "bin\ndev\netc\nproc\ntmp\n/\ncat: can't open '/sys/kernel/osrelease': No such file or directory\n",
			 "a root without pivot_root");
	busybox_plan(&builder, PLAN_ROOT_READONLY, "touch /x /dev/y /tmp/z 2>&1; ls /dev");
	builder_mount(&builder, "tmpfs", "/tmp", "", 0);
	container_prints(&builder, "touch: /x: Read-only file system\nnull\ntty\ny\n", "a read-only root, with what is mounted in it");
}

static void missing_roots(void)
{
	bare(0, "true");
	builder_put(&builder, E_ROOT_BIND, "s", "/nonexistent/root");
	container_fails(&builder, PHASE_ROOTFS, ENOENT, "use the directory /nonexistent/root as the root");
	bare(0, "true");
	builder_put(&builder, E_ROOT_BIND, "s", sandbox_path("root/etc/passwd"));
	container_fails(&builder, PHASE_ROOTFS, ENOTDIR, "root/etc/passwd as the root");
}

static void overlay_root(void)
{
	char lower[256];

	sandbox_file("top/etc/layer", "top\n", 0644);
	sandbox_file("bottom/etc/layer", "bottom\n", 0644);
	sandbox_file("bottom/etc/only", "only\n", 0644);
	sandbox_directory("bottom/proc");
	sandbox_directory("upper");
	sandbox_directory("work");
	snprintf(lower, sizeof lower, "%s", sandbox_path("root"));
	bare(0, "cat /etc/layer /etc/only; echo changed > /etc/only; cat /etc/only");
	builder_put(&builder, E_ROOT_OVERLAY, "Ssss",
		    (const char *const[]){sandbox_path("top"), sandbox_path("bottom"), lower, NULL}, sandbox_path("upper"),
		    sandbox_path("work"), "");
	container_prints(&builder, "top\nonly\nchanged\n", "an overlay of layers");
	char text[64];
	tap_is(read_file(sandbox_path("upper/etc/only"), text, sizeof text), "changed\n", "... changes go to the upper directory");
	tap_is(read_file(sandbox_path("bottom/etc/only"), text, sizeof text), "only\n", "... and not to a lower one");
	bare(0, "echo changed 2>&1 > /etc/only");
	builder_put(&builder, E_ROOT_OVERLAY, "Ssss", (const char *const[]){sandbox_path("bottom"), lower, NULL}, "", "", "");
	container_prints(&builder, "sh: can't create /etc/only: Read-only file system\n", "an overlay without upper is read-only");
}

/* More layers, with longer names, than the 255 bytes of an option would hold. */
static void many_layers(void)
{
	const char *layers[102];
	char names[100][256], root[256];

	for (int i = 0; i < 100; i++) {
		char name[128], content[16];

		snprintf(name, sizeof name, "layers/%.80s-%02d/l/%02d",
			 "a-long-name-for-a-directory-of-a-layer-with,comma:and-colon-like-nobody-should-use-it", i, i);
		snprintf(content, sizeof content, "%d\n", i);
		sandbox_file(name, content, 0644);
		snprintf(names[i], sizeof names[i], "%s", sandbox_path(name));
		*strrchr(names[i], '/') = '\0';
		*strrchr(names[i], '/') = '\0';
		layers[i] = names[i];
	}
	snprintf(root, sizeof root, "%s", sandbox_path("root"));
	layers[100] = root;
	layers[101] = NULL;
	bare(0, "cat /l/00 /l/99; ls /l | wc -l");
	builder_put(&builder, E_ROOT_OVERLAY, "Ssss", layers, "", "", "");
	container_prints(&builder, "0\n99\n100\n", "a hundred layers");
}

static void host_copy(void)
{
	char text[64], path[256];

	sandbox_file("seen", "before\n", 0644);
	snprintf(path, sizeof path, "cat %s; echo after > %s; cat %s; mkdir /made && rm -r /etc && ls -d /made /etc 2>&1; "
				    "grep -c tmpfs /proc/self/mountinfo",
		 sandbox_path("seen"), sandbox_path("seen"), sandbox_path("seen"));
	bare(0, path);
	builder_put(&builder, E_PROGRAM, "s", "/bin/busybox");
	builder_put(&builder, E_ROOT_HOST_COPY, "sS", "mode=755,size=64m", (const char *const[]){NULL});
	builder_mount(&builder, "proc", "/proc", "", 0);
	container_prints(&builder, "before\nafter\nls: /etc: No such file or directory\n/made\n0\n",
			 "a copy of the host's root that can be written to, and shows nothing of what it is made of");
	tap_is(read_file(sandbox_path("seen"), text, sizeof text), "before\n", "... while the host is as it was");
	tap_ok(access("/etc/passwd", F_OK) == 0 && access("/made", F_OK) != 0, "... all of it");
}

/* Where the host's root can't be a layer its pieces are. */
static void host_copy_in_pieces(void)
{
	char path[256], expected[128];

	sandbox_directory("split");
	sandbox_directory("split/piece");
	sandbox_file("split/piece/seen", "before\n", 0644);
	sandbox_file("split/hidden", "", 0644);
	snprintf(path, sizeof path, "ls %s; cd %s/piece && busybox cat seen && echo after > seen && busybox cat seen; touch /new && ls -A /",
		 sandbox_path("split"), sandbox_path("split"));
	bare(0, path);
	builder_put(&builder, E_PROGRAM, "s", "/usr/bin/busybox");
	builder_put(&builder, E_ROOT_BARE, "s", "/");
	builder_put(&builder, E_ROOT_BARE, "s", "/tmp");
	builder_put(&builder, E_ROOT_BARE, "s", "/bin"); /* a link to usr/bin */
	builder_put(&builder, E_ROOT_HOST_COPY, "sS", "mode=755,size=64m",
		    (const char *const[]){"/usr/bin", sandbox_path("split/piece"), NULL});
	snprintf(expected, sizeof expected, "piece\nbefore\nafter\nbin\nnew\ntmp\nusr\n");
	container_prints(&builder, expected, "a root in pieces, which shows nothing else of the host");
}

/* Mount points of the host get a copy of their own, with the flags of the original. */
static void host_copy_mounts(void)
{
	char path[512], text[64];

	sandbox_directory("mnt");
	if (mount("tmpfs", sandbox_path("mnt"), "tmpfs", MS_NOSUID | MS_NODEV, "mode=1711") != 0)
		tap_ok(false, "mount a tmpfs for the test");
	sandbox_file("mnt/file", "before\n", 0644);
	snprintf(path, sizeof path, "cat %s; echo after > %s; cat %s; stat -c %%a %s; grep -o '%s nosuid,nodev' /proc/self/mountinfo | wc -l;"
				    "grep ' %s ' /proc/self/mountinfo | cut -d' ' -f6",
		 sandbox_path("mnt/file"), sandbox_path("mnt/file"), sandbox_path("mnt/file"), sandbox_path("mnt"), "x",
		 sandbox_path("mnt"));
	bare(0, path);
	builder_put(&builder, E_PROGRAM, "s", "/bin/busybox");
	builder_put(&builder, E_ROOT_HOST_COPY, "sS", "mode=755,size=64m", (const char *const[]){sandbox_path("mnt"), NULL});
	builder_mount(&builder, "proc", "/proc", "", 0);
	container_prints(&builder, "before\nafter\n1711\n0\nrw,nosuid,nodev,relatime\n", "a copy of a mount of the host");
	tap_is(read_file(sandbox_path("mnt/file"), text, sizeof text), "before\n", "... the original is as it was");
	snprintf(path, sizeof path, "touch /x %s/x 2>&1", sandbox_path("mnt"));
	bare(PLAN_ROOT_READONLY, path);
	builder_put(&builder, E_PROGRAM, "s", "/bin/busybox");
	builder_put(&builder, E_ROOT_HOST_COPY, "sS", "mode=755,size=64m", (const char *const[]){sandbox_path("mnt"), NULL});
	snprintf(path, sizeof path, "touch: /x: Read-only file system\ntouch: %s/x: Read-only file system\n", sandbox_path("mnt"));
	container_prints(&builder, path, "a read-only copy of the host");
	(void)umount(sandbox_path("mnt"));
}

static void binds(void)
{
	sandbox_file("source/file", "content\n", 0644);
	sandbox_directory("source/below");
	if (mount("tmpfs", sandbox_path("source/below"), "tmpfs", 0, "") != 0)
		tap_ok(false, "mount a tmpfs for the test");
	sandbox_file("source/below/deep", "deep\n", 0644);
	busybox_plan(&builder, 0, "cat /new/dir/file; cat /new/file; ls /new/dir/below; ls /tree/below; touch /ro/x /ro/below/y 2>&1;"
				  "touch /rro/x /rro/below/z 2>&1; grep '/new/file' /proc/self/mountinfo | cut -d' ' -f6");
	builder_bind(&builder, sandbox_path("source"), "/new/dir", 0, 0);
	builder_bind(&builder, sandbox_path("source/file"), "/new/file", 0, MS_NOEXEC | MS_NOATIME);
	builder_bind(&builder, sandbox_path("source"), "/tree", MOUNT_RECURSIVE, 0);
	builder_bind(&builder, sandbox_path("source"), "/ro", MOUNT_RECURSIVE, MS_RDONLY);
	builder_bind(&builder, sandbox_path("source"), "/rro", MOUNT_RECURSIVE | MOUNT_ATTR_RECURSIVE, MS_RDONLY);
	container_prints(&builder,
			 "content\ncontent\ndeep\ntouch: /ro/x: Read-only file system\ntouch: /rro/x: Read-only file system\n"
			 "touch: /rro/below/z: Read-only file system\nrw,noexec,noatime\n",
			 "bind mounts of directories, files and trees, with flags");
	tap_ok(access(sandbox_path("source/below/y"), F_OK) == 0, "... a read-only bind leaves the mounts below it alone");
	busybox_plan(&builder, 0, "touch /b/below/x 2>&1; grep ' /b ' /proc/self/mountinfo | cut -d' ' -f6");
	builder_bind(&builder, sandbox_path("source"), "/b", MOUNT_RECURSIVE, MS_NOSUID);
	put_mount(MOUNT_ATTRIBUTES, MOUNT_ATTR_RECURSIVE, MS_RDONLY, MS_NOSUID, 0, "", "/b");
	container_prints(&builder, "touch: /b/below/x: Read-only file system\nro,relatime\n", "attributes changed afterwards");
	(void)umount(sandbox_path("source/below"));
}

static void bad_binds(void)
{
	sandbox_link("file", "source/link");
	busybox_plan(&builder, 0, "true");
	builder_bind(&builder, "/nonexistent/source", "/x", 0, 0);
	container_fails(&builder, PHASE_ROOTFS, ENOENT, "open /nonexistent/source, which is to be mounted at /x");
	busybox_plan(&builder, 0, "ls / | grep -c optional");
	builder_bind(&builder, "/nonexistent/source", "/optional", MOUNT_OPTIONAL, 0);
	container_prints(&builder, "0\n", "a missing source that is optional");
	busybox_plan(&builder, 0, "true");
	builder_bind(&builder, sandbox_path("source/link"), "/x", MOUNT_NO_FOLLOW, 0);
	container_fails(&builder, PHASE_ROOTFS, ELOOP, "it is a symbolic link");
	busybox_plan(&builder, 0, "true");
	builder_bind(&builder, sandbox_path("source"), "/etc/passwd", 0, 0);
	container_fails(&builder, PHASE_MOUNT, ENOTDIR, "mount point /etc/passwd");
	busybox_plan(&builder, 0, "true");
	builder_bind(&builder, sandbox_path("source/file"), "/tmp", 0, 0);
	container_fails(&builder, PHASE_MOUNT, ENOTDIR, "one of them is a directory");
	busybox_plan(&builder, 0, "true");
	builder_mount(&builder, "tmpfs", "/..", "", 0);
	container_fails(&builder, PHASE_MOUNT, EINVAL, "the container's root itself");
}

static void filesystems(void)
{
	busybox_plan(&builder, 0, "df -k /t | tail -1 | cut -c1-40; stat -c %a /t; touch /t/x 2>&1; ls /dev/pts; ls /dev/mqueue");
	builder_mount(&builder, "tmpfs", "/t", "size=1m,mode=0700", MS_RDONLY);
	builder_mount(&builder, "devpts", "/dev/pts", "newinstance,ptmxmode=0666,mode=0620,gid=5", MS_NOSUID | MS_NOEXEC);
	builder_mount(&builder, "mqueue", "/dev/mqueue", "", 0);
	container_prints(&builder, "tmpfs                     1024         0\n700\ntouch: /t/x: Read-only file system\nptmx\n",
			 "tmpfs with options, devpts, mqueue");
	busybox_plan(&builder, 0, "true");
	builder_mount(&builder, "tmpfs", "/t", "size=nonsense", 0);
	container_fails(&builder, PHASE_MOUNT, EINVAL, "mount tmpfs at /t with option size=nonsense: tmpfs: Bad value for 'size'");
	busybox_plan(&builder, 0, "true");
	builder_mount(&builder, "tmpfs", "/t", "colour=blue", 0);
	container_fails(&builder, PHASE_MOUNT, EINVAL, "tmpfs: Unknown parameter 'colour'");
	busybox_plan(&builder, 0, "true");
	builder_mount(&builder, "nosuchfs", "/t", "", 0);
	container_fails(&builder, PHASE_MOUNT, ENODEV, "this kernel has no such filesystem");
}

/* Devices, links and further mounts go into a tmpfs that is read-only in the end. */
static void late_read_only(void)
{
	busybox_bare_plan(&builder, PLAN_INIT, PLAN_NEW_ROOT | PLAN_DEV_SETUP, "ls /dev | grep -v core; touch /dev/x 2>&1; echo > /dev/null && echo null");
	builder_put(&builder, E_NS_NEW, "u", NAMESPACES);
	builder_put(&builder, E_ROOT_BIND, "s", sandbox_path("root"));
	builder_mount(&builder, "proc", "/proc", "", 0);
	builder_mount(&builder, "tmpfs", "/dev", "mode=755", MS_RDONLY);
	builder_mount(&builder, "devpts", "/dev/pts", "", 0);
	builder_put(&builder, E_DEVICE, "suuuuuu", "/dev/null", 'c', 1, 3, 0666, 0, 0);
	container_prints(&builder, "fd\nnull\nptmx\npts\nstderr\nstdin\nstdout\ntouch: /dev/x: Read-only file system\nnull\n",
			 "a /dev that is read-only once it is complete");
}

static void copy_up(void)
{
	sandbox_file("root/var/data/file", "here\n", 0640);
	sandbox_file("root/var/data/sub/deep", "deep\n", 0600);
	sandbox_link("file", "root/var/data/link");
	(void)chmod(sandbox_path("root/var/data"), 01751);
	if (chown(sandbox_path("root/var/data/file"), 5, 6) != 0)
		tap_ok(false, "chown");
	busybox_plan(&builder, 0, "cd /var/data; stat -c '%a %u %g %n' . file sub/deep; cat file sub/deep; readlink link; echo new > file");
	builder_put(&builder, E_MOUNT, "uuUUUuuussssb", MOUNT_FILESYSTEM, MOUNT_COPY_UP, UINT64_C(0), UINT64_C(0), UINT64_C(0),
		    0, 0, 0755, "tmpfs", "/var/data", "tmpfs", "size=1m", "", (size_t)0);
	container_prints(&builder, "1751 0 0 .\n640 5 6 file\n600 0 0 sub/deep\nhere\ndeep\nfile\n", "a tmpfs with a copy of what was there");
	char text[16];
	tap_is(read_file(sandbox_path("root/var/data/file"), text, sizeof text), "here\n", "... which stays as it was");
}

static void devices(void)
{
	busybox_plan(&builder, PLAN_DEV_SETUP, "stat -c '%F %t:%T %a %u:%g' /dev/null /dev/fifo /dev/sub/loop; for i in fd ptmx mine; do readlink /dev/$i; done;"
					       "echo hi > /dev/stdout");
	builder_put(&builder, E_DEVICE, "suuuuuu", "/dev/null", 'c', 1, 3, 0666, 0, 0);
	builder_put(&builder, E_DEVICE, "suuuuuu", "/dev/fifo", 'p', 0, 0, 0640, 0, 0);
	builder_put(&builder, E_DEVICE, "suuuuuu", "/dev/sub/loop", 'b', 7, 0, 0660, 3, 4);
	builder_put(&builder, E_SYMLINK, "ss", "/target", "/dev/mine");
	builder_put(&builder, E_SYMLINK, "ss", "/target", "/dev/mine");
	container_prints(&builder,
			 "character special file 1:3 666 0:0\nfifo 0:0 640 0:0\nblock special file 7:0 660 3:4\n/proc/self/fd\npts/ptmx\n"
			 "/target\nhi\n",
			 "devices and links");
	busybox_plan(&builder, 0, "true");
	builder_put(&builder, E_DEVICE, "suuuuuu", "/etc/passwd", 'c', 1, 3, 0666, 0, 0);
	container_fails(&builder, PHASE_DEVICE, EEXIST, "make the device /etc/passwd: the root has something else there");
	busybox_plan(&builder, 0, "true");
	builder_put(&builder, E_SYMLINK, "ss", "/x", "/etc/passwd");
	container_fails(&builder, PHASE_DEVICE, EEXIST, "make the link /etc/passwd -> /x");
}

static void masks(void)
{
	busybox_plan(&builder, 0, "wc -c < /proc/version; cat /proc/timer_list; ls /proc/tty /etc; touch /etc/x 2>&1; echo 1 2>&1 > /proc/sys/kernel/ctrl-alt-del; "
				  "echo x > /proc/version && echo still null");
	for (size_t i = 0; i < 5; i++)
		builder_put(&builder, E_MASK, "s",
			    ((const char *const[]){"/proc/version", "/proc/timer_list", "/proc/tty", "/etc", "/proc/nonexistent"})[i]);
	builder_put(&builder, E_READONLY, "s", "/proc/sys");
	builder_put(&builder, E_READONLY, "s", "/proc/nonexistent");
	container_prints(&builder,
			 "0\n/etc:\n\n/proc/tty:\ntouch: /etc/x: Read-only file system\nsh: can't create /proc/sys/kernel/ctrl-alt-del: "
			 "Read-only file system\nstill null\n",
			 "paths hidden and write-protected");
}

static void cgroup_views(void)
{
	busybox_plan(&builder, 0, "ls /sys/fs/cgroup | head -1; touch /sys/fs/cgroup/x 2>&1; cat /sys/fs/cgroup/pids/cgroup.procs | wc -l");
	put_mount(MOUNT_CGROUP, 0, MS_RDONLY | MS_NOSUID, 0, 0, "cgroup", "/sys/fs/cgroup");
	struct launcher launcher;
	launcher_init(&launcher, &builder);
	const struct launch_result *result = container_launch(&launcher);
	if (access("/sys/fs/cgroup/pids", F_OK) == 0)
		tap_has(result->output, "touch: /sys/fs/cgroup/x: Read-only file system\n", "a view of the cgroup hierarchies");
	else
		tap_skip("the host has no v1 hierarchies", "a view of the cgroup hierarchies");
}

static void sysctls(void)
{
	busybox_plan(&builder, 0, "cat /proc/sys/net/ipv4/ip_forward /proc/sys/kernel/shm_rmid_forced /proc/sys/net/ipv4/conf/lo/rp_filter");
	builder_put(&builder, E_SYSCTL, "ss", "net.ipv4.ip_forward", "1");
	builder_put(&builder, E_SYSCTL, "ss", "kernel/shm_rmid_forced", "1");
	builder_put(&builder, E_SYSCTL, "ss", "net.ipv4.conf.lo.rp_filter", "2");
	builder_put(&builder, E_READONLY, "s", "/proc/sys");
	container_prints(&builder, "1\n1\n2\n", "sysctls of its namespaces");
	busybox_plan(&builder, 0, "true");
	builder_put(&builder, E_SYSCTL, "ss", "net.ipv4.nonsense", "1");
	container_fails(&builder, PHASE_SYSCTL, ENOENT, "set sysctl net.ipv4.nonsense to 1");
	busybox_plan(&builder, 0, "true");
	builder_put(&builder, E_SYSCTL, "ss", "kernel/../../sysrq-trigger", "h");
	container_fails(&builder, PHASE_SYSCTL, EINVAL, "no sysctl has such a name");
}

int main(void)
{
	if (!container_begin())
		return tap_done();
	bind_root();
	missing_roots();
	overlay_root();
	many_layers();
	host_copy();
	host_copy_in_pieces();
	host_copy_mounts();
	binds();
	bad_binds();
	filesystems();
	late_read_only();
	copy_up();
	devices();
	masks();
	cgroup_views();
	sysctls();
	return container_end();
}
