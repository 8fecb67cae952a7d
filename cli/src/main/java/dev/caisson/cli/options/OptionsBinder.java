// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.options;

import static java.util.Objects.requireNonNull;

import dev.caisson.driver.DriverException;
import dev.caisson.driver.InvalidCommandException;
import dev.caisson.driver.check.Mistake;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Binds text onto the record that holds a driver's options. */
public final class OptionsBinder {
    private OptionsBinder() {}

    /** Returns the options that a record of that type holds, in its order. */
    public static List<OptionField> fields(Class<? extends Record> type) {
        return Arrays.stream(type.getRecordComponents()).map(OptionField::of).toList();
    }

    /** Returns the value of an option as it would be written. */
    public static String text(OptionField field, Record options) {
        return OptionValue.write(read(field.component(), options));
    }

    /**
     * Returns the defaults with the given options in their places.
     *
     * @param owner whose options they are, for errors
     * @param given values by the names of {@link #fields}
     * @throws InvalidCommandException with every unknown name and unreadable value
     */
    public static Record bind(String owner, Record defaults, Map<String, String> given) {
        if (given.isEmpty()) {
            return defaults;
        }
        List<OptionField> fields = fields(defaults.getClass());
        List<Mistake> mistakes = new ArrayList<>(unknown(fields, given));
        List<Object> values = fields.stream()
                .flatMap(field -> value(field, defaults, given, mistakes).stream())
                .toList();
        if (!mistakes.isEmpty()) {
            throw new InvalidCommandException("read the options of driver " + owner, mistakes);
        }
        return construct(owner, defaults.getClass(), values.toArray());
    }

    private static List<Mistake> unknown(List<OptionField> fields, Map<String, String> given) {
        List<String> names = fields.stream().map(OptionField::name).toList();
        return given.keySet().stream()
                .filter(key -> !names.contains(key))
                .map(key -> new Mistake(key, "there is no such option", remedy(key, names)))
                .toList();
    }

    private static String remedy(String key, List<String> names) {
        if (names.isEmpty()) {
            return "this driver has no options";
        }
        Optional<String> nearest = NearestName.of(key, names);
        return nearest.map(name -> "did you mean " + name + "?").orElse("choose one of " + String.join(", ", names));
    }

    private static Optional<Object> value(
            OptionField field, Record defaults, Map<String, String> given, List<Mistake> mistakes) {
        String text = given.get(field.name());
        if (text == null) {
            return Optional.of(read(field.component(), defaults));
        }
        try {
            return Optional.of(OptionValue.read(field.component().getGenericType(), text));
        } catch (IllegalArgumentException unreadable) {
            mistakes.add(new Mistake(
                    field.name(), "\"" + text + "\" can't be read", String.valueOf(unreadable.getMessage())));
            return Optional.empty();
        }
    }

    private static Object read(RecordComponent component, Record record) {
        try {
            component.getAccessor().setAccessible(true);
            return requireNonNull(component.getAccessor().invoke(record), component + " is null");
        } catch (ReflectiveOperationException refused) {
            throw new IllegalStateException(component + " can't be read: the record must be public", refused);
        }
    }

    /** The canonical constructor is the one with the components' types, JLS 8.10.4. */
    private static Record construct(String owner, Class<? extends Record> type, Object[] values) {
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            Constructor<? extends Record> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (InvocationTargetException refused) {
            if (refused.getCause() instanceof DriverException ownWords) {
                throw ownWords;
            }
            throw new InvalidCommandException(
                    "read the options of driver " + owner,
                    List.of(new Mistake("options", String.valueOf(refused.getCause()), "give other values")));
        } catch (ReflectiveOperationException refused) {
            throw new IllegalStateException(type + " can't be made: the record must be public", refused);
        }
    }
}
