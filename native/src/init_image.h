/* SPDX-License-Identifier: Apache-2.0 */
/*
 * init_image.h - the executable of caisson-init (init/caisson_init.c), part of the shim: a container's root has none.
 */
#ifndef CAISSON_INIT_IMAGE_H
#define CAISSON_INIT_IMAGE_H

extern const unsigned char init_image[], init_image_end[];

#endif
