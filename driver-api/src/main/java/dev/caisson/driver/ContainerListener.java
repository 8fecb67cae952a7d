// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver;

/** Told what happens to a driver's containers. */
@FunctionalInterface
public interface ContainerListener {
    /**
     * Called in the order in which things happened to a container, one call at a time for each listener, on a thread
     * that is this listener's own: a slow one delays nobody else. What it throws is logged and does not end its
     * subscription.
     */
    void on(ContainerEvent event);
}
