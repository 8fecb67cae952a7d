// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.flags;

import dev.caisson.driver.DriverException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was given on a command line, read as what it means. Gathers every mistake instead of stopping at the first. */
public final class FlagValues {
    private final Map<Flag, List<String>> given = new HashMap<>();
    private final List<String> mistakes = new ArrayList<>();
    private List<String> operands = List.of();

    FlagValues() {}

    void add(Flag flag, String text) {
        given.computeIfAbsent(flag, absent -> new ArrayList<>()).add(text);
    }

    void operands(List<String> arguments) {
        operands = List.copyOf(arguments);
    }

    /** Returns what comes after the options. */
    public List<String> operands() {
        return operands;
    }

    /** Returns true if it was given at all. */
    public boolean has(Flag flag) {
        return given.containsKey(flag);
    }

    /** Returns true if a switch was given and not switched off again. */
    public boolean on(Flag flag) {
        return last(flag).filter(Boolean::parseBoolean).isPresent();
    }

    /** Returns the text of an option, the last one if it was given several times. */
    public Optional<String> text(Flag flag) {
        return last(flag);
    }

    /** Returns every text of an option, in order. */
    public List<String> texts(Flag flag) {
        return List.copyOf(given.getOrDefault(flag, List.of()));
    }

    /** Returns the value of an option; empty if it wasn't given, or can't be read, which is then noted. */
    public <T> Optional<T> read(Flag flag, ValueReader<T> reader) {
        return last(flag).flatMap(text -> read(flag, text, reader));
    }

    /** Returns every value of an option that can be read; the others are noted. */
    public <T> List<T> readAll(Flag flag, ValueReader<T> reader) {
        return texts(flag).stream()
                .flatMap(text -> read(flag, text, reader).stream())
                .toList();
    }

    private <T> Optional<T> read(Flag flag, String text, ValueReader<T> reader) {
        try {
            return Optional.of(reader.read(text));
        } catch (BadValueException bad) {
            reject(flag.name(), "\"" + text + "\" " + bad.problem() + "; " + bad.remedy());
        } catch (DriverException refused) {
            reject(flag.name(), String.valueOf(refused.getMessage()));
        }
        return Optional.empty();
    }

    private Optional<String> last(Flag flag) {
        List<String> texts = given.getOrDefault(flag, List.of());
        return texts.isEmpty() ? Optional.empty() : Optional.of(texts.get(texts.size() - 1));
    }

    /** Notes a mistake of an option. */
    public void reject(Flag flag, String problem, String remedy) {
        reject(flag.name(), problem + "; " + remedy);
    }

    /** Notes a mistake. */
    public void reject(String where, String text) {
        mistakes.add(where + ": " + text);
    }

    /** Returns every mistake so far, one line each. */
    public List<String> mistakes() {
        return List.copyOf(mistakes);
    }
}
