// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver;

/**
 * What {@link java.util.ServiceLoader} finds: it describes a driver and opens it. Needs a public constructor without
 * parameters that does no work.
 */
public interface DriverProvider {
    /**
     * Returns the name that users choose the driver by: lower-case letters, digits and {@code -}. Names that start with
     * {@code caisson-}, {@code native} and {@code lxc} are Caisson's.
     */
    String name();

    /** Returns one sentence for people who choose among drivers. */
    String description();

    /** Returns the version of the driver, by default that of its jar's manifest, or "unknown". */
    default String version() {
        String version = getClass().getPackage().getImplementationVersion();
        return version == null ? "unknown" : version;
    }

    /** Returns who makes it, by default from its jar's manifest, or "unknown". */
    default String vendor() {
        String vendor = getClass().getPackage().getImplementationVendor();
        return vendor == null ? "unknown" : vendor;
    }

    /** Returns how gladly it should be taken by {@code auto}: the highest that is available wins. */
    default int priority() {
        return 0;
    }

    /**
     * Returns the record that holds its options, each component annotated with {@link Option}. The engine binds text or JSON
     * onto it.
     */
    Class<? extends Record> optionsType();

    /** Returns the options of a driver that was given none. */
    Record defaultOptions();

    /** Tries whether the driver can work here: really, not by names. Blocks for at most a few seconds; changes nothing. */
    Availability probe();

    /**
     * Opens the driver. Blocking; thread-safe.
     *
     * @param options an instance of {@link #optionsType()}
     * @throws DriverException of kind USER if the options are wrong, MACHINE if {@link #probe()} would have said so, or
     *     WRONG_STATE if another engine has the state root
     */
    Driver open(DriverContext context, Record options);
}
