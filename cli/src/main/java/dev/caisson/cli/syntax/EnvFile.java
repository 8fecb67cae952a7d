// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.syntax;

import dev.caisson.cli.flags.BadValueException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of variables as --env-file takes it: a line each, {@code KEY=value} or {@code KEY} to take it from the
 * environment; empty lines and those that begin with # are left out. Quotes are part of the value.
 */
public final class EnvFile {
    private EnvFile() {}

    /**
     * Returns the lines that say something.
     *
     * @throws BadValueException if the file can't be read or a line has no proper name
     */
    public static List<String> read(String file) {
        List<String> variables = new ArrayList<>();
        List<String> lines = lines(Path.of(file));
        for (int i = 0; i < lines.size(); i++) {
            String line = i == 0 ? lines.get(i).replaceFirst("^\uFEFF", "") : lines.get(i);
            String text = line.stripLeading();
            if (!text.isEmpty() && !text.startsWith("#")) {
                checkName(text.split("=", 2)[0], i + 1);
                variables.add(text);
            }
        }
        return variables;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (NoSuchFileException absent) {
            throw new BadValueException("does not exist", "give the file that holds the variables");
        } catch (CharacterCodingException notUtf8) {
            throw new BadValueException("is not UTF-8", "convert it");
        } catch (IOException failure) {
            throw new BadValueException("can't be read: " + failure, "give a readable file");
        }
    }

    private static void checkName(String name, int line) {
        if (name.isEmpty()) {
            throw new BadValueException("has no name before = in line " + line, "write KEY=value");
        }
        if (name.chars().anyMatch(Character::isWhitespace)) {
            throw new BadValueException("has white space in the name \"" + name + "\" of line " + line, "take it out");
        }
    }
}
