// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli;

/** Where the JVM starts. */
public final class Main {
    private Main() {}

    /** Carries out a command line, and ends this process with its exit code. */
    public static void main(String[] arguments) {
        System.exit(new Caisson(CallerEnvironment.of(System.getenv()), System.out, System.err).execute(arguments));
    }
}
