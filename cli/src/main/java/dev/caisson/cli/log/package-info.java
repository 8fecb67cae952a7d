// SPDX-License-Identifier: Apache-2.0
/** What the libraries have to say of things that went wrong, in the form of the command's own messages. */
@NullMarked
package dev.caisson.cli.log;

import org.jspecify.annotations.NullMarked;
