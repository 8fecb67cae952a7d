// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.procfs;

import dev.caisson.driver.stats.Pressure;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** {@code cpu.pressure} and its kind (Documentation/accounting/psi.rst). */
public final class PressureFile {
    private static final String FORMAT = "pressure file";
    private static final Pressure.Share NONE = new Pressure.Share(0, 0, 0, Duration.ZERO);

    private PressureFile() {}

    /** Both lines; kernels before 5.13 have no line {@code full} for the processor, which counts as none. */
    public static Pressure parse(String content) {
        Map<String, Map<String, String>> lines = NestedKeyed.parse(content);
        Map<String, String> some = lines.get("some");
        if (some == null) {
            throw new MalformedFileException(FORMAT, content.strip());
        }
        Map<String, String> full = lines.get("full");
        return new Pressure(share(some), full == null ? NONE : share(full));
    }

    private static Pressure.Share share(Map<String, String> values) {
        try {
            return new Pressure.Share(
                    Double.parseDouble(value(values, "avg10")),
                    Double.parseDouble(value(values, "avg60")),
                    Double.parseDouble(value(values, "avg300")),
                    Duration.of(Long.parseLong(value(values, "total")), ChronoUnit.MICROS));
        } catch (NumberFormatException e) {
            throw new MalformedFileException(FORMAT, values.toString(), e);
        }
    }

    private static String value(Map<String, String> values, String name) {
        String value = values.get(name);
        if (value == null) {
            throw new MalformedFileException(FORMAT, values.toString());
        }
        return value;
    }
}
