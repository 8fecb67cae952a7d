/* SPDX-License-Identifier: Apache-2.0 */
/*
 * protocol.h - what engine (Java) and caisson-shim (C) say to each other.
 *
 * Transport: a unix socket of type SOCK_SEQPACKET at <root>/shim.sock, mode 0600. Both sides check SO_PEERCRED: the peer
 * must run under our own uid. One engine at a time; a second one gets MSG_REFUSED and is closed. One packet is one
 * message: struct msg_header, then a body, all numbers little endian, at most MSG_MAX bytes, at most MSG_MAX_FDS
 * descriptors beside it (SCM_RIGHTS). Anything that breaks these rules ends the connection with MSG_REFUSED and a text.
 *
 * `tag` is chosen by the engine, unique for the life of the shim, and names one process that the shim holds: an init, an
 * exec, a host process (hook). Every message about it carries the tag.
 *
 *   engine                                   shim                                   child (one per LAUNCH)
 *   HELLO ---------------------------------->
 *        <---------------------------- WELCOME
 *   LAUNCH(plan, fds) ---------------------->
 *                                            clone3 ------------------------------> makes/joins cgroups, namespaces
 *        <-------------------- CREATED(pid)   only with PLAN_AWAIT_CONTINUE ...     waits
 *   (network, runtime hooks)
 *   CONTINUE(state JSON) ------------------->  -----------------------------------> createContainer hooks, mounts,
 *                                                                                   pivot_root, identity ...
 *        <-------- READY(pid) [pty master]     only with PLAN_HOLD                  waits
 *   START(state JSON) ---------------------->  -----------------------------------> startContainer hooks, execve
 *        <------ STARTED(pid) [pty master]                                          the user's process
 *        <-- FAILED(phase, errno, text)        instead of STARTED, at any moment; everything is cleaned by then
 *        <-- EXITED(status, times, report)     cgroups are gone by then
 *   CLEAN ---------------------------------->
 *        <---------------------------- CLEANED  files are gone and the tag is forgotten
 *
 * With PLAN_RESTORE there is no READY, and STARTED follows what the engine hears from the restorer by itself:
 *
 *   LAUNCH(plan, fds) ---------------------->
 *                                            clone3 ------------------------------> makes cgroups, root, mounts; execve of
 *   ADOPT(pid) [pty master] ---------------->                                       the restorer, whose sibling is the init
 *        <------ STARTED(pid) [pty master]
 *
 * With neither flag a start is LAUNCH -> STARTED -> EXITED: no step with nothing to do costs a round trip. With
 * PLAN_AUTO_CLEAN the shim sends CLEANED by itself right after EXITED (used by tied runs). In lasting mode what could not
 * be told, because no engine was there, is kept until CLEAN even so; a FAILED until LIST tells it.
 *
 * PLAN_CLEAN: LAUNCH -> CLEANED.
 *
 * Modes (first argument of the binary):
 *   tied     the engine's connection closes => every process is killed and everything cleaned, the shim ends; only then
 *            does it close its side (an engine that wants to wait for it shuts its own side down for writing).
 *   lasting  the shim goes on; EXITED facts, spools and records are kept until an engine CLEANs them.
 *   one-shot the shim serves one LAUNCH, then ends without killing the child (which is re-parented to the caller's
 *            sub-reaper). The gate of PLAN_HOLD is then a FIFO (E_GATE_FIFO), opened by a later `start`.
 *
 * A tied or one-shot shim to which nobody has said HELLO yet ends with the process that started it. SIGTERM, SIGINT or
 * SIGHUP to a shim kill and clean all that it holds; it then exits with 0.
 *
 * Each one-shot shim needs a root directory of its own; the record c/<tag> stays there, the socket and lock do not.
 *
 * If the shim dies, its children die: each init and exec has PR_SET_PDEATHSIG SIGKILL in tied and lasting mode, and a
 * child that waits on its channel ends when the channel closes. A new tied or lasting shim on the same root kills what is
 * left of them (by their records), removes their cgroups and holds them as EXITED with WAIT_STATUS_LOST (or the true
 * status, where the former shim could note it) until CLEAN. Their tags are taken: LIST before the first LAUNCH.
 */
