/* SPDX-License-Identifier: Apache-2.0 */
/*
 * machine.h - looking at processes, files and cgroups from outside.
 */
#ifndef CAISSON_MACHINE_H
#define CAISSON_MACHINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* False: it cannot be read. */
bool read_text(const char *path, char *text, size_t size);
void write_text(const char *path, const char *text);
bool exists(const char *path);

unsigned int count_descriptors(pid_t pid);

/* One line for each descriptor: its number and what it is. A test that finds one too many says which. */
void list_descriptors(pid_t pid, char *text, size_t size);
/* Children of a process in state Z. */
unsigned int count_zombies(pid_t parent);
unsigned int count_children(pid_t parent);
bool is_alive(pid_t pid);
/* Needs the process to be gone (or a zombie) within 20 s. */
void await_death(pid_t pid);
/* Needs `path` to exist within 20 s. */
void await_file(const char *path);

/* A name for a cgroup of this test in a v1 hierarchy; NULL where the machine has none. */
const char *cgroup_name(const char *hierarchy, const char *name, char path[static 256]);

/* Removes the parent of a root with all that is in it. */
void root_discard(const char *root);

#endif
