// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.resources;

import static java.util.Objects.requireNonNull;

import dev.caisson.driver.check.Checked;
import dev.caisson.driver.check.Checker;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Whether device nodes may be used.
 *
 * @param allow or deny
 * @param type which kind
 * @param major empty for any
 * @param minor empty for any
 * @param access some of r (read), w (write), m (mknod)
 */
public record DeviceRule(boolean allow, Type type, OptionalLong major, OptionalLong minor, String access)
        implements Checked {
    /** Each letter once. */
    private static final Pattern ACCESS = Pattern.compile("(?!.*(.).*\\1)[rwm]{1,3}");

    /** A kind of device. */
    public enum Type {
        ALL('a'),
        CHARACTER('c'),
        BLOCK('b');

        private final char letter;

        Type(char letter) {
            this.letter = letter;
        }

        /** Returns the kernel's letter for it. */
        public char letter() {
            return letter;
        }
    }

    public DeviceRule {
        requireNonNull(type, "type is null");
        requireNonNull(major, "major is null");
        requireNonNull(minor, "minor is null");
        requireNonNull(access, "access is null");
    }

    /** Returns the rule that denies every device, with which a list starts. */
    public static DeviceRule denyAll() {
        return new DeviceRule(false, Type.ALL, OptionalLong.empty(), OptionalLong.empty(), "rwm");
    }

    /** Returns the rule that allows every device. */
    public static DeviceRule allowAll() {
        return new DeviceRule(true, Type.ALL, OptionalLong.empty(), OptionalLong.empty(), "rwm");
    }

    /** Returns a rule that allows one device. */
    public static DeviceRule allow(Type type, long major, long minor, String access) {
        return new DeviceRule(true, type, OptionalLong.of(major), OptionalLong.of(minor), access);
    }

    @Override
    public void check(Checker checker) {
        checker.at("access")
                .require(
                        ACCESS.matcher(access).matches(),
                        "\"" + access + "\" is no access",
                        "give some of r, w and m, each once");
        checker.require(
                type != Type.ALL || (major.isEmpty() && minor.isEmpty() && access.length() == 3),
                "a rule for all devices names numbers or a part of the access",
                "give type c or b, or leave major and minor out with access rwm");
    }
}
