// SPDX-License-Identifier: Apache-2.0
/**
 * Readers of the kernel's text files, one class per format. They take the text, never a path, so that samples of every
 * kernel can be tested; what they do not understand is a {@link dev.caisson.nativedriver.procfs.MalformedFileException}.
 */
@NullMarked
package dev.caisson.nativedriver.procfs;

import org.jspecify.annotations.NullMarked;
