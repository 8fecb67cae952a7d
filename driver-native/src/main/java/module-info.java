// SPDX-License-Identifier: Apache-2.0
/** The native driver, found by name {@code native} through {@link dev.caisson.driver.Drivers}. */
module dev.caisson.nativedriver {
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.databind;
    requires dev.caisson.driver;
    requires org.jnrproject.jffi;
    requires org.slf4j;
    requires static org.jspecify;

    exports dev.caisson.nativedriver;

    provides dev.caisson.driver.DriverProvider with
            dev.caisson.nativedriver.NativeDriverProvider;
}
