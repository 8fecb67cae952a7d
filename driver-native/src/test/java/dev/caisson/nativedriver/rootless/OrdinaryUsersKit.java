// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.rootless;

import dev.caisson.driver.Driver;
import dev.caisson.driver.DriverContext;
import dev.caisson.driver.DriverProvider;
import dev.caisson.driver.tck.DriverTck;
import dev.caisson.nativedriver.NativeDriverProvider;

/** The conformance kit on the native driver, for {@link AsUser}. */
final class OrdinaryUsersKit extends DriverTck {
    @Override
    protected Driver open(DriverContext context) {
        DriverProvider provider = new NativeDriverProvider();
        return provider.open(context, provider.defaultOptions());
    }
}
