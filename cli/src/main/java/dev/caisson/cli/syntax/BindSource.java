// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.syntax;

import dev.caisson.cli.flags.BadValueException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** The host's side of a bind mount. */
final class BindSource {
    private BindSource() {}

    /**
     * Returns an absolute path; one that begins with a dot stands in the working directory, as Docker has it.
     *
     * @throws BadValueException for anything else, such as the name of a volume
     */
    static Path read(String text) {
        if (text.isEmpty()) {
            throw new BadValueException("names no source", "give the path of the host first");
        }
        if (!text.startsWith("/") && !text.startsWith(".")) {
            throw new BadValueException(
                    "names a volume or a relative path as its source",
                    "there are no named volumes here: give an absolute path, or one that begins with ./");
        }
        try {
            return Path.of(text).toAbsolutePath().normalize();
        } catch (InvalidPathException unmappable) {
            throw new BadValueException(
                    "has a source that can't be written in the character set of the locale", "set LC_ALL=C.UTF-8");
        }
    }
}
