/* SPDX-License-Identifier: Apache-2.0 */
/*
 * plan.h - the launch plan: what one process is to be, written by Java (one writer), read by plan_reader.c (one reader).
 *
 * Layout, little endian: struct plan_header, then `count` entries, each struct plan_entry + payload, padded with zeros
 * to 8 bytes. Strings are u32 length + bytes + NUL (the NUL is not counted, no NUL inside); a list is u32 count, then its
 * elements; `bytes` is u32 length + bytes. After a string or bytes the next field follows unaligned: the reader copies.
 * A reader refuses: wrong magic or version, lengths that do not add up, an unknown entry type, an entry twice that may
 * stand once, an index of a descriptor that was not passed.
 *
 * Order matters only where said; the child executes mounts in the order in which they stand.
 * `fd` fields are indexes of the descriptors beside MSG_LAUNCH, where 0 is the plan itself, so that 0 means "none".
 */
#ifndef CAISSON_PLAN_H
#define CAISSON_PLAN_H

#include <stdint.h>

#define PLAN_MAGIC 0x4e4c5043u /* "CPLN" */
#define PLAN_VERSION 1
#define PLAN_MAX (16u << 20)

enum plan_kind {
	PLAN_INIT = 1,  /* a container's first process */
	PLAN_EXEC = 2,  /* a further process in a container (E_TARGET or E_NS_JOIN) */
	PLAN_HOST = 3,  /* a process of the host, such as a hook: argv, env, stdio, cwd only */
	PLAN_CLEAN = 4, /* no process: carry out the E_REMOVE_* entries -> CLEANED (after a shim died) */
};

enum plan_flags {
	PLAN_AWAIT_CONTINUE = 1 << 0, /* stop when cgroups, namespaces and mounts stand, before pivot_root (where OCI wants
	                                 createRuntime hooks); CREATED, wait for CONTINUE */
	PLAN_HOLD = 1 << 1,           /* stop before startContainer hooks and exec; READY, wait for START */
	PLAN_AUTO_CLEAN = 1 << 2,     /* CLEANED follows EXITED unasked */
	PLAN_TTY = 1 << 3,            /* stdio is a pty of the container's devpts; setsid, TIOCSCTTY */
	PLAN_NO_PIVOT = 1 << 4,       /* MS_MOVE + chroot instead of pivot_root */
	PLAN_ROOT_READONLY = 1 << 5,
	PLAN_NO_NEW_PRIVS = 1 << 6,
	PLAN_NEW_KEYRING = 1 << 7,    /* own session keyring, named after the container */
	PLAN_LOOPBACK = 1 << 8,       /* bring lo up in the (new) network namespace */
	PLAN_INIT_REAPER = 1 << 9,    /* pid 1 is caisson-init: forwards signals, reaps, ends with the user's process */
	PLAN_CREATE_CWD = 1 << 10,
	PLAN_DEFAULT_HOME = 1 << 11,  /* set HOME from the user's passwd entry when env has none */
	PLAN_CGROUP_IN_PARENT = 1 << 12, /* shim, not child, carries out E_CGROUP_MKDIR, _WRITE and _DEVICES: needed for
	                                    E_CGROUP_INTO alone; E_CGROUP_JOIN stays the child's */
	PLAN_KILL_CGROUP = 1 << 13,   /* no pid namespace of its own: at init's end kill all that is left in its cgroups */
	PLAN_NEW_ROOT = 1 << 14,      /* there is a rootfs to change to (a mount namespace is new) */
	PLAN_DEV_SETUP = 1 << 15,     /* /dev/{ptmx,fd,stdin,stdout,stderr,console} after mounts, relative to a checked /dev */
	PLAN_ROOT_IDMAP = 1 << 16,    /* with a new user namespace: what the root directory, the overlay's lowers or the host
	                                 copy hold is shown with the container's ids (id-mapped mounts, Linux 5.19) */
	PLAN_RESTORE = 1 << 17,       /* what is executed does not become the init but brings one back as its sibling (CRIU),
	                                 and keeps the host's root and rights. ADOPT names that init, STARTED follows. The root
	                                 and the targets of E_MOUNT are made in E_RESTORE_STAGE */
};

struct plan_header {
	uint32_t magic;
	uint16_t version;
	uint16_t kind;
	uint32_t flags;
	uint32_t length; /* of the whole plan */
	uint32_t count;  /* entries */
	uint32_t zero;
};

