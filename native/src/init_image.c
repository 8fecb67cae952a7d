/* SPDX-License-Identifier: Apache-2.0 */
#include "init_image.h"

/* C11 has no #embed. The Makefile says in which directory the assembler finds it. */
__asm__(".section .rodata.init_image, \"a\"\n"
	".global init_image, init_image_end\n"
	"init_image:\n"
	".incbin \"caisson-init\"\n"
	"init_image_end:\n"
	".previous\n");
