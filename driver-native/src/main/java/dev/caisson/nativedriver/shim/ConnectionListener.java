// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.shim;

/** Told of what is about no single process. Called on the connection's reader thread: must not block. */
interface ConnectionListener {
    /** The shim tells of a process that it holds; whatever it says of it next comes after this has returned. */
    void held(Reply.Held held);

    /** There are no more of them. */
    void listEnd();

    /** Nothing comes any more. */
    void ended(String why);
}
