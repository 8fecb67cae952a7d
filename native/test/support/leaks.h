/* SPDX-License-Identifier: Apache-2.0 */
/*
 * leaks.h - what a test may leave behind: nothing.
 */
#ifndef CAISSON_LEAKS_H
#define CAISSON_LEAKS_H

/* Notes the mounts, descriptors, children and cgroups of now. */
void leaks_note(void);

/* Reports whether they are the same again. */
void leaks_check(void);

#endif
