// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.kernel;

/** How a file is opened (open(2)); every file is opened close-on-exec. */
public enum OpenFlag {
    READ,
    WRITE,
    READ_WRITE,
    CREATE,
    /** With {@link #CREATE}: an existing file is an error. */
    EXCLUSIVE,
    TRUNCATE,
    APPEND,
    NON_BLOCKING,
    DIRECTORY,
    NO_FOLLOW,
    /** Only a handle on the place (O_PATH): nothing is read, no permission on the file itself is needed. */
    PATH_ONLY,
    /** Opening a terminal does not make it ours. */
    NO_CONTROLLING_TERMINAL
}
