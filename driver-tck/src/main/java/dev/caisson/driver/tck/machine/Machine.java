// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.machine;

import dev.caisson.driver.ProcessIdentity;
import dev.caisson.driver.Signal;
import dev.caisson.driver.command.Capability;
import dev.caisson.driver.tck.leak.Census;
import dev.caisson.driver.tck.leak.Marks;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What lies under the driver. Behaviours ask it, so that what the machine lacks isn't held against the driver, and what
 * the driver leaves behind is found. {@link LinuxMachine} is this one; a driver whose containers are not processes of this
 * kernel brings its own.
 */
public interface Machine {
    /** Returns what is lacking for a facility and how to get it; empty if nothing is. */
    Optional<String> lacks(Facility facility);

    /** Returns what is lacking for a limit and how to get it; empty if nothing is. */
    Optional<String> lacks(Limit limit);

    /** Returns where a container reads a limit that this machine doesn't lack. */
    LimitFile file(Limit limit);

    /** Returns how many processors there are. */
    int processors();

    /** Returns the size of huge pages by which their limit is tried, as {@code 2MB}. */
    String hugepageSize();

    /** Returns the block device by which limits are tried, if {@link Facility#BLOCK_DEVICE} isn't lacking. */
    DeviceNumber blockDevice();

    /** Returns the RDMA device by which limits are tried, if {@link Limit#RDMA} isn't lacking. */
    String rdmaDevice();

    /** Mounts a tmpfs in the engine's mount namespace, which is shared if the last option is shared, if {@link Facility#HOST_MOUNTS} isn't lacking. */
    Fixture mountTmpfs(Path target, String options);

    /** Makes a network device in the engine's namespace, if {@link Facility#HOST_DEVICES} isn't lacking. */
    Fixture networkDevice(String name);

    /** Returns true if there is a network device of that name in the engine's namespace. */
    boolean hasLink(String name);

    /** Removes a network device, such as a bridge that containers were on; fine if there is none. */
    void removeLink(String name);

    /**
     * Returns what a TCP port says to the engine when it connects; empty if nobody answers.
     *
     * @param patience how long somebody may take until he answers
     */
    Optional<String> hear(String host, int port, Duration patience);

    /** Changes the owner of a file of the host. */
    void own(Path file, int uid, int gid);

    /** Returns the kernel's log, if {@link Facility#AUDIT} isn't lacking. */
    String log();

    /** Returns a line of a resctrl schemata file that is allowed, if {@link Facility#RESCTRL} isn't lacking. */
    String schema();

    /** Removes a cgroup that containers were made below, in every hierarchy that has it. */
    void removeCgroup(String path);

    /** Sends a signal to a process without the driver's help. */
    void signal(ProcessIdentity process, Signal signal);

    /** Returns the engine's own namespace of a kind, as {@code net:[4026531833]}. */
    String namespace(String kind);

    /** Returns the engine's host name. */
    String hostname();

    /** Returns the capabilities that this machine can give at all. */
    Set<Capability> capabilities();

    /** Returns to which {@code device:inode} a descriptor of the engine refers. */
    String descriptor(int number);

    /** Returns the keyrings that the engine sees, as serial numbers. */
    Set<String> keyrings();

    /** Adds what is known of a process of a container, such as its cgroups, to the marks by which its leftovers are found. */
    void mark(ProcessIdentity process, Marks marks);

    /** Returns true if a process exists and has not ended: a zombie has. */
    boolean isAlive(ProcessIdentity process);

    /** Returns how to find what was left behind. */
    List<Census> censuses();
}
