/* SPDX-License-Identifier: Apache-2.0 */
/*
 * boot.h - which boot of the machine this is.
 */
#ifndef CAISSON_BOOT_H
#define CAISSON_BOOT_H

/* 16 bytes of /proc/sys/kernel/random/boot_id; zeros where that cannot be read. Read once. */
void boot_id(unsigned char id[static 16]);

#endif
