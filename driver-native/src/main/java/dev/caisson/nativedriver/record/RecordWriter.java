// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Writes a tree of records as JSON. It goes by the components of the records, so that a field that is added to a Command is
 * in it without further ado. What is empty, false or 0 is left out; a choice of a sealed type says which one it is.
 */
final class RecordWriter {
    /** The field that says which record of a sealed type it is. */
    static final String CHOICE = "is";

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private RecordWriter() {}

    static JsonNode write(Object value) {
        return switch (value) {
            case String text -> NODES.textNode(text);
            case Integer number -> NODES.numberNode(number);
            case Long number -> NODES.numberNode(number);
            case Boolean flag -> NODES.booleanNode(flag);
            case Enum<?> constant -> NODES.textNode(constant.name());
            case Path path -> NODES.textNode(path.toString());
            case Duration duration -> NODES.textNode(duration.toString());
            case byte[] bytes -> NODES.binaryNode(bytes);
            case Optional<?> optional -> optional.map(RecordWriter::write).orElse(NODES.nullNode());
            case OptionalInt optional ->
                optional.isPresent() ? NODES.numberNode(optional.getAsInt()) : NODES.nullNode();
            case OptionalLong optional ->
                optional.isPresent() ? NODES.numberNode(optional.getAsLong()) : NODES.nullNode();
            case Collection<?> elements -> writeElements(elements);
            case Map<?, ?> entries -> writeEntries(entries);
            case Record fields -> writeRecord(fields);
            default -> throw new IllegalArgumentException("no way to write a " + value.getClass());
        };
    }

    private static ArrayNode writeElements(Collection<?> elements) {
        ArrayNode array = NODES.arrayNode(elements.size());
        elements.forEach(element -> array.add(write(element)));
        return array;
    }

    private static ObjectNode writeEntries(Map<?, ?> entries) {
        ObjectNode object = NODES.objectNode();
        entries.forEach((key, value) ->
                object.set(key instanceof Enum<?> constant ? constant.name() : key.toString(), write(value)));
        return object;
    }

    private static ObjectNode writeRecord(Record value) {
        ObjectNode object = NODES.objectNode();
        if (isChoice(value.getClass())) {
            object.put(CHOICE, value.getClass().getSimpleName());
        }
        for (RecordComponent component : value.getClass().getRecordComponents()) {
            Object field = get(component, value);
            if (!isLeftOut(field)) {
                object.set(component.getName(), write(field));
            }
        }
        return object;
    }

    private static boolean isChoice(Class<?> type) {
        for (Class<?> implemented : type.getInterfaces()) {
            if (implemented.isSealed()) {
                return true;
            }
        }
        return false;
    }

    /** What the reader puts in where there is nothing. */
    private static boolean isLeftOut(Object field) {
        return switch (field) {
            case Optional<?> optional -> optional.isEmpty();
            case OptionalInt optional -> optional.isEmpty();
            case OptionalLong optional -> optional.isEmpty();
            case Collection<?> elements -> elements.isEmpty();
            case Map<?, ?> entries -> entries.isEmpty();
            case Integer number -> number == 0;
            case Long number -> number == 0;
            case Boolean flag -> !flag;
            default -> false;
        };
    }

    private static Object get(RecordComponent component, Record value) {
        try {
            return component.getAccessor().invoke(value);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("can't read " + component, e);
        }
    }
}
