// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup;

import dev.caisson.driver.DriverException;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.driver.resources.Resources;
import dev.caisson.nativedriver.cgroup.systemd.Scope;
import dev.caisson.nativedriver.cgroup.systemd.ScopeHold;
import dev.caisson.nativedriver.cgroup.systemd.Scopes;
import dev.caisson.nativedriver.kernel.Kernel;
import dev.caisson.nativedriver.kernel.Poller;
import java.util.ArrayList;
import java.util.List;

/** The cgroups of all containers. Safe for use by many threads; its methods do not wait. */
public final class CgroupManager {
    private final Kernel kernel;
    private final Poller poller;
    private final CgroupLayout layout;
    private final ParentCgroups parents;
    private final Scopes scopes;

    public CgroupManager(Kernel kernel, Poller poller, CgroupLayout layout) {
        this.kernel = kernel;
        this.poller = poller;
        this.layout = layout;
        this.parents = new ParentCgroups(kernel);
        this.scopes = new Scopes(kernel);
    }

    /** What this machine has. */
    public CgroupLayout layout() {
        return layout;
    }

    /**
     * Plans a container's cgroup, and makes the cgroups above it.
     *
     * @param container what messages call it
     * @throws DriverException for limits that this machine cannot set, and for a parent that cannot be used
     */
    public CgroupPlan plan(String container, CgroupPlace place, Resources resources) {
        // Rules for devices are seen to by the checks: where groups are delegated no container can make nodes.
        Resources settable =
                layout.delegated() ? resources.toBuilder().devices(List.of()).build() : resources;
        checkDelegated(container, settable);
        List<CgroupDirectory> directories = directories(place);
        LimitSteps limits = new LimitSteps(kernel.files(), container, directories);
        List<CgroupStep> steps = new ArrayList<>();
        List<String> removals = new ArrayList<>();
        for (CgroupDirectory directory : directories) {
            steps.add(
                    new CgroupStep.MakeDirectory(directory.path(), place.scope().isPresent()));
            removals.add(directory.path());
        }
        List<Controllers.Bound> bound = Controllers.bind(directories);
        steps.addAll(limits.of(place.scope().isPresent() ? withHold(settable) : settable, bound));
        for (CgroupDirectory directory : directories) {
            steps.add(new CgroupStep.Join(directory.hierarchy().version(), directory.path()));
        }
        CgroupHold hold = place.scope()
                .map(scope -> hold(container, scope, directories, bound, resources))
                .orElse(CgroupHold.NONE);
        return new CgroupPlan(container, place, steps, reportFiles(bound), removals, hold);
    }

    /** The process that holds a scope needs a place too where their number is limited. */
    private static Resources withHold(Resources resources) {
        return resources.pids().isPresent() && resources.pids().getAsLong() > 0
                ? resources.toBuilder().pids(resources.pids().getAsLong() + 1).build()
                : resources;
    }

    private CgroupHold hold(
            String container,
            Scope scope,
            List<CgroupDirectory> directories,
            List<Controllers.Bound> bound,
            Resources resources) {
        LimitSteps limits = new LimitSteps(kernel.files(), container, directories);
        List<CgroupStep.Write> exact = new ArrayList<>();
        resources
                .pids()
                .ifPresent(most -> limits.of(Resources.builder().pids(most).build(), bound)
                        .forEach(step -> exact.add((CgroupStep.Write) step)));
        ScopeHold process = ScopeHold.start(kernel);
        try {
            scopes.start(container, scope, resources, process.pid(), () -> hasProcesses(directories));
        } catch (DriverException e) {
            process.close();
            throw e;
        }
        return new HeldScope(kernel.files(), process, exact);
    }

    private boolean hasProcesses(List<CgroupDirectory> directories) {
        return directories.stream()
                .anyMatch(directory -> !new CgroupProcesses(kernel.files())
                        .of(directory.path())
                        .isEmpty());
    }

    /**
     * Refuses limits that can't be set whatever the container, before anything is looked at.
     *
     * @throws DriverException UNSUPPORTED_FIELD where an ordinary user lacks their controllers
     */
    public void checkDelegated(String container, Resources resources) {
        if (layout.delegated()) {
            MissingControllers.checkDelegated(container, layout, resources);
        }
    }

    /** How a process gets into a container's cgroup. */
    public List<CgroupStep.Join> joins(CgroupPlace place) {
        return directories(place).stream()
                .map(directory -> new CgroupStep.Join(directory.hierarchy().version(), directory.path()))
                .toList();
    }

    /** Where a container's cgroup is, or will be, in each tree. */
    public List<CgroupRoot> roots(CgroupPlace place) {
        return directories(place).stream().map(CgroupRoot::of).toList();
    }

    /**
     * The cgroup of a container that runs.
     *
     * @param init its first process, which tells of the others where there are no cgroups
     */
    public Cgroup open(String container, CgroupPlace place, int init) {
        return new Cgroup(kernel, poller, container, place.scope(), scopes, directories(place), init);
    }

    private List<CgroupDirectory> directories(CgroupPlace place) {
        if (place.path().equals("/")) {
            throw new DriverException(
                    StandardErrorCode.INVALID_ARGUMENT,
                    "place a container's cgroup",
                    "/ is the root of all cgroups",
                    "give a path below it");
        }
        return layout.hierarchies().stream()
                .map(hierarchy -> parents.prepare(hierarchy, place.in(hierarchy)))
                .toList();
    }

    private static List<String> reportFiles(List<Controllers.Bound> controllers) {
        return controllers.stream()
                .flatMap(bound -> bound.controller().reportFiles().stream()
                        .filter(bound.directory().files()::contains)
                        .map(bound.directory()::file))
                .toList();
    }
}
