// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.sim;

import dev.caisson.driver.ContainerId;
import dev.caisson.driver.command.ContainerPath;
import dev.caisson.driver.command.Mount;
import dev.caisson.driver.command.NamespaceChoice;
import dev.caisson.driver.command.Seccomp;
import dev.caisson.driver.resources.ByteSize;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/** What a driver may take for the value of a field that it ignores: nothing at all first, then anything else. */
final class Alternatives {
    /** One of them fits wherever the form of a text is checked. */
    private static final List<String> TEXTS =
            List.of("erased", "1", "m", "erased.slice", "10.99.0.0/16", "10.213.0.77/24", "10.99.0.1");

    private Alternatives() {}

    /** Returns other values than this one; none if it says nothing already. */
    static List<?> to(Object value, Type type) {
        return switch (value) {
            case Optional<?> optional -> toOptional(optional, type);
            case OptionalInt number ->
                number.isPresent() ? List.of(OptionalInt.empty(), OptionalInt.of(number.getAsInt() + 1)) : List.of();
            case OptionalLong number ->
                number.isPresent() ? List.of(OptionalLong.empty(), OptionalLong.of(number.getAsLong() + 1)) : List.of();
            case List<?> list -> toList(list, type);
            case Set<?> set -> others(set, Stream.of(Set.of(), constants(element(type))));
            case Map<?, ?> map -> others(map, Stream.of(Map.of()));
            case Boolean truth -> others(truth, Stream.of(false));
            case Integer number -> others(number, Stream.of(0, number + 1));
            case Long number -> others(number, Stream.of(0L, number + 1));
            case String text -> others(text, TEXTS.stream());
            case Duration duration -> others(duration, Stream.of(Duration.ZERO));
            case byte[] bytes -> List.of(new byte[0]);
            // Nobody can make it, so that a driver that goes by it leaves nothing on the machine.
            case Path path -> List.of(Path.of("/proc/erased"));
            case ContainerId id -> List.of(ContainerId.of("erased"));
            case ContainerPath path -> List.of(ContainerPath.of(path.value() + "-erased"));
            case ByteSize size -> others(size, Stream.of(ByteSize.UNLIMITED));
            case Enum<?> constant ->
                others(constant, Arrays.stream(constant.getDeclaringClass().getEnumConstants()));
            default -> throw new IllegalArgumentException("no alternative to " + value);
        };
    }

    /** Returns other variants than that of a value of a sealed type. */
    static List<?> toVariant(Object value) {
        return switch (value) {
            case NamespaceChoice.Private own -> List.of(NamespaceChoice.HOST);
            case NamespaceChoice choice -> List.of(NamespaceChoice.PRIVATE, NamespaceChoice.HOST);
            case Seccomp.Unconfined none -> List.of(Seccomp.STANDARD);
            case Seccomp.Standard standard -> List.of(Seccomp.UNCONFINED);
            case Mount.Cgroup cgroup -> List.of(new Mount.Filesystem("tmpfs", "tmpfs"));
            default -> throw new IllegalArgumentException("no other variant of " + value);
        };
    }

    private static List<?> others(Object value, Stream<?> candidates) {
        return candidates.filter(candidate -> !candidate.equals(value)).toList();
    }

    private static List<?> toOptional(Optional<?> optional, Type type) {
        List<Object> found = new ArrayList<>();
        optional.ifPresent(value -> {
            found.add(Optional.empty());
            to(value, element(type)).forEach(other -> found.add(Optional.of(other)));
        });
        return found;
    }

    private static List<?> toList(List<?> list, Type type) {
        List<Object> found = new ArrayList<>();
        if (!list.isEmpty()) {
            found.add(List.of());
            to(list.get(0), element(type)).forEach(other -> found.add(List.of(other)));
            found.add(list.subList(0, 1));
        }
        found.remove(list);
        return found;
    }

    private static Set<?> constants(Type type) {
        return type instanceof Class<?> element && element.isEnum() ? Set.of(element.getEnumConstants()) : Set.of();
    }

    private static Type element(Type type) {
        return ((ParameterizedType) type).getActualTypeArguments()[0];
    }
}
