// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup;

import dev.caisson.nativedriver.cgroup.controller.LimitRequest;
import dev.caisson.nativedriver.cgroup.controller.Setting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The files of cgroup v2 that are given by name. */
final class UnifiedSettings {
    /** What has limits of its own in one file: block devices by their numbers, and what has none. */
    private static final Pattern DEVICE = Pattern.compile("[0-9]+:[0-9]+|default");

    /** Files whose keys are names. */
    private static final Set<String> BY_NAME = Set.of("rdma.max", "misc.max");

    private UnifiedSettings() {}

    /** A container's cgroup in the tree of version 2. */
    static Optional<CgroupDirectory> directory(List<CgroupDirectory> directories) {
        return directories.stream()
                .filter(directory -> directory.hierarchy().version() == Version.V2)
                .findFirst();
    }

    static List<Setting> of(LimitRequest request) {
        List<Setting> settings = new ArrayList<>();
        request.resources().unified().forEach((file, value) -> {
            String field = "resources.unified[" + file + "]";
            String controller = file.substring(0, file.indexOf('.'));
            String name = request.need(
                    field, file, "look at cgroup.controllers whether \"" + controller + "\" belongs to cgroup v2 here");
            // The kernel takes one line of such a file as io.max at a time.
            value.lines()
                    .filter(line -> !line.isBlank())
                    .map(line -> setting(field, name, line.strip()))
                    .forEach(settings::add);
        });
        return settings;
    }

    /** A line for one of several things is undone by a line for the same. */
    private static Setting setting(String field, String file, String line) {
        String[] words = line.split(" +");
        boolean keyed = words.length > 1
                && (BY_NAME.contains(file) || DEVICE.matcher(words[0]).matches());
        return keyed
                ? Setting.keyed(field, file, words[0], line.substring(words[0].length() + 1), none(words))
                : Setting.of(field, file, line);
    }

    private static String none(String[] words) {
        return Arrays.stream(words)
                .skip(1)
                .map(word -> word.contains("=") ? word.substring(0, word.indexOf('=')) + "=max" : "default")
                .collect(Collectors.joining(" "));
    }
}
