/* SPDX-License-Identifier: Apache-2.0 */
/*
 * take.h - TAKE and CLOSE_STDIN: the descriptors the shim keeps for an engine that may come later.
 */
#ifndef CAISSON_TAKE_H
#define CAISSON_TAKE_H

#include "requests.h"

void take_request(const struct request *request);
void take_close_stdin(const struct request *request);

#endif
