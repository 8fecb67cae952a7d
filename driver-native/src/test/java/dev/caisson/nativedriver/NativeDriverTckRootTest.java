// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver;

import dev.caisson.driver.Driver;
import dev.caisson.driver.DriverContext;
import dev.caisson.driver.DriverProvider;
import dev.caisson.driver.tck.DriverTck;

/** The conformance kit on the native driver. */
class NativeDriverTckRootTest extends DriverTck {
    @Override
    protected Driver open(DriverContext context) {
        DriverProvider provider = new NativeDriverProvider();
        return provider.open(context, provider.defaultOptions());
    }
}
