// SPDX-License-Identifier: Apache-2.0
/** The conformance kit for drivers. */
module dev.caisson.driver.tck {
    requires transitive dev.caisson.driver;
    requires transitive org.junit.jupiter.api;
    requires org.junit.jupiter.params;
    requires static org.jspecify;

    opens dev.caisson.driver.tck to
            org.junit.platform.commons;
    opens dev.caisson.driver.tck.behaviour to
            org.junit.platform.commons;

    exports dev.caisson.driver.tck;
    exports dev.caisson.driver.tck.behaviour;
    exports dev.caisson.driver.tck.field;
    exports dev.caisson.driver.tck.leak;
    exports dev.caisson.driver.tck.machine;
    exports dev.caisson.driver.tck.probe;
}
