// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.criu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** What was found out of programs, for the life of this JVM: the next driver need not start them to ask. Thread-safe. */
final class KnownPrograms {
    /** What a program is. */
    sealed interface Verdict {}

    /** One that will do. */
    record Good(CriuProgram program) implements Verdict {}

    /** One that will not. */
    record Bad(String why) implements Verdict {}

    /** Finds it out. */
    @FunctionalInterface
    interface Question {
        Verdict ask() throws InterruptedException;
    }

    private record Key(Path path, FileTime changed) {}

    private static final Map<Key, Verdict> KNOWN = new HashMap<>();

    /** Held while one is asked, too: others want to know the same. */
    private static final ReentrantLock LOCK = new ReentrantLock();

    private KnownPrograms() {}

    static Verdict verdict(Path path, Question question) throws InterruptedException {
        LOCK.lockInterruptibly();
        try {
            Key key = new Key(path, Files.getLastModifiedTime(path));
            Verdict known = KNOWN.get(key);
            if (known == null) {
                known = question.ask();
                KNOWN.put(key, known);
            }
            return known;
        } catch (IOException e) {
            return new Bad("can't be looked at: " + e);
        } finally {
            LOCK.unlock();
        }
    }
}
