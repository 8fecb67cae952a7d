// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.live;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Containers on bridges, in a network namespace of the test's own. */
class BridgeRootTest {
    @Test
    void inANetworkOfTheirOwn() throws Exception {
        OwnNetwork.run(List.of(BridgeCases.class.getName()));
    }
}
