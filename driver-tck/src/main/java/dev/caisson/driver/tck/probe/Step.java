// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.probe;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One thing that the probe does.
 *
 * @param verb what
 * @param words to it
 */
public record Step(Verb verb, List<String> words) {
    public Step {
        requireNonNull(verb, "verb is null");
        words = List.copyOf(words);
        if (verb.words() >= 0 && verb.words() != words.size()) {
            throw new IllegalArgumentException(verb + " takes " + verb.words() + " words, not " + words);
        }
    }

    /** Returns the steps of which these are the probe's arguments: for drivers whose containers are not of this world. */
    public static List<Step> parse(List<String> arguments) {
        List<Step> steps = new ArrayList<>();
        int at = 0;
        while (at < arguments.size()) {
            Verb verb = Verb.valueOf(arguments.get(at).toUpperCase(Locale.ROOT).replace('-', '_'));
            int end = verb.words() < 0 ? arguments.size() : at + 1 + verb.words();
            steps.add(new Step(verb, arguments.subList(at + 1, end)));
            at = end;
        }
        return steps;
    }

    /** Returns its part of the probe's arguments. */
    List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        arguments.add(verb.text());
        arguments.addAll(words);
        return arguments;
    }
}
