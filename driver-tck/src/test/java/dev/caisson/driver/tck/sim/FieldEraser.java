// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.sim;

import dev.caisson.driver.InvalidCommandException;
import dev.caisson.driver.check.Checked;
import dev.caisson.driver.check.Checker;
import dev.caisson.driver.command.IdMapping;
import dev.caisson.driver.command.IdMappings;
import dev.caisson.driver.command.NamespaceChoice;
import dev.caisson.driver.command.TimeNamespace;
import dev.caisson.driver.command.UserNamespace;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes of a tree of records one in which a field, given by its path, says something else: what a driver sees that ignores it. */
final class FieldEraser {
    private static final int MOST_ALTERNATIVES = 10;

    /** Which elements of a list are changed. */
    private enum Reach {
        ALL,
        THE_LAST,
        ALL_THAT_CAN_DO_WITHOUT
    }

    private final int alternative;
    private final Reach reach;

    private FieldEraser(int alternative, Reach reach) {
        this.alternative = alternative;
        this.reach = reach;
    }

    /** @throws IllegalStateException if every alternative is a mistake: nobody sees then that the field is ignored */
    @SuppressWarnings("unchecked")
    static <T> T erase(T value, String path) {
        InvalidCommandException last = null;
        for (Reach reach : Reach.values()) {
            for (int alternative = 0; alternative < MOST_ALTERNATIVES; alternative++) {
                try {
                    FieldEraser eraser = new FieldEraser(alternative, reach);
                    return (T) eraser.eraseAt(value, Arrays.asList(path.split("\\.")));
                } catch (InvalidCommandException mistaken) {
                    last = mistaken;
                }
            }
        }
        throw new IllegalStateException("no valid command without " + path, last);
    }

    private Object eraseAt(Object value, List<String> path) {
        return switch (value) {
            case Optional<?> optional -> optional.map(inner -> eraseAt(inner, path));
            case List<?> list -> eraseEach(list, path);
            case Map<?, ?> map -> {
                Map<Object, Object> copy = new LinkedHashMap<>();
                map.forEach((key, inner) -> copy.put(key, eraseAt(inner, path)));
                yield copy;
            }
            case UserNamespace user
            when path.get(0).equals("choice(Private)") -> user.isPrivate() ? UserNamespace.host() : user;
            case UserNamespace user
            when path.get(0).equals("choice(Host)") ->
                user.choice() instanceof NamespaceChoice.Host ? UserNamespace.mapped(anyMappings()) : user;
            case TimeNamespace time
            when path.get(0).equals("choice(Private)") ->
                time.choice() instanceof NamespaceChoice.Private ? TimeNamespace.host() : time;
            default -> eraseIn(value, path);
        };
    }

    private static IdMappings anyMappings() {
        List<IdMapping> range = List.of(new IdMapping(0, 100_000, 65_536));
        return new IdMappings(range, range);
    }

    private List<Object> eraseEach(List<?> list, List<String> path) {
        List<Object> copy = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            copy.add(eraseElement(list.get(i), i == list.size() - 1, path));
        }
        return copy;
    }

    private Object eraseElement(Object element, boolean last, List<String> path) {
        return switch (reach) {
            case ALL -> eraseAt(element, path);
            case THE_LAST -> last ? eraseAt(element, path) : element;
            case ALL_THAT_CAN_DO_WITHOUT -> {
                Object erased = eraseAt(element, path);
                yield isMistaken(erased) ? element : erased;
            }
        };
    }

    private static boolean isMistaken(Object element) {
        Checker checker = Checker.atRoot();
        if (element instanceof Checked checked) {
            checked.check(checker);
        }
        return !checker.mistakes().isEmpty();
    }

    /** The first name of the path is a component of the record; with a variant it concerns values of that type only. */
    private Object eraseIn(Object value, List<String> path) {
        String head = path.get(0);
        int paren = head.indexOf('(');
        String name = paren < 0 ? head : head.substring(0, paren);
        String variant = paren < 0 ? "" : head.substring(paren + 1, head.length() - 1);
        List<String> rest = path.subList(1, path.size());
        return RecordCopy.change(value, (component, old) -> {
            if (!component.getName().equals(name)) {
                return old;
            }
            return variant.isEmpty() ? eraseComponent(component, old, rest) : eraseVariant(old, variant, rest);
        });
    }

    private Object eraseComponent(RecordComponent component, Object value, List<String> rest) {
        return rest.isEmpty() ? pick(value, Alternatives.to(value, component.getGenericType())) : eraseAt(value, rest);
    }

    /** Of a namespace that is entered nothing is left if it isn't known which. */
    private Object eraseVariant(Object value, String variant, List<String> rest) {
        return switch (value) {
            case List<?> list -> {
                List<Object> copy = new ArrayList<>();
                list.forEach(inner -> copy.add(eraseVariant(inner, variant, rest)));
                yield copy;
            }
            case Optional<?> optional -> optional.map(inner -> eraseVariant(inner, variant, rest));
            default -> {
                if (!value.getClass().getSimpleName().equals(variant)) {
                    yield value;
                }
                yield rest.isEmpty() || value instanceof NamespaceChoice
                        ? pick(value, Alternatives.toVariant(value))
                        : eraseAt(value, rest);
            }
        };
    }

    private Object pick(Object value, List<?> alternatives) {
        return alternatives.isEmpty() ? value : alternatives.get(Math.min(alternative, alternatives.size() - 1));
    }
}