#ifndef CAISSON_PROTOCOL_H
#define CAISSON_PROTOCOL_H

#include <stdint.h>

#define PROTOCOL_MAGIC 0x4e535343u /* "CSSN" */
#define PROTOCOL_VERSION 1u

#define MSG_MAX 65536
#define MSG_MAX_FDS 64

struct msg_header {
	uint32_t type;   /* enum msg_type */
	uint32_t length; /* of the whole packet, header included */
	uint64_t tag;    /* 0 where a message is about no process */
};

enum msg_type {
	/* engine -> shim */
	MSG_HELLO = 1,     /* u32 magic, u32 version, u32 engine pid, u32 zero */
	MSG_LAUNCH = 2,    /* no body; fd 0 is the plan (sealed memfd), fds 1.. are what the plan's indexes name */
	MSG_CONTINUE = 3,  /* body: OCI state JSON for createContainer hooks (may be empty) */
	MSG_START = 4,     /* body: OCI state JSON for startContainer hooks (may be empty) */
	MSG_SIGNAL = 5,    /* u32 signal number -> SIGNALLED */
	MSG_CLEAN = 6,     /* no body; refused before EXITED */
	MSG_LIST = 7,      /* no body */
	MSG_FOLLOW = 8,    /* u32 stream (1, 2), u32 zero, u64 offset consumed so far: arms one GREW, sent when the spool is
	                      longer than that or has ended, and frees what is before it (whole pages of 4096). After EXITED
	                      it is answered at once: all that the process wrote before its end is in by then; `ended` is 0
	                      when somebody whom it left behind still has the pipe */
	MSG_CLOSE_STDIN = 9, /* no body: the shim drops the write end it keeps (STDIO_KEPT), if it still does; no answer */
	MSG_TAKE = 10,     /* no body: asks for the descriptors kept for this tag -> TAKEN */
	MSG_SHUTDOWN = 11, /* u32 force: end the shim; without force refused while any are held, ended ones included. Its tag
	                      is given back by REFUSED, so it should be one that is not 0 and names no process */

	MSG_ADOPT = 12,    /* u32 pid, u32 zero; fd 0: pty master, if there is one: this child of the shim is the init of a
	                      PLAN_RESTORE from now on. REFUSED when it is no child, or the restorer does not run */

	/* shim -> engine */
	MSG_WELCOME = 101,  /* u32 version, u32 shim pid, u32 mode, u32 processes held */
	MSG_CREATED = 102,  /* u32 pid, u32 zero, u64 start time (clock ticks since boot, field 22 of /proc/pid/stat) */
	MSG_READY = 103,    /* as CREATED; fd 0: pty master, when the plan asked for a terminal */
	MSG_STARTED = 104,  /* as CREATED, u64 wall clock ns; fd 0: pty master when no READY was sent */
	MSG_FAILED = 105,   /* struct msg_failed, then text (not NUL-terminated); of a process that was killed then its report
	                       files as in EXITED, up to the end of the message */
	MSG_EXITED = 106,   /* struct msg_exited, then per report file: u32 length or REPORT_MISSING, bytes */
	MSG_CLEANED = 107,  /* u32 errno, u32 zero, then text: what could not be removed. errno 0: everything is gone and the
	                       tag forgotten; else it is held still, for another CLEAN (but for PLAN_CLEAN) */
	MSG_SIGNALLED = 108, /* u32 errno, u32 zero; ESRCH also for a tag that is not held (any more) */
	MSG_HELD = 109,     /* struct msg_held, then id, then blob (their lengths are in the struct), the oldest first;
	                       EXITED ones are followed by their MSG_EXITED. One that failed while no engine was there is
	                       HELD_CREATING, followed by its MSG_FAILED, and then forgotten */
	MSG_LIST_END = 110, /* no body */
	MSG_GREW = 111,     /* u32 stream, u32 ended (1: writer closed it), u64 size of the spool so far */
	MSG_TAKEN = 112,    /* u32 bit mask of what follows as descriptors, in order: 1 stdin write end, 2 stdout spool,
	                       4 stderr spool (each opened anew for reading), 8 pty master */
	MSG_REFUSED = 113,  /* text; the request (tag) or, with tag 0, the connection was refused */
};