struct plan_entry {
	uint32_t type; /* enum entry_type */
	uint32_t length; /* payload without padding */
};

enum entry_type {
	/* --- about the plan; shim --- */
	E_ID = 1,           /* string: container id (name of its record) */
	E_BLOB = 2,         /* bytes: the engine's own record, given back by LIST */
	E_TARGET = 3,       /* u64 tag: exec into the container whose init has this tag */
	E_REPORT = 4,       /* string: a file read (REPORT_FILE_MAX) when init ends, before its cgroups go; repeatable */
	E_REMOVE_CGROUP = 5, /* string: directory removed at the end, children first, after killing what is in it; repeatable */
	E_REMOVE_TREE = 6,  /* string: directory removed by CLEAN, not crossing mounts or links; repeatable */
	E_REMOVE_LINK = 8,  /* string "NAME MAC BRIDGE LOCK": the host's end of an E_VETH, removed by CLEAN if it still has that
	                       MAC, then the bridge if it was made by an E_VETH and has no port left; repeatable */
	E_PIN = 9,          /* u32 fd: kept open by the shim until CLEAN has begun, that is all; repeatable, not in one-shot mode */
	E_UNMOUNT = 7,      /* string: detached by CLEAN before E_REMOVE_TREE; repeatable */

	/* --- cgroups: 10, 11, 14 and 15 in the order in which they stand, then the joins; child, see PLAN_CGROUP_IN_PARENT --- */
	E_CGROUP_MKDIR = 10, /* u32 may_exist (0: one that exists is an error, 1: it is used as it is), string path */
	E_CGROUP_WRITE = 11, /* string path, string value */
	E_CGROUP_JOIN = 12,  /* string path: v1 "tasks" (the one thread that the child has moves itself without the grace
	                        period of several ms that cgroup.procs costs), v2 "cgroup.procs"; "0" is written; repeatable */
	E_CGROUP_INTO = 13,  /* string directory (v2): CLONE_INTO_CGROUP */
	E_CGROUP_DEVICES = 14, /* string directory (v2), bytes: array of struct bpf_insn, a BPF_PROG_TYPE_CGROUP_DEVICE program
	                          that is attached there (BPF_F_ALLOW_MULTI) */
	E_CGROUP_GIVE = 15, /* string directory, u32 uid, u32 gid: it is theirs to make groups in and to move processes between
	                       them, but not to change its limits (cgroups(7), on delegation) */

	/* --- namespaces --- */
	E_NS_NEW = 20,      /* u32 CLONE_NEW* flags; NEWCGROUP and NEWTIME are made by the child once it is in its cgroups */
	E_NS_JOIN = 21,     /* u32 CLONE_NEW* flag(s), u32 fd: a namespace file or a pidfd, or 0: E_TARGET's
	                       init; repeatable, at most once for each flag; CLONE_NEWPID is joined by the shim before it clones */
	E_UID_MAP = 22,     /* list of {u32 inside, u32 outside, u32 count}; beside a joined user namespace it is not written,
	                       but says who its root is outside, to whom pipes are given */
	E_GID_MAP = 23,     /* as E_UID_MAP */
	E_SETGROUPS = 24,   /* u32 0: deny is written to /proc/pid/setgroups before the gid map */
	E_HOSTNAME = 25,    /* string */
	E_DOMAINNAME = 26,  /* string */
	E_TIME_OFFSET = 27, /* u32 clock (1 monotonic, 7 boottime), i64 seconds, u32 nanoseconds; repeatable */

	/* --- root filesystem --- */
	E_ROOT_PROPAGATION = 30, /* u64 MS_* propagation flags put on / before anything else (default MS_REC|MS_SLAVE) */
	E_ROOT_BIND = 31,    /* string directory */
	E_ROOT_OVERLAY = 32, /* list of strings lowers (top first), string upper, string work (both empty: read-only),
	                        string further options */
	E_ROOT_HOST_COPY = 33, /* string tmpfs options (size=...) for the writable layer, list of strings: host mount points
	                          that get an overlay of their own over the same tmpfs, parents first; "/" is implied */
	E_ROOT_FINAL_PROPAGATION = 34, /* u64 MS_* flags put on the container's / at the end (rootfsPropagation) */
	E_ROOT_BARE = 35,    /* string path on the host, parents first: with any of them E_ROOT_HOST_COPY does not imply "/".
	                        The root is a directory of the writable layer, and these are made in it as the host has them:
	                        directories, empty, with their modes; links. For a shim in a user namespace, which may not use
	                        as a layer what the host has mounted something below */

