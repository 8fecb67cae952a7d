// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.kernel;

/** Calls on processes, and what the kernel says of our own. */
public interface ProcessCalls {
    /** A descriptor of a process; readable once it has ended. ESRCH when there is no such process. */
    Descriptor openPidfd(int pid);

    /** Sends a signal; 0 only asks whether the process is there. ESRCH when it has ended and been waited for. */
    void signal(Descriptor pidfd, int signal);

    /** Sends a signal by number. A pid may have been given to another process: prefer {@link #signal}. */
    void kill(int pid, int signal);

    /** Our own process. */
    int pid();

    /** The effective user of this process. */
    int effectiveUid();

    /** The effective group of this process. */
    int effectiveGid();

    /** How many CPUs this process may run on (sched_getaffinity(2)). */
    int usableCpus();

    /** A resource limit of this process, by its number in getrlimit(2). */
    ResourceLimit limit(int resource);

    /** What kernel this is. */
    SystemName systemName();

    /** The CLONE_NEW* flag of the namespace that an open file stands for (ioctl_nsfs(2)); 0 when it is no namespace. */
    int namespaceType(Descriptor file);
}
