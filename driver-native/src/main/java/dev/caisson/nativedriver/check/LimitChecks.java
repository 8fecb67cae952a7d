// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.check;

import dev.caisson.driver.StandardErrorCode;
import dev.caisson.driver.command.Capability;
import dev.caisson.driver.command.IoPriority;
import dev.caisson.driver.command.ProcessConfig;
import dev.caisson.driver.command.Rlimit;
import dev.caisson.driver.command.Scheduler;
import dev.caisson.nativedriver.kernel.ResourceLimit;
import dev.caisson.nativedriver.machine.MachineFacts;

/** What limits or ranks a single process: raising it takes rights that this process may lack. */
final class LimitChecks {
    private final MachineFacts machine;

    LimitChecks(MachineFacts machine) {
        this.machine = machine;
    }

    void check(Findings findings, ProcessConfig process) {
        for (int i = 0; i < process.rlimits().size(); i++) {
            check(findings.at("rlimits").at(i), process.rlimits().get(i));
        }
        process.oomScoreAdj().ifPresent(value -> checkOomScore(findings.at("oomScoreAdj"), value));
        process.scheduler().ifPresent(scheduler -> check(findings.at("scheduler"), scheduler));
        process.ioPriority()
                .filter(priority -> priority.level() == IoPriority.Level.REALTIME)
                .ifPresent(priority -> needNice(findings.at("ioPriority"), "the real-time class"));
        process.cpuAffinity().ifPresent(affinity -> {
            affinity.initial()
                    .ifPresent(list -> checkList(findings.at("cpuAffinity").at("initial"), list));
            affinity.last()
                    .ifPresent(list -> checkList(findings.at("cpuAffinity").at("last"), list));
        });
        process.memoryPolicy()
                .filter(policy -> !policy.nodes().isEmpty())
                .ifPresent(policy -> checkList(findings.at("memoryPolicy").at("nodes"), policy.nodes()));
    }

    private void check(Findings findings, Rlimit limit) {
        ResourceLimit own = machine.limits().getOrDefault(limit.type(), ResourceLimit.UNBOUNDED);
        if (limit.type() == Rlimit.Type.NOFILE && Long.compareUnsigned(limit.hard(), machine.openFilesMost()) > 0) {
            findings.machine(
                    StandardErrorCode.LIMIT_REFUSED,
                    "NOFILE " + text(limit.hard()) + " is above what this kernel allows at all, "
                            + machine.openFilesMost(),
                    "give at most that, or raise the sysctl fs.nr_open");
        } else if (Long.compareUnsigned(limit.hard(), own.hard()) > 0 && !machine.has(Capability.SYS_RESOURCE)) {
            findings.machine(
                    StandardErrorCode.LIMIT_REFUSED,
                    limit.type() + " " + text(limit.hard()) + " is above this process's own hard limit, "
                            + text(own.hard()) + ", and it lacks CAP_SYS_RESOURCE to raise it",
                    "give at most that, or start the engine with a higher limit");
        }
    }

    private static String text(long limit) {
        return limit == ResourceLimit.UNLIMITED ? "unlimited" : Long.toUnsignedString(limit);
    }

    private void checkOomScore(Findings findings, int value) {
        if (value < machine.oomScoreAdj() && !machine.has(Capability.SYS_RESOURCE)) {
            findings.machine(
                    StandardErrorCode.LIMIT_REFUSED,
                    value + " is below this process's own, " + machine.oomScoreAdj()
                            + ", and it lacks CAP_SYS_RESOURCE to lower it",
                    "give at least that");
        }
    }

    private void check(Findings findings, Scheduler scheduler) {
        switch (scheduler.policy()) {
            case FIFO, RR, DEADLINE -> needNice(findings.at("policy"), "policy " + scheduler.policy());
            case OTHER, BATCH, IDLE -> {
                if (scheduler.nice() < 0) {
                    needNice(findings.at("nice"), "a nice value below 0");
                }
            }
        }
    }

    private void needNice(Findings findings, String what) {
        if (!machine.has(Capability.SYS_NICE)) {
            findings.machine(
                    StandardErrorCode.NOT_PERMITTED,
                    what + " takes CAP_SYS_NICE, which this process lacks",
                    "leave it out, or start the engine with it");
        }
    }

    private static void checkList(Findings findings, String list) {
        for (String range : list.split(",", -1)) {
            int dash = range.indexOf('-');
            if (dash > 0 && Integer.parseInt(range.substring(0, dash)) > Integer.parseInt(range.substring(dash + 1))) {
                findings.mistake("range " + range + " goes down", "give the smaller number first");
            }
        }
    }
}
