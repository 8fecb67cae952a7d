/* SPDX-License-Identifier: Apache-2.0 */
/*
 * security.h - labels of the security modules, the session keyring, no_new_privs.
 */
#ifndef CAISSON_SECURITY_H
#define CAISSON_SECURITY_H

#include "child_state.h"

/* Labels that take effect at execve. */
void security_label(const struct child *child);

/* PLAN_NEW_KEYRING */
void security_keyring(const struct child *child);

/* PLAN_NO_NEW_PRIVS */
void security_no_new_privileges(const struct child *child);

#endif
