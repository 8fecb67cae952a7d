// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.field;

import dev.caisson.driver.ContainerId;
import dev.caisson.driver.command.Command;
import dev.caisson.driver.command.ContainerPath;
import dev.caisson.driver.resources.ByteSize;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The paths of all fields of a {@link Command}: record components joined by dots, through optionals, lists and maps. Where a
 * type is sealed, each variant is a field with the variant in parentheses. Value types, which are one thing in themselves,
 * are not gone into.
 */
public final class FieldPath {
    /** What no {@link Command} has: a container of the host's mounts is a mistake. */
    private static final Set<String> MISTAKES = Set.of("namespaces.mount(Host)");

    private static final Set<Class<?>> VALUES = Set.of(ContainerId.class, ContainerPath.class, ByteSize.class);

    private FieldPath() {}

    /** Returns every path, in the order of declaration. */
    public static List<String> all() {
        List<String> paths = new ArrayList<>();
        walkRecord("", Command.class, paths);
        paths.removeAll(MISTAKES);
        return paths;
    }

    /** Returns a path without variants, as messages have it: {@code namespaces.pid} of {@code namespaces.pid(Host)}. */
    public static String plain(String path) {
        return path.replaceAll("\\([^)]*\\)", "");
    }

    /** Returns how messages may name a field: by its path without variants, or by a field that it is a part of. */
    public static Set<String> names(String path) {
        Set<String> names = new LinkedHashSet<>();
        int variant = path.indexOf('(');
        if (variant >= 0) {
            names.add(path.substring(0, variant));
        }
        String plain = plain(path);
        names.add(plain);
        if (plain.indexOf('.') != plain.lastIndexOf('.')) {
            names.add(plain.substring(0, plain.lastIndexOf('.')));
        }
        return names;
    }

    private static void walkRecord(String path, Class<?> type, List<String> paths) {
        for (RecordComponent component : type.getRecordComponents()) {
            String name = path.isEmpty() ? component.getName() : path + "." + component.getName();
            walk(name, component.getGenericType(), paths);
        }
    }

    private static void walk(String path, Type generic, List<String> paths) {
        Class<?> type = content(generic);
        if (VALUES.contains(type)) {
            paths.add(path);
        } else if (type.isRecord()) {
            walkRecord(path, type, paths);
        } else if (type.isSealed()) {
            for (Class<?> variant : type.getPermittedSubclasses()) {
                walkVariant(path + "(" + variant.getSimpleName() + ")", variant, paths);
            }
        } else {
            paths.add(path);
        }
    }

    private static void walkVariant(String path, Class<?> variant, List<String> paths) {
        if (variant.getRecordComponents().length == 0) {
            paths.add(path);
        } else {
            walkRecord(path, variant, paths);
        }
    }

    /** Returns what a field is about: the element of a collection or an optional, the value of a map, or its own type. */
    static Class<?> content(Type generic) {
        if (generic instanceof ParameterizedType parameterized) {
            Class<?> raw = (Class<?>) parameterized.getRawType();
            Type[] arguments = parameterized.getActualTypeArguments();
            if (raw == Optional.class || raw == List.class || raw == Set.class) {
                return content(arguments[0]);
            }
            if (raw == Map.class) {
                return content(arguments[1]);
            }
            return raw;
        }
        return (Class<?>) generic;
    }
}
