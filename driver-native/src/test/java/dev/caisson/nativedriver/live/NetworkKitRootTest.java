// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.live;

import dev.caisson.driver.tck.Needs;
import dev.caisson.driver.tck.behaviour.NetworkBehaviours;
import dev.caisson.driver.tck.machine.Facility;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the conformance kit can see only in a network namespace without anybody else's interfaces. */
class NetworkKitRootTest {
    @Test
    void theKitInANetworkOfItsOwn() throws Exception {
        List<String> behaviours = Arrays.stream(NetworkBehaviours.class.getMethods())
                .filter(NetworkKitRootTest::needsBridge)
                .map(NetworkKitRootTest::selector)
                .toList();
        OwnNetwork.run(behaviours);
    }

    private static boolean needsBridge(Method method) {
        Needs needs = method.getAnnotation(Needs.class);
        return needs != null && Arrays.asList(needs.toObserve()).contains(Facility.BRIDGE);
    }

    private static String selector(Method method) {
        return NetworkKitCases.class.getName() + "#" + method.getName()
                + Arrays.stream(method.getParameterTypes())
                        .map(Class::getName)
                        .collect(Collectors.joining(",", "(", ")"));
    }
}
