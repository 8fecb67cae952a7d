// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.caisson.driver.Termination;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * How something ended, and what it wrote.
 *
 * @param termination how its process ended
 * @param out standard output
 * @param err standard error
 */
public record Outcome(Termination termination, byte[] out, byte[] err) {
    /** Returns standard output as text. */
    public String text() {
        return new String(out, StandardCharsets.UTF_8);
    }

    /** Returns standard error as text. */
    public String errors() {
        return new String(err, StandardCharsets.UTF_8);
    }

    /** Returns the lines of standard output; a last one without line break counts. */
    public List<String> lines() {
        return text().lines().toList();
    }

    /** Fails unless the process ended with 0 and had no complaint. */
    public Outcome succeeded() {
        assertEquals("", errors(), "what it said on standard error");
        return ended(0);
    }

    /** Fails unless the process ended with that code. */
    public Outcome ended(int code) {
        assertEquals(
                new Termination.Exited(code),
                termination,
                () -> "how it ended, after saying \"" + text() + "\" and complaining \"" + errors() + "\"");
        return this;
    }
}
