// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup.controller;

import dev.caisson.driver.resources.DeviceRule;
import dev.caisson.nativedriver.procfs.MalformedFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a list of device rules comes to: everything is allowed, or nothing is, but for exceptions. This is how cgroup v1
 * keeps it, and it makes a short program for v2.
 *
 * @param allowByDefault what holds for a device without an exception
 * @param exceptions of the other kind, no two for the same devices
 */
public record DeviceAccess(boolean allowByDefault, List<DeviceRule> exceptions) {
    private static final DeviceAccess NOTHING = new DeviceAccess(false, List.of());

    /** Every access there is: read, write, mknod. */
    private static final String ALL = "rwm";

    public DeviceAccess {
        exceptions = List.copyOf(exceptions);
    }

    /**
     * Carries out the rules in order, beginning with nothing allowed.
     *
     * @throws dev.caisson.driver.DriverException for a rule that would make an exception of an exception
     */
    public static DeviceAccess of(LimitRequest request, List<DeviceRule> rules) {
        DeviceAccess access = NOTHING;
        for (int i = 0; i < rules.size(); i++) {
            access = access.with(request, "resources.devices[" + i + "]", rules.get(i));
        }
        return access;
    }

    /** Reads {@code devices.list} of cgroup v1, which shows the exceptions, or all for everything allowed but some. */
    public static DeviceAccess parse(String content) {
        List<DeviceRule> rules = content.lines().map(DeviceAccess::parseLine).toList();
        // The kernel does not list what is denied: with everything allowed there is this one line.
        boolean all = rules.stream().anyMatch(rule -> rule.type() == DeviceRule.Type.ALL);
        return new DeviceAccess(all, all ? List.of() : rules);
    }

    private DeviceAccess with(LimitRequest request, String field, DeviceRule rule) {
        if (rule.type() == DeviceRule.Type.ALL) {
            return new DeviceAccess(rule.allow(), List.of());
        }
        List<DeviceRule> changed = new ArrayList<>();
        String added = rule.access();
        for (DeviceRule exception : exceptions) {
            if (rule.allow() != allowByDefault) {
                if (sameDevices(rule, exception)) {
                    added = union(exception.access(), added);
                } else {
                    changed.add(exception);
                }
            } else if (covers(rule, exception)) {
                String rest = minus(exception.access(), rule.access());
                if (!rest.isEmpty()) {
                    changed.add(withAccess(exception, rest));
                }
            } else if (overlaps(rule, exception)
                    && !minus(exception.access(), rule.access()).equals(exception.access())) {
                throw request.refused(
                        field,
                        "\"" + line(rule) + "\" takes back a part of \"" + line(exception) + "\"",
                        "the kernel knows no exceptions of exceptions: name the devices one by one");
            } else {
                changed.add(exception);
            }
        }
        if (rule.allow() != allowByDefault) {
            changed.add(withAccess(rule, added));
        }
        return new DeviceAccess(allowByDefault, changed);
    }

    /** The exceptions that the other one does not have; of those for the same devices, the access it does not have. */
    public List<DeviceRule> without(DeviceAccess other) {
        List<DeviceRule> rest = new ArrayList<>();
        for (DeviceRule exception : exceptions) {
            String access = exception.access();
            for (DeviceRule known : other.exceptions) {
                if (sameDevices(known, exception)) {
                    access = minus(access, known.access());
                }
            }
            if (!access.isEmpty()) {
                rest.add(withAccess(exception, access));
            }
        }
        return rest;
    }

    /** The rule as the kernel writes it, such as {@code c 1:3 rwm}. */
    public static String line(DeviceRule rule) {
        return rule.type().letter() + " " + number(rule.major()) + ":" + number(rule.minor()) + " " + rule.access();
    }

    private static String number(OptionalLong number) {
        return number.isPresent() ? Long.toString(number.getAsLong()) : "*";
    }

    private static DeviceRule parseLine(String line) {
        String[] words = line.split("[ :]");
        if (words.length != 4 || words[0].length() != 1) {
            throw new MalformedFileException("devices.list", line);
        }
        for (DeviceRule.Type type : DeviceRule.Type.values()) {
            if (type.letter() == words[0].charAt(0)) {
                return new DeviceRule(true, type, number(line, words[1]), number(line, words[2]), words[3]);
            }
        }
        throw new MalformedFileException("devices.list", line);
    }

    private static OptionalLong number(String line, String word) {
        try {
            return word.equals("*") ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(word));
        } catch (NumberFormatException e) {
            throw new MalformedFileException("devices.list", line);
        }
    }

    private static boolean sameDevices(DeviceRule a, DeviceRule b) {
        return a.type() == b.type() && a.major().equals(b.major()) && a.minor().equals(b.minor());
    }

    private static boolean covers(DeviceRule wide, DeviceRule narrow) {
        return wide.type() == narrow.type()
                && (wide.major().isEmpty() || wide.major().equals(narrow.major()))
                && (wide.minor().isEmpty() || wide.minor().equals(narrow.minor()));
    }

    private static boolean overlaps(DeviceRule a, DeviceRule b) {
        return a.type() == b.type()
                && (a.major().isEmpty() || b.major().isEmpty() || a.major().equals(b.major()))
                && (a.minor().isEmpty() || b.minor().isEmpty() || a.minor().equals(b.minor()));
    }

    private static DeviceRule withAccess(DeviceRule rule, String access) {
        return new DeviceRule(rule.allow(), rule.type(), rule.major(), rule.minor(), access);
    }

    private static String union(String a, String b) {
        return letters(letter -> a.indexOf(letter) >= 0 || b.indexOf(letter) >= 0);
    }

    private static String minus(String a, String b) {
        return letters(letter -> a.indexOf(letter) >= 0 && b.indexOf(letter) < 0);
    }

    private static String letters(java.util.function.IntPredicate wanted) {
        StringBuilder letters = new StringBuilder();
        ALL.chars().filter(wanted).forEach(letter -> letters.append((char) letter));
        return letters.toString();
    }
}
