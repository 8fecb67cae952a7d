// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.live;

import dev.caisson.driver.Driver;
import dev.caisson.driver.DriverContext;
import dev.caisson.driver.DriverProvider;
import dev.caisson.driver.tck.DriverTck;
import dev.caisson.nativedriver.NativeDriverProvider;
import org.junit.jupiter.api.BeforeAll;

/** The behaviours of the kit that {@link NetworkKitRootTest} runs. */
class NetworkKitCases extends DriverTck {
    @BeforeAll
    static void checkPlace() {
        OwnNetwork.assume();
    }

    @Override
    protected Driver open(DriverContext context) {
        DriverProvider provider = new NativeDriverProvider();
        return provider.open(context, provider.defaultOptions());
    }
}
