// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.record;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** Reads what {@link RecordWriter} wrote. */
final class RecordReader {
    private RecordReader() {}

    /** @throws IllegalArgumentException if the JSON is of another shape than the type */
    static Object read(JsonNode node, Type type) throws IOException {
        return type instanceof ParameterizedType generic
                ? readGeneric(node, (Class<?>) generic.getRawType(), generic.getActualTypeArguments())
                : readPlain(node, (Class<?>) type);
    }

    private static Object readGeneric(JsonNode node, Class<?> type, Type[] arguments) throws IOException {
        if (type == Optional.class) {
            return absent(node) ? Optional.empty() : Optional.of(read(node, arguments[0]));
        }
        if (type == Map.class) {
            Map<Object, Object> entries = new LinkedHashMap<>();
            for (Map.Entry<String, JsonNode> entry : node.properties()) {
                entries.put(key(entry.getKey(), (Class<?>) arguments[0]), read(entry.getValue(), arguments[1]));
            }
            return entries;
        }
        List<Object> elements = new ArrayList<>();
        for (JsonNode element : node) {
            elements.add(read(element, arguments[0]));
        }
        if (type == List.class) {
            return elements;
        }
        if (type == Set.class) {
            return new LinkedHashSet<>(elements);
        }
        throw new IllegalArgumentException("no way to read a " + type);
    }

    private static Object key(String name, Class<?> type) {
        return type.isEnum() ? constant(name, type) : name;
    }

    private static Object readPlain(JsonNode node, Class<?> type) throws IOException {
        if (type == String.class) {
            return node.asText("");
        } else if (type == int.class || type == Integer.class) {
            return node.asInt();
        } else if (type == long.class || type == Long.class) {
            return node.asLong();
        } else if (type == boolean.class || type == Boolean.class) {
            return node.asBoolean();
        } else if (type == byte[].class) {
            return absent(node) ? new byte[0] : node.binaryValue();
        } else if (type == OptionalInt.class) {
            return absent(node) ? OptionalInt.empty() : OptionalInt.of(node.asInt());
        } else if (type == OptionalLong.class) {
            return absent(node) ? OptionalLong.empty() : OptionalLong.of(node.asLong());
        } else if (type == Path.class) {
            return Path.of(node.asText());
        } else if (type == Duration.class) {
            return Duration.parse(node.asText());
        } else if (type.isEnum()) {
            return constant(node.asText(), type);
        } else if (type.isSealed()) {
            return readRecord(node, choice(node, type));
        } else if (type.isRecord()) {
            return readRecord(node, type);
        }
        throw new IllegalArgumentException("no way to read a " + type);
    }

    private static boolean absent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    private static Object constant(String name, Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> ((Enum<?>) constant).name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("\"" + name + "\" is no " + type.getSimpleName()));
    }

    private static Class<?> choice(JsonNode node, Class<?> type) {
        String name = node.path(RecordWriter.CHOICE).asText();
        return Arrays.stream(type.getPermittedSubclasses())
                .filter(permitted -> permitted.getSimpleName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("\"" + name + "\" is no " + type.getSimpleName()));
    }

    private static Object readRecord(JsonNode node, Class<?> type) throws IOException {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        Object[] values = new Object[components.length];
        Set<String> known = new HashSet<>(Set.of(RecordWriter.CHOICE));
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            values[i] = read(node.path(components[i].getName()), components[i].getGenericType());
            known.add(components[i].getName());
        }
        for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!known.contains(name)) {
                throw new IllegalArgumentException(type.getSimpleName() + " has no field \"" + name + "\"");
            }
        }
        try {
            return type.getDeclaredConstructor(types).newInstance(values);
        } catch (InvocationTargetException refused) {
            throw new IllegalArgumentException(String.valueOf(refused.getTargetException()), refused);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("can't make a " + type, e);
        }
    }
}
