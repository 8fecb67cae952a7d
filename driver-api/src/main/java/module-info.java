// SPDX-License-Identifier: Apache-2.0
/**
 * What a driver is told and what it answers: the SPI of Caisson. It depends on the JDK alone, so that a driver's jar and
 * an engine can share it whatever else they carry.
 */
module dev.caisson.driver {
    requires static org.jspecify;

    exports dev.caisson.driver;
    exports dev.caisson.driver.check;
    exports dev.caisson.driver.command;
    exports dev.caisson.driver.pipes;
    exports dev.caisson.driver.pool;
    exports dev.caisson.driver.resources;
    exports dev.caisson.driver.stats;

    uses dev.caisson.driver.DriverProvider;
}
