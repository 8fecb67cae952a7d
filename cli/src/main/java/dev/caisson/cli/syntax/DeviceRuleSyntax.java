// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.syntax;

import dev.caisson.cli.flags.BadValueException;
import dev.caisson.driver.resources.DeviceRule;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads --device-cgroup-rule: {@code c 42:* rwm}. */
public final class DeviceRuleSyntax {
    private static final Pattern SHAPE = Pattern.compile("([acb]) ([0-9]{1,9}|\\*):([0-9]{1,9}|\\*) ([rwm]{1,3})");

    private DeviceRuleSyntax() {}

    /**
     * Returns the rule.
     *
     * @throws BadValueException if it is none
     */
    public static DeviceRule read(String text) {
        Matcher matcher = SHAPE.matcher(text);
        if (!matcher.matches()) {
            throw new BadValueException("is no device rule", "give type, numbers and access as \"c 42:* rwm\"");
        }
        DeviceRule.Type type = switch (matcher.group(1)) {
            case "c" -> DeviceRule.Type.CHARACTER;
            case "b" -> DeviceRule.Type.BLOCK;
            default -> DeviceRule.Type.ALL;
        };
        return new DeviceRule(true, type, number(matcher.group(2)), number(matcher.group(3)), matcher.group(4));
    }

    private static OptionalLong number(String text) {
        return text.equals("*") ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
    }
}
