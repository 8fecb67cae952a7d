// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.syntax;

import dev.caisson.cli.flags.BadValueException;
import dev.caisson.cli.options.NearestName;
import dev.caisson.driver.command.ContainerPath;
import dev.caisson.driver.command.Mount;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads --mount: {@code type=bind|tmpfs,key=value,...}. */
public final class MountSyntax {
    private static final List<String> BARE = List.of("readonly", "bind-nonrecursive");
    private static final List<String> KEYS = List.of(
            "type",
            "source",
            "target",
            "readonly",
            "bind-propagation",
            "bind-recursive",
            "bind-nonrecursive",
            "tmpfs-size",
            "tmpfs-mode");

    private MountSyntax() {}

    /**
     * Returns the mount.
     *
     * @throws BadValueException if it is none
     */
    public static Mount read(String text) {
        Map<String, String> fields = new LinkedHashMap<>();
        CommaFields.split(text).forEach(field -> add(fields, field));
        String target = fields.get("target");
        if (target == null || target.isEmpty()) {
            throw new BadValueException("names no place in the container", "give target=/path");
        }
        MountFields typed = new MountFields(fields, ContainerPath.of(target));
        return switch (fields.getOrDefault("type", "")) {
            case "bind" -> typed.bind();
            case "tmpfs" -> typed.tmpfs();
            case "" -> throw new BadValueException("names no type", "give type=bind or type=tmpfs");
            case "volume", "image", "cluster", "npipe" ->
                throw new BadValueException(
                        "has type " + fields.get("type") + ", which needs an engine with images and volumes",
                        "give type=bind or type=tmpfs");
            default ->
                throw new BadValueException(
                        "has the unknown type \"" + fields.get("type") + "\"", "give type=bind or type=tmpfs");
        };
    }

    private static void add(Map<String, String> fields, String field) {
        int equals = field.indexOf('=');
        String key = name((equals < 0 ? field : field.substring(0, equals)).toLowerCase(Locale.ROOT));
        if (!KEYS.contains(key)) {
            throw new BadValueException("has the unknown key \"" + key + "\"", remedy(key));
        }
        if (equals < 0 && !BARE.contains(key)) {
            throw new BadValueException("has " + key + " without a value", "give " + key + "=...");
        }
        if (fields.put(key, equals < 0 ? "true" : field.substring(equals + 1)) != null) {
            throw new BadValueException("has " + key + " twice", "give it once");
        }
    }

    private static String name(String key) {
        return switch (key) {
            case "src" -> "source";
            case "dst", "destination" -> "target";
            case "ro" -> "readonly";
            default -> key;
        };
    }

    private static String remedy(String key) {
        if (key.equals("consistency") || key.startsWith("volume-") || key.startsWith("image-")) {
            return "leave it out: it is for Docker Desktop or for volumes and images";
        }
        return NearestName.of(key, KEYS)
                .map(nearest -> "did you mean " + nearest + "?")
                .orElse("choose from " + String.join(", ", KEYS));
    }
}
