// SPDX-License-Identifier: Apache-2.0
/** CRIU, criu(8): the tool that writes processes to files and brings them back, asked through its RPC (criu-rpc(7)). */
@NullMarked
package dev.caisson.nativedriver.criu;

import org.jspecify.annotations.NullMarked;
