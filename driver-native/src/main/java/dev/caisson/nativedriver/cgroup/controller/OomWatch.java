// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup.controller;

/** Tells when a container runs out of the memory that it may have, until it is closed or the cgroup is gone. */
public interface OomWatch extends AutoCloseable {
    @Override
    void close();
}
