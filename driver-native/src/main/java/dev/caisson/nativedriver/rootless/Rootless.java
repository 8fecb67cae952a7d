// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.rootless;

import dev.caisson.driver.command.Capability;
import dev.caisson.driver.command.IdMapping;
import dev.caisson.driver.command.IdMappings;
import dev.caisson.nativedriver.kernel.Kernel;
import dev.caisson.nativedriver.procfs.ProcessStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The user namespace in which the shim of an ordinary user lives. All of its containers are in it, or in one of their own
 * within it. Commands speak of the host's ids as everywhere; the kernel takes those of the shim's namespace.
 *
 * @param user its name
 * @param mappings of the shim's namespace
 * @param helpers that write them; none where the user's own id is all that there is
 * @param lacking why that is all, and what to do
 */
public record Rootless(String user, IdMappings mappings, Optional<IdHelpers> helpers, Optional<String> lacking) {
    private static final String USERS = "/etc/subuid";
    private static final String GROUPS = "/etc/subgid";

    /** Returns it, or nothing for a process that has the rights to do without, and for a root that lost them. */
    public static Optional<Rootless> find(Kernel kernel) {
        ProcessStatus own = ProcessStatus.parse(kernel.files().read("/proc/self/status"));
        return own.may(Capability.SYS_ADMIN.number()) || own.effectiveUid() == 0
                ? Optional.empty()
                : Optional.of(of(kernel, own));
    }

    private static Rootless of(Kernel kernel, ProcessStatus own) {
        String user = System.getProperty("user.name", "");
        long gid = Integer.toUnsignedLong(kernel.processes().effectiveGid());
        IdMappings all =
                new IdMappings(map(kernel, USERS, user, own, own.effectiveUid()), map(kernel, GROUPS, user, own, gid));
        Optional<IdHelpers> helpers = IdHelpers.find(kernel);
        Optional<String> lacking = lacking(user, all, helpers, own);
        return lacking.isEmpty()
                ? new Rootless(user, all, helpers, lacking)
                : new Rootless(user, alone(all), Optional.empty(), lacking);
    }

    private static List<IdMapping> map(Kernel kernel, String file, String user, ProcessStatus own, long id) {
        return SubordinateIds.map(kernel.files().readIfPresent(file).orElse(""), user, own.effectiveUid(), id);
    }

    private static IdMappings alone(IdMappings all) {
        return new IdMappings(all.uids().subList(0, 1), all.gids().subList(0, 1));
    }

    private static Optional<String> lacking(
            String user, IdMappings all, Optional<IdHelpers> helpers, ProcessStatus own) {
        if (all.uids().size() == 1) {
            return Optional.of(noLine(USERS, user));
        }
        if (all.gids().size() == 1) {
            return Optional.of(noLine(GROUPS, user));
        }
        if (helpers.isEmpty()) {
            return Optional.of("newuidmap and newgidmap are not installed (package uidmap)");
        }
        return own.noNewPrivileges()
                ? Optional.of("this process has no_new_privs set, with which newuidmap has no rights")
                : Optional.empty();
    }

    private static String noLine(String file, String user) {
        return file + " has no line for this user, such as \"" + user + ":100000:65536\"";
    }

    /** Returns the shim's arguments: the maps, and who writes them. */
    public List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of(words(mappings.uids()), words(mappings.gids())));
        helpers.ifPresent(programs -> arguments.addAll(List.of(programs.users(), programs.groups())));
        return arguments;
    }

    private static String words(List<IdMapping> maps) {
        return String.join(
                " ",
                maps.stream()
                        .map(map -> map.inside() + " " + map.outside() + " " + map.count())
                        .toList());
    }

    /** Returns the maps of a container's own namespace as the shim's namespace has them; ids that it lacks are left out. */
    public IdMappings inside(IdMappings wanted) {
        return new IdMappings(inside(wanted.uids(), mappings.uids()), inside(wanted.gids(), mappings.gids()));
    }

    private static List<IdMapping> inside(List<IdMapping> wanted, List<IdMapping> given) {
        List<IdMapping> maps = new ArrayList<>();
        for (IdMapping map : wanted) {
            for (IdMapping part : given) {
                long from = Math.max(map.outside(), part.outside());
                long to = Math.min(map.outside() + map.count(), part.outside() + part.count());
                if (from < to) {
                    maps.add(new IdMapping(
                            map.inside() + from - map.outside(), part.inside() + from - part.outside(), to - from));
                }
            }
        }
        return List.copyOf(maps);
    }

    /** Returns what this user would need to be allowed a range of users, empty if it has them all. */
    public Optional<String> missingUsers(IdMapping range) {
        return missing(range, mappings.uids(), USERS);
    }

    /** Returns what this user would need to be allowed a range of groups, empty if it has them all. */
    public Optional<String> missingGroups(IdMapping range) {
        return missing(range, mappings.gids(), GROUPS);
    }

    private Optional<String> missing(IdMapping range, List<IdMapping> given, String file) {
        long found = inside(List.of(range), given).stream()
                .mapToLong(IdMapping::count)
                .sum();
        return found == range.count()
                ? Optional.empty()
                : Optional.of(lacking.orElse(
                        file + " has no line \"" + user + ":" + range.outside() + ":" + range.count() + "\""));
    }

    /** Returns true if containers have a group with that number. */
    public boolean hasGroup(long gid) {
        return mappings.gids().stream().anyMatch(map -> gid >= map.inside() && gid < map.inside() + map.count());
    }

    /** Returns true if containers have a user with that number. */
    public boolean hasUser(long uid) {
        return mappings.uids().stream().anyMatch(map -> uid >= map.inside() && uid < map.inside() + map.count());
    }
}
