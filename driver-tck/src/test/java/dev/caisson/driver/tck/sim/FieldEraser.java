// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.sim;

import dev.caisson.driver.ContainerId;
import dev.caisson.driver.command.ContainerPath;
import dev.caisson.driver.command.Mount;
import dev.caisson.driver.command.NamespaceChoice;
import dev.caisson.driver.command.Seccomp;
import dev.caisson.driver.resources.ByteSize;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** Makes of a tree of records one in which a field, given by its path, says nothing: what a driver sees that ignores it. */
final class FieldEraser {
    private FieldEraser() {}

    @SuppressWarnings("unchecked")
    static <T> T erase(T value, String path) {
        return (T) eraseAt(value, Arrays.asList(path.split("\\.")));
    }

    private static Object eraseAt(Object value, List<String> path) {
        return switch (value) {
            case Optional<?> optional -> optional.map(inner -> eraseAt(inner, path));
            case List<?> list -> eraseEach(list, path);
            case Map<?, ?> map -> {
                Map<Object, Object> copy = new LinkedHashMap<>();
                map.forEach((key, inner) -> copy.put(key, eraseAt(inner, path)));
                yield copy;
            }
            default -> eraseIn(value, path);
        };
    }

    private static List<Object> eraseEach(List<?> list, List<String> path) {
        List<Object> copy = new ArrayList<>();
        list.forEach(inner -> copy.add(eraseAt(inner, path)));
        return copy;
    }

    /** The first name of the path is a component of the record; with a variant it concerns values of that type only. */
    private static Object eraseIn(Object value, List<String> path) {
        String head = path.get(0);
        int paren = head.indexOf('(');
        String name = paren < 0 ? head : head.substring(0, paren);
        String variant = paren < 0 ? "" : head.substring(paren + 1, head.length() - 1);
        List<String> rest = path.subList(1, path.size());
        RecordComponent[] components = value.getClass().getRecordComponents();
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            values[i] = get(components[i], value);
            if (components[i].getName().equals(name)) {
                values[i] = eraseComponent(values[i], variant, rest);
            }
        }
        return make(value.getClass(), components, values);
    }

    private static Object eraseComponent(Object value, String variant, List<String> rest) {
        if (value instanceof List<?> list && !variant.isEmpty()) {
            List<Object> copy = new ArrayList<>();
            list.forEach(inner -> copy.add(eraseComponent(inner, variant, rest)));
            return copy;
        }
        if (value instanceof Optional<?> optional && !variant.isEmpty()) {
            return optional.map(inner -> eraseComponent(inner, variant, rest));
        }
        if (!variant.isEmpty() && !value.getClass().getSimpleName().equals(variant)) {
            return value;
        }
        if (!rest.isEmpty()) {
            return eraseAt(value, rest);
        }
        return variant.isEmpty() ? neutral(value) : otherVariant(value);
    }

    private static Object otherVariant(Object value) {
        return switch (value) {
            case NamespaceChoice.Private own -> NamespaceChoice.HOST;
            case NamespaceChoice.Host host -> NamespaceChoice.PRIVATE;
            case Seccomp.Unconfined none -> Seccomp.STANDARD;
            case Seccomp.Standard standard -> Seccomp.UNCONFINED;
            case Mount.Cgroup cgroup -> new Mount.Filesystem("tmpfs", "tmpfs");
            default -> throw new IllegalArgumentException("no other variant of " + value);
        };
    }

    private static Object neutral(Object value) {
        return switch (value) {
            case Optional<?> optional -> Optional.empty();
            case OptionalInt optional -> OptionalInt.empty();
            case OptionalLong optional -> OptionalLong.empty();
            case List<?> list -> List.of();
            case Set<?> set -> Set.of();
            case Map<?, ?> map -> Map.of();
            case Boolean truth -> false;
            case Integer number -> 0;
            case Long number -> 0L;
            case String text -> "erased";
            case byte[] bytes -> new byte[0];
            case Path path -> Path.of("/erased");
            case ContainerId id -> ContainerId.of("erased");
            case ContainerPath path -> ContainerPath.of("/erased");
            case ByteSize size -> ByteSize.UNLIMITED;
            case Enum<?> constant -> constant.getDeclaringClass().getEnumConstants()[0];
            default -> throw new IllegalArgumentException("nothing neutral for " + value);
        };
    }

    private static Object get(RecordComponent component, Object value) {
        try {
            return Objects.requireNonNull(component.getAccessor().invoke(value));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object make(Class<?> type, RecordComponent[] components, Object[] values) {
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            return type.getDeclaredConstructor(types).newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException refused) {
                throw refused;
            }
            throw new IllegalStateException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
