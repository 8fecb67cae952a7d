// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.flags;

import dev.caisson.cli.options.NearestName;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Splits a command line into options and operands as Docker's does: {@code --name value}, {@code --name=value}, {@code -n
 * value}, {@code -nvalue}, {@code -n=value}, {@code -it}; options end at the first operand or at {@code --}, and what comes
 * after them belongs to the command that is run, whatever it looks like.
 */
public final class FlagParser {
    private final FlagTable table;
    private final FlagValues values;
    private final Deque<String> rest;

    private FlagParser(FlagTable table, List<String> arguments) {
        this.table = table;
        this.values = new FlagValues();
        this.rest = new ArrayDeque<>(arguments);
    }

    /** Returns what was given, and what was wrong with it. */
    public static FlagValues parse(FlagTable table, List<String> arguments) {
        return new FlagParser(table, arguments).parse();
    }

    private FlagValues parse() {
        while (!rest.isEmpty() && rest.peek().startsWith("-") && !rest.peek().equals("-")) {
            String argument = rest.pop();
            if (argument.equals("--")) {
                break;
            }
            if (argument.startsWith("--")) {
                readLong(argument);
            } else {
                readLetters(argument.substring(1));
            }
        }
        values.operands(new ArrayList<>(rest));
        return values;
    }

    private void readLong(String argument) {
        int equals = argument.indexOf('=');
        String name = equals < 0 ? argument : argument.substring(0, equals);
        Optional<String> attached = equals < 0 ? Optional.empty() : Optional.of(argument.substring(equals + 1));
        table.find(name).ifPresentOrElse(flag -> take(flag, name, attached), () -> refuse(name, attached.isPresent()));
    }

    private void readLetters(String letters) {
        for (int i = 0; i < letters.length(); i++) {
            String name = "-" + letters.charAt(i);
            Optional<Flag> flag = table.find(name);
            if (flag.isEmpty()) {
                refuse(name, true);
                return;
            }
            String after = letters.substring(i + 1);
            boolean attached = after.startsWith("=") || (flag.get().kind() != Flag.Kind.SWITCH && !after.isEmpty());
            if (attached) {
                take(flag.get(), name, Optional.of(after.startsWith("=") ? after.substring(1) : after));
                return;
            }
            take(flag.get(), name, Optional.empty());
        }
    }

    private void take(Flag flag, String written, Optional<String> attached) {
        if (flag.kind() == Flag.Kind.SWITCH) {
            takeSwitch(flag, attached.orElse("true"));
        } else if (attached.isPresent()) {
            values.add(flag, attached.get());
        } else if (rest.isEmpty()) {
            values.reject(written, "its value is missing; give " + written + " " + flag.label());
        } else {
            values.add(flag, rest.pop());
        }
    }

    private void takeSwitch(Flag flag, String value) {
        switch (value.toLowerCase(Locale.ROOT)) {
            case "true", "t", "1" -> values.add(flag, "true");
            case "false", "f", "0" -> values.add(flag, "false");
            default -> values.reject(flag.name(), "\"" + value + "\" is neither true nor false; leave it out");
        }
    }

    /** What it takes for a slip of an option with a value has its value behind it, which is then passed over. */
    private void refuse(String name, boolean valueAttached) {
        Optional<String> absent = table.absent(name);
        if (absent.isPresent()) {
            values.reject(name, absent.get());
            return;
        }
        Optional<Flag> meant = NearestName.of(name, table.names())
                .filter(nearest -> nearest.startsWith("--"))
                .flatMap(table::find);
        values.reject(
                name,
                "there is no such option; "
                        + meant.map(flag -> "did you mean " + flag + "?").orElse("--help lists the options"));
        boolean valueBehind = !valueAttached
                && meant.filter(flag -> flag.kind() != Flag.Kind.SWITCH).isPresent();
        if (valueBehind && !rest.isEmpty()) {
            rest.pop();
        }
    }
}
