// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup.systemd;

import dev.caisson.driver.DriverException;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.driver.resources.Resources;
import dev.caisson.nativedriver.dbus.DbusException;
import dev.caisson.nativedriver.kernel.Kernel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Has systemd make and change scopes. Safe for use by many threads; each call makes a connection of its own. */
public final class Scopes {
    /** There while systemd is the init of this machine (sd_booted(3)). */
    private static final String BOOTED = "/run/systemd/system";

    private static final String BUS = "/run/dbus/system_bus_socket";
    private static final String GONE = "org.freedesktop.systemd1.NoSuchUnit";
    private static final String EXISTS = "org.freedesktop.systemd1.UnitExists";

    private final Kernel kernel;
    private final Path bus;

    public Scopes(Kernel kernel) {
        this(kernel, Path.of(BUS));
    }

    Scopes(Kernel kernel, Path bus) {
        this.kernel = kernel;
        this.bus = bus;
    }

    /** Whether systemd can be asked. */
    public static boolean areThere(Kernel kernel) {
        return kernel.files().exists(BOOTED) && kernel.files().exists(BUS);
    }

    /**
     * Makes a scope with its cgroup, and hands the cgroup over to us (Delegate). The scope lasts as long as there is a process
     * in it, and then goes of itself, failed or not.
     *
     * @param pid a process that holds it until the container's are there
     * @param inUse whether there are processes in the cgroup
     * @throws DriverException if systemd refuses or cannot be asked
     */
    public void start(String container, Scope scope, Resources resources, long pid, BooleanSupplier inUse) {
        List<Property> properties = new ArrayList<>(List.of(
                new Property.Text("Description", "Caisson container " + container),
                new Property.Text("Slice", scope.slice()),
                new Property.Switch("Delegate", true),
                new Property.Switch("DefaultDependencies", false),
                new Property.Text("CollectMode", "inactive-or-failed"),
                new Property.Switch("MemoryAccounting", true),
                new Property.Switch("CPUAccounting", true),
                new Property.Switch("IOAccounting", true),
                new Property.Switch("TasksAccounting", true),
                new Property.Pids("PIDs", List.of(pid))));
        properties.addAll(ScopeProperties.of(resources));
        String doing = "make scope " + scope.unit() + " of container \"" + container + "\"";
        try (Manager manager = Manager.open(bus, kernel.processes().effectiveUid())) {
            String result = startAnew(manager, scope, properties, inUse);
            if (!Manager.isDone(result)) {
                throw refused(doing, "systemd's job ended as \"" + result + "\"", null);
            }
        } catch (DbusException e) {
            throw refused(doing, e.getMessage(), e);
        }
    }

    /** One that has just become empty may not have gone yet. */
    private static String startAnew(Manager manager, Scope scope, List<Property> properties, BooleanSupplier inUse)
            throws DbusException {
        try {
            return manager.startTransient(scope.unit(), properties);
        } catch (DbusException e) {
            if (!e.name().equals(EXISTS) || inUse.getAsBoolean()) {
                throw e;
            }
            forget(manager, scope);
            return manager.startTransient(scope.unit(), properties);
        }
    }

    private static void forget(Manager manager, Scope scope) throws DbusException {
        try {
            manager.stop(scope.unit());
            manager.resetFailed(scope.unit());
        } catch (DbusException e) {
            if (!e.name().equals(GONE)) {
                throw e;
            }
        }
    }

    /**
     * Tells systemd of other limits.
     *
     * @throws DriverException if systemd refuses or cannot be asked
     */
    public void update(String container, Scope scope, Resources resources) {
        List<Property> properties = ScopeProperties.of(resources);
        if (properties.isEmpty()) {
            return;
        }
        try (Manager manager = Manager.open(bus, kernel.processes().effectiveUid())) {
            manager.set(scope.unit(), properties);
        } catch (DbusException e) {
            throw refused("change scope " + scope.unit() + " of container \"" + container + "\"", e.getMessage(), e);
        }
    }

    private static DriverException refused(String doing, @Nullable String why, @Nullable DbusException cause) {
        return new DriverException(
                StandardErrorCode.CONTROLLER_LACKS,
                doing,
                String.valueOf(why),
                "look at systemctl status, or have cgroups made without systemd (cgroupManager, or a path as the place)",
                cause);
    }
}
