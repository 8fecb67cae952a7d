/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CAISSON_MASK_H
#define CAISSON_MASK_H

#include "child_state.h"

/* Hides the E_MASK paths. */
void mask_hide(struct child *child);

/* Write-protects the E_READONLY paths. */
void mask_protect(const struct child *child);

#endif
