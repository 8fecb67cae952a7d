/* SPDX-License-Identifier: Apache-2.0 */
/*
 * seal.h - the shim and the init of a container run from sealed memfds, so that no process of a container can write to
 * their executables through /proc/<pid>/exe (CVE-2019-5736).
 */
#ifndef CAISSON_SEAL_H
#define CAISSON_SEAL_H

#include <stddef.h>

/* 0 when the executable is sealed already (the engine starts it so); else executes a sealed copy of it and does not
 * return. -1 with errno and a sentence in `what`: that cannot be done. */
int seal_self(char **argv, char *what, size_t size);

/* A sealed memfd of that name with these bytes, CLOEXEC; -1 with errno. */
int seal_image(const char *name, const void *bytes, size_t size);

#endif
