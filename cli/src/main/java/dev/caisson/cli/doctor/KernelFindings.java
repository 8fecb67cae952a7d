// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.doctor;

import java.util.List;

/** The kernel's version and the Java that runs us. */
final class KernelFindings {
    /** mount_setattr(2) came with 5.12: recursive read-only and id-mapped mounts. */
    private static final int MAJOR = 5;

    private static final int MINOR = 12;
    private static final int JAVA_LEAST = 21;
    private static final int JAVA_BEST = 25;

    private KernelFindings() {}

    static List<Finding> of(Machine machine) {
        return List.of(kernel(machine), java());
    }

    private static Finding kernel(Machine machine) {
        String version = machine.text("proc/sys/kernel/osrelease").orElse("unknown");
        String[] numbers = version.split("[^0-9]+");
        boolean known = numbers.length > 1 && !numbers[0].isEmpty();
        int major = known ? Integer.parseInt(numbers[0]) : 0;
        int minor = known ? Integer.parseInt(numbers[1]) : 0;
        boolean recent = major > MAJOR || (major == MAJOR && minor >= MINOR);
        return recent
                ? Finding.ok("kernel", "Linux " + version)
                : Finding.lacks(
                        "kernel", "Linux " + version + " is too old", "use Linux " + MAJOR + "." + MINOR + " or newer");
    }

    private static Finding java() {
        int feature = Runtime.version().feature();
        String text = "Java " + Runtime.version() + " from " + System.getProperty("java.home");
        if (feature < JAVA_LEAST) {
            return Finding.lacks("java", text, "use Java " + JAVA_BEST);
        }
        return Finding.either(
                feature >= JAVA_BEST,
                "java",
                text,
                "Java " + JAVA_BEST + " starts faster, from an ahead-of-time cache");
    }
}
