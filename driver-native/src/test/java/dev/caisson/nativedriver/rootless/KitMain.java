// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.rootless;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.caisson.driver.Driver;
import dev.caisson.driver.DriverContext;
import dev.caisson.driver.DriverProvider;
import dev.caisson.driver.tck.DriverTck;
import dev.caisson.nativedriver.NativeDriverProvider;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs the conformance kit with the rights of whoever starts it; one line of output for each behaviour. */
final class KitMain {
    private KitMain() {}

    public static void main(String[] args) {
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectClass(Kit.class))
                                .build(),
                        new Lines());
        System.exit(0);
    }

    /** The kit on the native driver. */
    static final class Kit extends DriverTck {
        @Override
        protected Driver open(DriverContext context) {
            DriverProvider provider = new NativeDriverProvider();
            return provider.open(context, provider.defaultOptions());
        }
    }

    /** What became of each behaviour. */
    private static final class Lines implements TestExecutionListener {
        @Override
        public void executionSkipped(TestIdentifier behaviour, String reason) {
            System.out.println("skipped " + behaviour.getDisplayName() + ": " + reason);
        }

        @Override
        public void executionFinished(TestIdentifier behaviour, TestExecutionResult result) {
            if (behaviour.isTest()) {
                System.out.println(word(result) + " " + behaviour.getDisplayName()
                        + result.getThrowable()
                                .map(failure -> ": " + String.valueOf(failure.getMessage()).replace('\n', ' '))
                                .orElse(""));
            }
        }

        private static String word(TestExecutionResult result) {
            return switch (result.getStatus()) {
                case SUCCESSFUL -> "passed";
                case ABORTED -> "skipped";
                case FAILED -> "failed";
            };
        }
    }
}
