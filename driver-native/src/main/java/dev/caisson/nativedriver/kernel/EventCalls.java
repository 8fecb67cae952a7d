// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.kernel;

import java.util.List;

/** Calls that tell when something happens. */
public interface EventCalls {
    /** A new epoll set. */
    Descriptor epoll();

    /**
     * Adds a descriptor to an epoll set. It is reported once, then {@link #rearm} must be called.
     *
     * @param token what {@link Ready} names it by
     * @throws KernelException EPERM for a file that is always ready, such as a regular one
     */
    void watch(Descriptor epoll, Descriptor target, Interest interest, long token);

    /** Lets a watched descriptor be reported once more. */
    void rearm(Descriptor epoll, Descriptor target, Interest interest, long token);

    /** Takes a descriptor out of the set by its number. One that is not in it is no error. */
    void forget(Descriptor epoll, int target);

    /** Waits until something watched is ready; may return nothing. At most {@code max} at a time. */
    List<Ready> await(Descriptor epoll, int max);

    /** A new counter (eventfd(2)) of value 0, non-blocking. */
    Descriptor counter();

    /** Adds one to a counter. */
    void increment(Descriptor counter);

    /** Takes the counter's value and sets it to 0; 0 when it was. */
    long take(Descriptor counter);

    /** A new inotify instance, non-blocking. */
    Descriptor inotify();

    /**
     * Watches a path for modification of its content or its removal.
     *
     * @return the watch's number
     */
    int watchModification(Descriptor inotify, String path);

    /** The events that are there, without waiting; may be empty. */
    List<InotifyEvent> readEvents(Descriptor inotify);
}
