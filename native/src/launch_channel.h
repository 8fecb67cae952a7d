/* SPDX-License-Identifier: Apache-2.0 */
/*
 * launch_channel.h - the shim's end of channel.h: what a launching child tells, and what the engine has it told.
 */
#ifndef CAISSON_LAUNCH_CHANNEL_H
#define CAISSON_LAUNCH_CHANNEL_H

#include "launch.h"

/* Hears all that the child has said by now. */
void launch_hear(struct process *process);

#endif
