// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.record;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SplittableRandom;

/** Makes records with random content, whatever they consist of; those whose constructor refuses it are tried again. */
public final class RandomRecords {
    private static final int TRIES = 200;

    private final SplittableRandom random;
    private final boolean full;

    /** @param full every optional and list has something in it */
    public RandomRecords(long seed, boolean full) {
        this.random = new SplittableRandom(seed);
        this.full = full;
    }

    public Object make(Type type) {
        return type instanceof ParameterizedType generic
                ? generic((Class<?>) generic.getRawType(), generic.getActualTypeArguments())
                : plain((Class<?>) type);
    }

    private boolean present() {
        return full || random.nextBoolean();
    }

    private int count() {
        return full ? 1 + random.nextInt(2) : random.nextInt(3);
    }

    private Object generic(Class<?> type, Type[] arguments) {
        if (type == Optional.class) {
            return present() ? Optional.of(make(arguments[0])) : Optional.empty();
        }
        if (type == Map.class) {
            Map<Object, Object> map = new LinkedHashMap<>();
            for (int i = count(); i > 0; i--) {
                map.put(make(arguments[0]), make(arguments[1]));
            }
            return map;
        }
        List<Object> elements = new ArrayList<>();
        for (int i = count(); i > 0; i--) {
            elements.add(make(arguments[0]));
        }
        return type == List.class ? elements : new HashSet<>(elements);
    }

    private Object plain(Class<?> type) {
        if (type == String.class) {
            String[] words = {"/a", "b", "ü", "0-1", "net.ipv4.ip_forward", "1.2.3.4/8", "2MB", "memory.high", "x.slice"
            };
            return words[random.nextInt(words.length)];
        } else if (type == int.class || type == Integer.class) {
            return random.nextInt(6);
        } else if (type == long.class || type == Long.class) {
            return random.nextInt(4) == 0 ? random.nextLong() >>> 33 : random.nextInt(20);
        } else if (type == boolean.class || type == Boolean.class) {
            return random.nextBoolean();
        } else if (type == byte[].class) {
            byte[] bytes = new byte[random.nextInt(9)];
            random.nextBytes(bytes);
            return bytes;
        } else if (type == OptionalInt.class) {
            return present() ? OptionalInt.of(random.nextInt(11)) : OptionalInt.empty();
        } else if (type == OptionalLong.class) {
            return present() ? OptionalLong.of(random.nextInt(2000)) : OptionalLong.empty();
        } else if (type == Path.class) {
            return Path.of("/p" + random.nextInt(100));
        } else if (type == Duration.class) {
            return Duration.ofMillis(1 + random.nextInt(100_000));
        } else if (type.isEnum()) {
            return type.getEnumConstants()[random.nextInt(type.getEnumConstants().length)];
        } else if (type.isSealed()) {
            return plain(type.getPermittedSubclasses()[random.nextInt(type.getPermittedSubclasses().length)]);
        }
        return tried(type);
    }

    private Object tried(Class<?> type) {
        RuntimeException last = new IllegalStateException("not tried");
        for (int i = 0; i < TRIES; i++) {
            try {
                return filled(type);
            } catch (RuntimeException refused) {
                last = refused;
            }
        }
        throw new IllegalStateException("no content suits " + type, last);
    }

    private Object filled(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            values[i] = make(components[i].getGenericType());
        }
        try {
            return type.getDeclaredConstructor(types).newInstance(values);
        } catch (InvocationTargetException refused) {
            throw new IllegalArgumentException(refused.getTargetException());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
