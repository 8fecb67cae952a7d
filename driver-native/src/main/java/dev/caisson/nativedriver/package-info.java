// SPDX-License-Identifier: Apache-2.0
/**
 * Caisson's own containers: {@link dev.caisson.nativedriver.NativeDriverProvider} is found by name {@code native}.
 *
 * <p>The engine decides everything and writes it down as a launch plan ({@code plan}); a small helper process, caisson-shim,
 * carries it out and is the parent of all containers ({@code shim}). Everything that runs in this JVM waits for events: there
 * are three platform threads whatever the number of containers.
 */
@NullMarked
package dev.caisson.nativedriver;

import org.jspecify.annotations.NullMarked;