	/* --- what is in it, executed in order of type groups: mounts in order, devices, links, then /dev set-up --- */
	E_MOUNT = 40,       /* struct below, see E_MOUNT layout; repeatable, in order */
	E_DEVICE = 41,      /* string path, u32 'c' 'b' 'p' or 'u', u32 major, u32 minor, u32 mode, u32 uid, u32 gid; repeatable;
	                       where mknod is not permitted (user namespace) the host's node is bound instead */
	E_SYMLINK = 42,     /* string target, string link path; repeatable; one that exists with the same target is fine */
	E_MASK = 43,        /* string path; directories get an empty read-only tmpfs, files /dev/null; absent: skipped */
	E_READONLY = 44,    /* string path; absent: skipped */
	E_SYSCTL = 45,      /* string name with dots or slashes, string value */
	E_IDMAP = 46,       /* list of {u32 inside, u32 outside, u32 count} for users, one for groups: what a file belongs to on
	                       disk is the inside; repeatable, E_MOUNT names them by their numbers */

	/* --- the process --- */
	E_STDIO = 50,       /* u32 stream (0, 1, 2), u32 kind (enum stdio_kind), u32 fd, string spool path; repeatable */
	E_KEEP_FD = 51,     /* u32 fd, u32 number it gets in the process (>= 3); repeatable, ascending numbers */
	E_CONSOLE_SIZE = 52, /* u32 rows, u32 columns */
	E_RLIMIT = 53,      /* u32 resource, u64 soft, u64 hard; repeatable */
	E_OOM_SCORE_ADJ = 54, /* i32 */
	E_SCHEDULER = 55,   /* struct sched_attr without its size: u32 policy, u64 flags, i32 nice, u32 priority,
	                       u64 runtime, u64 deadline, u64 period */
	E_IO_PRIORITY = 56, /* u32 class, u32 level */
	E_CPU_AFFINITY = 57, /* bytes: cpu mask, set last of all */
	E_MEMORY_POLICY = 58, /* u32 mode|flags, bytes: node mask */
	E_PERSONALITY = 59, /* u64 */
	E_UMASK = 60,       /* u32; else 022, in a PLAN_HOST that of whoever started the shim, which hooks have too */
	E_USER = 61,        /* string "user[:group]" resolved in the container's own /etc/passwd and /etc/group */
	E_IDENTITY = 62,    /* u32 uid, u32 gid (instead of E_USER) */
	E_GROUPS = 63,      /* list of strings: further groups, by id or name of the container's /etc/group */
	E_CAPS = 64,        /* u64 bounding, effective, permitted, inheritable, ambient */
	E_APPARMOR = 65,    /* string profile (written as "exec <profile>") */
	E_SELINUX = 66,     /* string label */
	E_SECCOMP = 67,     /* u32 flags (SECCOMP_FILTER_FLAG_*), bytes: array of struct sock_filter */
	E_CWD = 68,         /* string */
	E_ARGV = 69,        /* list of strings */
	E_ENV = 70,         /* list of strings KEY=value */
	E_HOOK_CREATE = 71, /* hook: string path, list argv, list env, u32 timeout ms (0 none); repeatable, in order */
	E_HOOK_START = 72,  /* as E_HOOK_CREATE */
	E_GATE_FIFO = 73,   /* u32 fd (O_PATH of a FIFO that the user may write): a second gate behind PLAN_HOLD, for
	                       one-shot. READY and START (with the JSON for E_HOOK_START) come first, the shim ends, then the
	                       child waits by opening the FIFO for writing. The reader gets end of file when execve succeeded,
	                       else struct msg_failed + text, since there is no channel any more */
	E_SECCOMP_LISTENER = 74, /* u32 fd: connected unix socket that gets the listener descriptor, list of strings: the
	                            message is these, joined by the process's pid in decimal (readlink of the host's
	                            /proc/self), so that n strings hold n-1 pids */
	E_PROGRAM = 75,     /* string: what is executed, where it is not argv[0] (hooks as PLAN_HOST) */
	E_CPU_AFFINITY_INITIAL = 76, /* bytes: cpu mask, set first of all, in force while the container is made */

