// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.run;

import dev.caisson.cli.flags.Flag;
import dev.caisson.cli.flags.FlagSection;
import dev.caisson.cli.flags.FlagValues;
import dev.caisson.cli.syntax.Numbers;
import dev.caisson.driver.resources.CpuLimits;
import java.util.function.LongConsumer;

/** Limits of processor time. */
final class CpuFlags implements FlagGroup {
    private static final Flag CPUS = Flag.value("--cpus", "NUMBER", "Most processors' time, such as 0.5");
    private static final Flag CPU_SHARES = Flag.value(
                    "--cpu-shares",
                    "WEIGHT",
                    "Weight against others when processors are busy, 2 to 262144; 1024 is usual")
            .letter('c');
    private static final Flag CPU_PERIOD =
            Flag.value("--cpu-period", "MICROSECONDS", "Length of a period, 1000 to 1000000");
    private static final Flag CPU_QUOTA =
            Flag.value("--cpu-quota", "MICROSECONDS", "Processor time within each period; -1 for no limit");
    private static final Flag CPU_RT_PERIOD =
            Flag.value("--cpu-rt-period", "MICROSECONDS", "Length of a real-time period (cgroup v1)");
    private static final Flag CPU_RT_RUNTIME =
            Flag.value("--cpu-rt-runtime", "MICROSECONDS", "Real-time tasks' time within each such period (cgroup v1)");
    private static final Flag CPUSET_CPUS = Flag.value("--cpuset-cpus", "LIST", "Which processors, as 0-2,7");
    private static final Flag CPUSET_MEMS = Flag.value("--cpuset-mems", "LIST", "Which memory nodes, as 0-1");

    @Override
    public FlagSection section() {
        return FlagSection.of(
                "Limits of processor time",
                CPUS,
                CPU_SHARES,
                CPU_PERIOD,
                CPU_QUOTA,
                CPU_RT_PERIOD,
                CPU_RT_RUNTIME,
                CPUSET_CPUS,
                CPUSET_MEMS);
    }

    @Override
    public void apply(FlagValues values, Draft draft) {
        CpuLimits.Builder limits = CpuLimits.builder();
        if (values.has(CPUS) && (values.has(CPU_PERIOD) || values.has(CPU_QUOTA))) {
            values.reject(CPUS, "is given beside --cpu-period or --cpu-quota", "give one or the other");
        }
        values.read(CPUS, Numbers::processors).filter(number -> number > 0).ifPresent(limits::processors);
        number(values, CPU_SHARES, limits::shares);
        number(values, CPU_PERIOD, limits::period);
        number(values, CPU_QUOTA, limits::quota);
        number(values, CPU_RT_PERIOD, limits::realtimePeriod);
        number(values, CPU_RT_RUNTIME, limits::realtimeRuntime);
        values.text(CPUSET_CPUS).filter(list -> !list.isEmpty()).ifPresent(limits::cpus);
        values.text(CPUSET_MEMS).filter(list -> !list.isEmpty()).ifPresent(limits::mems);
        draft.resources.cpu(limits.build());
    }

    /** 0 stands for "not given" in Docker's options; the ranges are the SPI's to check. */
    private static void number(FlagValues values, Flag flag, LongConsumer setter) {
        values.read(flag, text -> Numbers.whole(text, -1, Long.MAX_VALUE))
                .filter(value -> value != 0)
                .ifPresent(setter::accept);
    }
}
