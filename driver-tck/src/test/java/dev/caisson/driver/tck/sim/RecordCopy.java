// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.sim;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.BiFunction;

/** Copies of records that differ in a component. */
final class RecordCopy {
    private RecordCopy() {}

    /** Returns a copy with another value of a component. */
    @SuppressWarnings("unchecked")
    static <R> R with(R original, String name, Object value) {
        return (R) change(original, (component, old) -> component.getName().equals(name) ? value : old);
    }

    /** Returns a copy whose components are what a function makes of them. Throws what the record's constructor does. */
    static Object change(Object original, BiFunction<RecordComponent, Object, Object> change) {
        RecordComponent[] components = original.getClass().getRecordComponents();
        Object[] values = Arrays.stream(components)
                .map(component -> change.apply(component, get(component, original)))
                .toArray();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            return original.getClass().getDeclaredConstructor(types).newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException refused) {
                throw refused;
            }
            throw new IllegalStateException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object get(RecordComponent component, Object original) {
        try {
            return Objects.requireNonNull(component.getAccessor().invoke(original));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