enum shim_mode { MODE_TIED = 0, MODE_LASTING = 1, MODE_ONE_SHOT = 2 };

enum held_state { HELD_CREATING = 0, HELD_READY = 1, HELD_RUNNING = 2, HELD_EXITED = 3 };

struct msg_failed {
	uint32_t phase;    /* enum phase */
	int32_t error;     /* errno, 0 where none applies */
	uint32_t exec_code; /* 0, or the exit code that says it best: 126 not executable, 127 not found */
	uint32_t text_length;
};

#define REPORT_MISSING 0xffffffffu
#define REPORT_FILE_MAX 4096 /* so at most 15 of them fit into an EXITED; a plan with more is refused */

/* The process was held by a former shim on this root, which died: it was killed, how it ended is not known. */
#define WAIT_STATUS_LOST (-1)

struct msg_exited {
	int32_t wait_status;   /* as wait4(2) gives it, or WAIT_STATUS_LOST */
	uint32_t reports;      /* how many report files follow */
	uint64_t started_ns;   /* CLOCK_REALTIME */
	uint64_t finished_ns;  /* CLOCK_REALTIME */
	uint64_t user_us;      /* rusage of the process and what it waited for */
	uint64_t system_us;
	uint64_t max_rss_kib;
	uint64_t minor_faults;
	uint64_t major_faults;
};

struct msg_held {
	uint32_t state; /* enum held_state */
	uint32_t pid;
	uint64_t start_time;
	uint64_t started_ns;
	uint32_t kind;  /* enum plan_kind */
	uint32_t flags; /* the plan's flags */
	uint64_t target; /* exec: tag of its container's init */
	uint32_t id_length;
	uint32_t blob_length;
	uint64_t spooled[2]; /* stdout, stderr: bytes so far; offset already freed is in `consumed` */
	uint64_t consumed[2];
};

/* Where a launch failed. The names are shown to users, lower case with spaces. */
enum phase {
	PHASE_PLAN = 1,        /* the plan itself */
	PHASE_CLONE = 2,
	PHASE_CGROUP = 3,
	PHASE_NAMESPACE = 4,   /* joining or making namespaces, uid/gid maps */
	PHASE_NETWORK = 5,
	PHASE_ROOTFS = 6,
	PHASE_MOUNT = 7,
	PHASE_DEVICE = 8,
	PHASE_PIVOT = 9,
	PHASE_MASK = 10,       /* masked and read-only paths */
	PHASE_SYSCTL = 11,
	PHASE_HOOK = 12,
	PHASE_TERMINAL = 13,
	PHASE_STDIO = 14,
	PHASE_LIMIT = 15,      /* rlimits, scheduler, io priority, oom score */
	PHASE_USER = 16,       /* user and group look-up */
	PHASE_IDENTITY = 17,   /* uid, gid, groups, capabilities */
	PHASE_SECURITY = 18,   /* LSM labels, no_new_privs, seccomp, keyring */
	PHASE_CWD = 19,
	PHASE_EXEC = 20,
	PHASE_SHIM = 21,       /* the shim itself: out of memory, of descriptors ... */
	PHASE_RESTORE = 22,    /* PLAN_RESTORE: what was executed has ended before there was an init */
};

#endif
