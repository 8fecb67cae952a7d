// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck;

import java.util.Comparator;
import org.junit.jupiter.api.MethodDescriptor;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.MethodOrdererContext;

/** Carries out the behaviours group by group, in the order of their names. */
final class ByGroup implements MethodOrderer {
    @Override
    public void orderMethods(MethodOrdererContext context) {
        context.getMethodDescriptors()
                .sort(Comparator.<MethodDescriptor, String>comparing(
                                method -> method.getMethod().getDeclaringClass().getSimpleName())
                        .thenComparing(method -> method.getMethod().getName()));
    }
}
