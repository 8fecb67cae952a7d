/* SPDX-License-Identifier: Apache-2.0 */
/*
 * child_channel.h - the child's end of the conversation with its shim (channel.h).
 */
#ifndef CAISSON_CHILD_CHANNEL_H
#define CAISSON_CHILD_CHANNEL_H

#include "channel.h"
#include "child_state.h"

/* Sends a message, with `number` as its body if `body` is set and with a descriptor unless `fd` is negative. */
void channel_send(struct child *child, enum channel_type type, const uint32_t *body, int fd);

/* Waits for a message of this type; its body becomes child->state. Ends the process if the shim is gone. */
void channel_wait(struct child *child, enum channel_type type);

#endif
