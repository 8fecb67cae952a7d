/* SPDX-License-Identifier: Apache-2.0 */
/*
 * namespaces.h - joining namespaces, making those that clone3(2) cannot make well, naming them.
 */
#ifndef CAISSON_NAMESPACES_H
#define CAISSON_NAMESPACES_H

#include "child_state.h"

/* Joins what E_NS_JOIN says of `wanted` CLONE_NEW* bits and is not done yet. */
void namespaces_join(struct child *child, unsigned int wanted);

/* Makes what E_NS_NEW says of `wanted` CLONE_NEW* bits and is not done yet. */
void namespaces_make(struct child *child, unsigned int wanted);

/* Time offsets: the process enters the time namespace that has them. */
void namespaces_time(struct child *child);

/* Host and domain name. */
void namespaces_names(const struct child *child);

/* Inside a user namespace: becomes its root, so that what is made belongs to the container. */
void namespaces_become_root(struct child *child);

#endif
