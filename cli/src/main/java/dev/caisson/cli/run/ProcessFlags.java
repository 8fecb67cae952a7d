// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.run;

import dev.caisson.cli.flags.Flag;
import dev.caisson.cli.flags.FlagSection;
import dev.caisson.cli.flags.FlagValues;
import dev.caisson.cli.syntax.Numbers;
import dev.caisson.cli.syntax.UlimitSyntax;
import dev.caisson.driver.command.ContainerPath;
import dev.caisson.driver.command.User;

/** The process: terminal, directory, user, limits of its own. */
final class ProcessFlags implements FlagGroup {
    static final Flag INTERACTIVE = Flag.toggle(
                    "--interactive", "Pass our standard input on; without it the process has none")
            .letter('i');
    static final Flag TTY = Flag.toggle("--tty", "Give the process a terminal").letter('t');
    private static final Flag WORKDIR = Flag.value("--workdir", "DIR", "Working directory, made if absent; default /")
            .letter('w');
    private static final Flag USER = Flag.value(
                    "--user",
                    "USER[:GROUP]",
                    "User and group by name or number, as the container's own files have them; default root")
            .letter('u');
    private static final Flag GROUP_ADD = Flag.list("--group-add", "GROUP", "A further group, by name or number");
    private static final Flag INIT =
            Flag.toggle("--init", "Run a small init as process 1 that passes signals on and reaps processes");
    private static final Flag ULIMIT =
            Flag.list("--ulimit", "NAME=SOFT[:HARD]", "A limit of the process, such as nofile=1024:4096; -1 for none");
    private static final Flag OOM_SCORE_ADJ = Flag.value(
            "--oom-score-adj", "NUMBER", "How gladly the kernel kills it when memory runs out, -1000 to 1000");

    @Override
    public FlagSection section() {
        return FlagSection.of("Its process", INTERACTIVE, TTY, WORKDIR, USER, GROUP_ADD, INIT, ULIMIT, OOM_SCORE_ADJ);
    }

    @Override
    public void apply(FlagValues values, Draft draft) {
        draft.process.terminal(values.on(TTY));
        values.read(WORKDIR, ContainerPath::of).ifPresent(draft.process::cwd);
        values.read(USER, User::parse).ifPresent(draft.process::user);
        draft.process.groups(values.texts(GROUP_ADD));
        draft.process.initReaper(values.on(INIT));
        values.readAll(ULIMIT, UlimitSyntax::read).forEach(draft.process::rlimit);
        values.read(OOM_SCORE_ADJ, text -> (int) Numbers.whole(text, -1000, 1000))
                .ifPresent(draft.process::oomScoreAdj);
    }
}