	/* --- PLAN_RESTORE --- */
	E_RESTORE_STAGE = 80, /* string directory: gets a tmpfs that only the process sees. "root" in it is the root */
	E_RESTORE_POINT = 81, /* u32 1: a directory, 0: a file, string path: made in the root where it is missing; repeatable */
	E_KEEP_NETWORK = 82,  /* u32 number that a descriptor of the process's network namespace gets, above those of
	                         E_KEEP_FD */

	/* --- the network; after the namespaces, before the root filesystem --- */
	E_VETH = 90,        /* string name of the host's end (one that is taken fails with EADDRINUSE), bytes its MAC,
	                       string bridge, made if absent, string path of the file by which that is locked (absolute), u32
	                       localhost (1: it routes to 127.0.0.0/8, if it was made so), list of strings: address/prefix
	                       of a bridge that was made so; string name in the container, bytes its
	                       MAC (empty: any), u32 mtu (0: the kernel's), list of strings: its address/prefix; repeatable */
	E_ROUTE = 91,       /* string destination/prefix, string gateway, string device; either may be empty; repeatable, made
	                       in order when all interfaces have their addresses */
};

enum stdio_kind {
	STDIO_NULL = 0,  /* /dev/null (the host's, opened by the shim) */
	STDIO_FD = 1,    /* the descriptor passed */
	STDIO_SPOOL = 2, /* lasting mode: a pipe whose reader is the shim, which appends to the spool file at the path */
	STDIO_KEPT = 3,  /* lasting mode, stdin: a pipe whose write end the shim keeps and hands out by TAKE */
	STDIO_SAME = 4,  /* stderr: the same as stdout */
};

/*
 * E_MOUNT layout:
 *   u32 kind       enum mount_kind
 *   u32 options    enum mount_options
 *   u64 attr_set   MS_* flags (MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_NOATIME, MS_RELATIME ...). A tmpfs with
 *                  MS_RDONLY becomes read-only when mounts, devices and links have been made in it
 *   u64 attr_clear MS_* flags taken away again ("rw", "suid", "dev", "exec" on a bind)
 *   u64 propagation MS_PRIVATE/SLAVE/SHARED/UNBINDABLE with MS_REC or 0
 *   u32 idmap      MOUNT_BIND: owners are shown through the E_IDMAP of this number, counted from 1 (Linux 5.12); 0: none
 *   u32 zero
 *   u32 mode       of a directory or file made for the target; MOUNT_CONTENT: mode of the file
 *   string source  bind: path on the host; others: device name shown in mountinfo
 *   string target  absolute path in the container, resolved inside the rootfs (openat2 RESOLVE_IN_ROOT)
 *   string fstype
 *   string data    filesystem options, comma separated; "..." keeps commas together
 *   bytes content  MOUNT_CONTENT only
 */
enum mount_kind {
	MOUNT_FILESYSTEM = 1, /* a new filesystem of fstype (proc, sysfs, tmpfs, devpts, mqueue, overlay, ...) */
	MOUNT_BIND = 2,
	MOUNT_CGROUP = 3,     /* the container's view of the cgroup hierarchies: v2 a mount of cgroup2; v1 a tmpfs with a mount
	                         for each hierarchy that /proc/self/cgroup names (in a cgroup namespace of its own seen from
	                         there, else the process's own groups alone), and links for co-mounted names */
	MOUNT_CONTENT = 4,    /* a file with the given content (on a small tmpfs of the container) bound at the target */
	MOUNT_ATTRIBUTES = 5, /* nothing is mounted: attr_set and attr_clear of what is mounted at the target already (a bind
	                         with "nosuid,rro" is a MOUNT_BIND with nosuid, then this with MOUNT_ATTR_RECURSIVE) */
};

enum mount_options {
	MOUNT_RECURSIVE = 1 << 0,     /* rbind */
	MOUNT_COPY_UP = 1 << 1,       /* tmpfs: filled with what the rootfs has at the target */
	MOUNT_ATTR_RECURSIVE = 1 << 2, /* rro, rnosuid ...: attr_set goes to the whole tree (mount_setattr AT_RECURSIVE) */
	MOUNT_NO_FOLLOW = 1 << 3,     /* the source must not be a symbolic link */
	MOUNT_OPTIONAL = 1 << 4,      /* a source that is not there is skipped (never set by default) */
	MOUNT_IDMAP_RECURSIVE = 1 << 5, /* idmap goes to the whole tree */
};

#endif
