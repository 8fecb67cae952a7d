/* SPDX-License-Identifier: Apache-2.0 */
/*
 * swapper.h - somebody who has the root and changes it while it is in use (CVE-2021-30465): exchanges the directory
 * root/swap/target of the sandbox with root/swap/link, a link out of the root to "victim", as fast as they can.
 */
#ifndef CAISSON_SWAPPER_H
#define CAISSON_SWAPPER_H

/* Makes all three, and starts. One at a time. */
void swapper_start(void);

/* Returns when the exchanges are over. */
void swapper_stop(void);

#endif
