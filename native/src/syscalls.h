/* SPDX-License-Identifier: Apache-2.0 */
/*
 * syscalls.h - system calls that a libc has no wrapper for (musl 1.2.3, glibc 2.36 in part).
 */
#ifndef CAISSON_SYSCALLS_H
#define CAISSON_SYSCALLS_H

#include <linux/mount.h>
#include <linux/openat2.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef AT_RECURSIVE
#define AT_RECURSIVE 0x8000 /* linux/fcntl.h, which does not go together with fcntl.h */
#endif

static inline int sys_openat2(int directory, const char *path, uint64_t flags, uint64_t mode, uint64_t resolve)
{
	struct open_how how = {.flags = flags, .mode = mode, .resolve = resolve};

	return (int)syscall(SYS_openat2, directory, path, &how, sizeof how);
}

static inline int sys_open_tree(int directory, const char *path, unsigned int flags)
{
	return (int)syscall(SYS_open_tree, directory, path, flags);
}

static inline int sys_move_mount(int from, const char *from_path, int to, const char *to_path, unsigned int flags)
{
	return (int)syscall(SYS_move_mount, from, from_path, to, to_path, flags);
}

static inline int sys_fsopen(const char *type, unsigned int flags)
{
	return (int)syscall(SYS_fsopen, type, flags);
}

static inline int sys_fsconfig(int context, unsigned int command, const char *key, const void *value, int number)
{
	return (int)syscall(SYS_fsconfig, context, command, key, value, number);
}

static inline int sys_fsmount(int context, unsigned int flags, unsigned int attributes)
{
	return (int)syscall(SYS_fsmount, context, flags, attributes);
}

static inline int sys_mount_setattr(int directory, const char *path, unsigned int flags, struct mount_attr *attributes)
{
	return (int)syscall(SYS_mount_setattr, directory, path, flags, attributes, sizeof *attributes);
}

static inline int sys_pivot_root(const char *root, const char *old)
{
	return (int)syscall(SYS_pivot_root, root, old);
}

static inline int sys_close_range(unsigned int first, unsigned int last, unsigned int flags)
{
	return (int)syscall(SYS_close_range, first, last, flags);
}

static inline int sys_pidfd_open(pid_t pid)
{
	return (int)syscall(SYS_pidfd_open, pid, 0);
}

#endif
