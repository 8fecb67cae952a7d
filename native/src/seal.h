/* SPDX-License-Identifier: Apache-2.0 */
/*
 * seal.h - the shim runs from a sealed memfd, so that no process of a container can write to its executable through
 * /proc/<pid>/exe (CVE-2019-5736).
 */
#ifndef CAISSON_SEAL_H
#define CAISSON_SEAL_H

#include <stddef.h>

/* 0 when the executable is sealed already (the engine starts it so); else executes a sealed copy of it and does not
 * return. -1 with errno and a sentence in `what`: that cannot be done. */
int seal_self(char **argv, char *what, size_t size);

#endif
