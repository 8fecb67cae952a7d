/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "protocol.h"

int main(void)
{
	return printf("caisson-shim, protocol %u\n", PROTOCOL_VERSION) < 0;
}
