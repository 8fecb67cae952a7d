// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.syntax;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The SELinux labels of a container.
 *
 * @param process of its processes
 * @param files of the files of its own filesystems
 */
public record SelinuxLabel(String process, String files) {
    static final List<String> KEYS = List.of("user", "role", "type", "level", "filetype");

    /** The label that the container-selinux policy gives containers, and so what the parts start from. */
    private static final Map<String, String> STANDARD = Map.of(
            "user",
            "system_u",
            "role",
            "system_r",
            "type",
            "container_t",
            "level",
            "s0",
            "filetype",
            "container_file_t");

    /** Returns the labels, if any part of them was given; {@code disable} alone gives none. */
    public static Optional<SelinuxLabel> of(List<SecurityOption.Label> given) {
        boolean disabled = given.stream().anyMatch(label -> label.key().equals("disable"));
        if (given.isEmpty() || disabled) {
            return Optional.empty();
        }
        Map<String, String> parts = new HashMap<>(STANDARD);
        given.forEach(label -> parts.put(label.key(), label.value()));
        String user = parts.getOrDefault("user", "");
        String level = parts.getOrDefault("level", "");
        String process = String.join(":", user, parts.getOrDefault("role", ""), parts.getOrDefault("type", ""), level);
        return Optional.of(new SelinuxLabel(
                process, String.join(":", user, "object_r", parts.getOrDefault("filetype", ""), level)));
    }
}
