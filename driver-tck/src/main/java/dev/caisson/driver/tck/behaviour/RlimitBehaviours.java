// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.behaviour;

import static dev.caisson.driver.tck.probe.Steps.show;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.caisson.driver.Feature;
import dev.caisson.driver.command.Rlimit;
import dev.caisson.driver.tck.Kit;
import dev.caisson.driver.tck.Needs;
import dev.caisson.driver.tck.Observes;
import dev.caisson.driver.tck.machine.Facility;
import dev.caisson.driver.tck.probe.Fact;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Limits of one process. */
public interface RlimitBehaviours {
    /** How /proc/self/limits calls them, and values that any machine takes without CAP_SYS_RESOURCE. */
    private static String name(Rlimit.Type type) {
        return switch (type) {
            case CPU -> "Max cpu time";
            case FSIZE -> "Max file size";
            case DATA -> "Max data size";
            case STACK -> "Max stack size";
            case CORE -> "Max core file size";
            case RSS -> "Max resident set";
            case NPROC -> "Max processes";
            case NOFILE -> "Max open files";
            case MEMLOCK -> "Max locked memory";
            case AS -> "Max address space";
            case LOCKS -> "Max file locks";
            case SIGPENDING -> "Max pending signals";
            case MSGQUEUE -> "Max msgqueue size";
            case NICE -> "Max nice priority";
            case RTPRIO -> "Max realtime priority";
            case RTTIME -> "Max realtime timeout";
        };
    }

    private static long hard(Rlimit.Type type) {
        return switch (type) {
            case CPU, LOCKS, SIGPENDING, NPROC -> 2000;
            case FSIZE, DATA, RSS, AS -> 1L << 31;
            case STACK -> 8L << 20;
            case NOFILE -> 500;
            case MEMLOCK, MSGQUEUE, CORE -> 65536;
            case NICE, RTPRIO -> 0;
            case RTTIME -> 1_000_000;
        };
    }

    @ParameterizedTest
    @EnumSource(Rlimit.Type.class)
    @Needs(Feature.RLIMITS)
    @Observes({"process.rlimits.type", "process.rlimits.soft", "process.rlimits.hard"})
    default void everyRlimitIsSet(Rlimit.Type type, Kit kit) throws Exception {
        long hard = hard(type);
        assertEquals(
                hard / 2 + " " + hard,
                kit.answer(kit.command(
                        kit.process(show(Fact.LIMIT, name(type))).rlimit(new Rlimit(type, hard / 2, hard)))));
    }

    @Test
    @Needs(Feature.RLIMITS)
    default void severalRlimitsAreSet(Kit kit) throws Exception {
        assertEquals(
                List.of("64 128", "0 0"),
                kit.answers(kit.command(
                        kit.process(show(Fact.LIMIT, "Max open files"), show(Fact.LIMIT, "Max core file size"))
                                .rlimit(new Rlimit(Rlimit.Type.NOFILE, 64, 128))
                                .rlimit(new Rlimit(Rlimit.Type.CORE, 0, 0)))));
    }

    @Test
    @Needs(value = Feature.RLIMITS, machine = Facility.RESOURCE_RIGHTS)
    @Observes("process.rlimits.soft")
    default void anRlimitIsRaised(Kit kit) throws Exception {
        assertEquals(
                "unlimited unlimited",
                kit.answer(kit.command(kit.process(show(Fact.LIMIT, "Max locked memory"))
                        .rlimit(new Rlimit(Rlimit.Type.MEMLOCK, -1, -1)))));
        assertEquals(
                "10 20",
                kit.answer(kit.command(kit.process(show(Fact.LIMIT, "Max nice priority"))
                        .rlimit(new Rlimit(Rlimit.Type.NICE, 10, 20)))));
    }
}
