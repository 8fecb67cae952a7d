// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.root;

import dev.caisson.nativedriver.kernel.Kernel;
import dev.caisson.nativedriver.kernel.KernelException;
import dev.caisson.nativedriver.procfs.ProcessStat;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The directory of one tied engine below a state root, {@code tied-<pid>-<start time>-<number>}: any number of engines may
 * share the state root, and whose directory it is can be told after its engine is dead.
 *
 * @param path of the directory
 * @param pid of its engine
 * @param startTime of its engine, in clock ticks since boot
 */
record TiedRoot(Path path, int pid, long startTime) {
    private static final Pattern SHAPE = Pattern.compile("tied-([0-9]{1,10})-([0-9]{1,18})-[0-9]+");
    private static final AtomicLong NUMBERS = new AtomicLong();

    /** Returns a new one of ours; it isn't made yet. */
    static TiedRoot ours(Kernel kernel, Path stateRoot) {
        ProcessStat own = ProcessStat.parse(kernel.files().read("/proc/self/stat"));
        String name = "tied-" + own.pid() + "-" + own.startTime() + "-" + NUMBERS.incrementAndGet();
        return new TiedRoot(stateRoot.resolve(name), own.pid(), own.startTime());
    }

    /** Returns what a directory of that name is, if it is one of these. */
    static Optional<TiedRoot> parse(Path stateRoot, String name) {
        Matcher matcher = SHAPE.matcher(name);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return Optional.of(new TiedRoot(
                stateRoot.resolve(name), (int) Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2))));
    }

    /** Returns true if its engine is gone, as far as this pid namespace shows. */
    boolean isOrphan(Kernel kernel) {
        try {
            return kernel.files()
                    .readIfPresent("/proc/" + pid + "/stat")
                    .map(stat -> ProcessStat.parse(stat).startTime() != startTime)
                    .orElse(true);
        } catch (KernelException e) {
            // ESRCH: it has ended between open and read.
            return true;
        }
    }
}
