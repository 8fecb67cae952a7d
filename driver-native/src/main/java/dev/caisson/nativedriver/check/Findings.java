// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.check;

import dev.caisson.driver.DriverException;
import dev.caisson.driver.ErrorKind;
import dev.caisson.driver.Feature;
import dev.caisson.driver.InvalidCommandException;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.driver.check.Mistake;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Gathers what speaks against a Command, each under the path of its field. Not thread-safe; one use each. */
final class Findings {
    private final String path;
    private final List<Finding> found;

    private Findings(String path, List<Finding> found) {
        this.path = path;
        this.found = found;
    }

    /** Nothing yet, at the root of a Command. */
    static Findings atRoot() {
        return new Findings("", new ArrayList<>());
    }

    Findings at(String field) {
        return new Findings(path.isEmpty() ? field : path + "." + field, found);
    }

    Findings at(int index) {
        return new Findings(path + "[" + index + "]", found);
    }

    /** Another Command is needed. */
    void mistake(String problem, String remedy) {
        add(StandardErrorCode.INVALID_COMMAND, problem, remedy);
    }

    /** This driver doesn't do that. */
    void unsupported(Feature feature) {
        unsupported(
                "is given, but driver native does not support " + feature, "leave it out, or use a driver that does");
    }

    /** This driver doesn't do that on this machine. */
    void unsupportedHere(Feature feature, String why, String remedy) {
        unsupported("is given, but driver native does not support " + feature + " here: " + why, remedy);
    }

    /** This driver doesn't do that. */
    void unsupported(String problem, String remedy) {
        add(StandardErrorCode.UNSUPPORTED_FIELD, problem, remedy);
    }

    /** This machine can't do that. */
    void machine(StandardErrorCode code, String problem, String remedy) {
        add(code, problem, remedy);
    }

    private void add(StandardErrorCode code, String problem, String remedy) {
        found.add(new Finding(code, new Mistake(path, problem, remedy)));
    }

    /**
     * Throws all of them in one exception, if there are any. Its code is the one that is hardest to put right: what the
     * driver doesn't do before what the machine can't, and that before mistakes.
     */
    void refuse(String doing) {
        if (found.isEmpty()) {
            return;
        }
        List<Mistake> mistakes = found.stream().map(Finding::mistake).toList();
        StandardErrorCode gravest = found.stream()
                .map(Finding::code)
                .min(Comparator.comparingInt(Findings::rank))
                .orElseThrow();
        if (gravest.kind() == ErrorKind.USER) {
            throw new InvalidCommandException(doing, mistakes);
        }
        String why = mistakes.size() == 1
                ? mistakes.get(0).path() + ": " + mistakes.get(0).problem()
                : mistakes.stream()
                        .map(Mistake::toString)
                        .collect(Collectors.joining("\n  ", mistakes.size() + " reasons\n  ", ""));
        throw new DriverException(
                gravest, doing, why, mistakes.size() == 1 ? mistakes.get(0).remedy() : "");
    }

    private static int rank(StandardErrorCode code) {
        return switch (code.kind()) {
            case UNSUPPORTED -> 0;
            case MACHINE -> 1;
            case USER, NOT_FOUND, WRONG_STATE, LAUNCH, INTERNAL -> 2;
        };
    }
}
