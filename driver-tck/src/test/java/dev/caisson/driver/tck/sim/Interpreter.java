// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.sim;

import dev.caisson.driver.Signal;
import dev.caisson.driver.Termination;
import dev.caisson.driver.tck.probe.Deed;
import dev.caisson.driver.tck.probe.Fact;
import dev.caisson.driver.tck.probe.Pattern;
import dev.caisson.driver.tck.probe.Step;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes the steps of the probe as the shell does. */
final class Interpreter {
    private final SimulatedProcess process;
    private final SimulatedContainer container;
    private boolean inputClosed;

    Interpreter(SimulatedProcess process) {
        this.process = process;
        this.container = process.container();
    }

    void take(Step step) throws InterruptedException, Ended {
        List<String> words = step.words();
        switch (step.verb()) {
            case ALLOCATE -> allocate(Long.parseLong(words.get(0)));
            case ALLOCATE_IN_CHILD -> allocateInChild(Long.parseLong(words.get(0)));
            case ALTERNATE -> alternate(Integer.parseInt(words.get(0)));
            case ARGS -> {
                for (String word : words) {
                    say("[" + word + "]\n");
                }
                throw Ended.with(0);
            }
            case BURN -> {
                container.usage().burn(Long.parseLong(words.get(0)));
                say("burnt " + words.get(0) + "\n");
            }
            case CLOSE_INPUT -> {
                inputClosed = true;
                process.stdio().in().close();
            }
            case COMPLAIN -> complain(words.get(0) + "\n");
            case COPY -> copy();
            case COUNT -> say(readAll().length + "\n");
            case DIE ->
                throw new Ended(container.asInitTells(new Termination.Signalled(Signal.parse(words.get(0)), false)));
            case ECHO -> echo();
            case ENVIRON -> {
                for (Map.Entry<String, String> entry : process.config().env().entrySet()) {
                    say(entry.getKey() + "=" + entry.getValue() + "\n");
                }
            }
            case EXIT -> throw Ended.with(Integer.parseInt(words.get(0)));
            case FORK -> fork(Integer.parseInt(words.get(0)));
            case HOLD -> process.hold();
            case LINE -> say(words.get(0) + "\n");
            case ORPHANS -> orphans(Integer.parseInt(words.get(0)));
            case PRODUCE -> produce(Long.parseLong(words.get(0)));
            case READ_DESCRIPTOR -> readDescriptor(Integer.parseInt(words.get(0)));
            case READ_LINE -> say("heard " + readLine().orElse("") + "\n");
            case RECORD -> throw new IllegalStateException("only hooks record");
            case SAY -> say(words.get(0));
            case SERVE -> {
                container.network().serve(Integer.parseInt(words.get(0)), words.get(1));
                process.hold();
            }
            case SHOW -> say(Facts.tell(process, Fact.valueOf(words.get(0)), words.get(1)) + "\n");
            case SHOW_ON_ERRORS -> complain(Facts.tell(process, Fact.valueOf(words.get(0)), words.get(1)) + "\n");
            case SPAWN -> container.spawn(process);
            case TRAP -> trap(words.get(0), () -> process.say("caught " + words.get(0) + "\n"));
            case TRAP_EXIT -> trap(words.get(0), () -> process.end(Ended.with(Integer.parseInt(words.get(1)))));
            case TRY -> say(Deeds.attempt(process, Deed.valueOf(words.get(0)), words.get(1), words.get(2)) + "\n");
            case WRITE_DESCRIPTOR -> writeDescriptor(Integer.parseInt(words.get(0)), words.get(1));
        }
    }

    private void say(String text) throws InterruptedException, Ended {
        process.gate();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        process.stdio().out().write(bytes, 0, bytes.length);
    }

    private void complain(String text) throws InterruptedException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        process.stdio().err().write(bytes, 0, bytes.length);
    }

    private void trap(String name, Runnable action) {
        process.trap(Signal.parse(name), action);
    }

    private void allocate(long bytes) throws InterruptedException, Ended {
        if (container.usage().allocate(bytes)) {
            say("allocated " + bytes + "\n");
        } else {
            throw new Ended(new Termination.Signalled(Signal.KILL, false));
        }
    }

    private void allocateInChild(long bytes) throws InterruptedException, Ended {
        if (container.usage().allocate(bytes)) {
            say("allocated " + bytes + "\nchild ended 0\n");
        } else {
            say("child ended 137\n");
        }
    }

    private void alternate(int turns) throws InterruptedException, Ended {
        for (int turn = 1; turn <= turns; turn++) {
            say("out " + turn + "\n");
            complain("err " + turn + "\n");
        }
    }

    private void fork(int most) throws InterruptedException, Ended {
        int forked = (int) Math.min(most, container.usage().pidsLimit() - 3);
        for (int i = 1; i <= forked; i++) {
            say("forked " + i + "\n");
        }
        say("forking ended\n");
    }

    private void orphans(int many) throws InterruptedException, Ended {
        if (!process.config().initReaper() && many > container.usage().pidsLimit()) {
            throw Ended.with(98);
        }
        say("orphans " + many + "\n");
    }

    private void produce(long bytes) throws InterruptedException, Ended {
        byte[] buffer = new byte[16384];
        for (long at = 0; at < bytes; at += buffer.length) {
            process.gate();
            int part = (int) Math.min(buffer.length, bytes - at);
            Pattern.fill(buffer, 0, part, at);
            process.stdio().out().write(buffer, 0, part);
        }
    }

    private void copy() throws InterruptedException, Ended {
        byte[] buffer = new byte[16384];
        for (int read = process.stdio().in().read(buffer);
                read >= 0;
                read = process.stdio().in().read(buffer)) {
            process.gate();
            process.stdio().out().write(buffer, 0, read);
        }
    }

    private byte[] readAll() throws InterruptedException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] buffer = new byte[16384];
        for (int read = process.stdio().in().read(buffer);
                read >= 0;
                read = process.stdio().in().read(buffer)) {
            all.write(buffer, 0, read);
        }
        return all.toByteArray();
    }

    private Optional<String> readLine() throws InterruptedException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        byte[] one = new byte[1];
        while (!inputClosed && process.stdio().in().read(one) > 0) {
            if (one[0] == '\n') {
                return Optional.of(line.toString(StandardCharsets.UTF_8));
            }
            line.write(one[0]);
        }
        return line.size() == 0 ? Optional.empty() : Optional.of(line.toString(StandardCharsets.UTF_8));
    }

    private void echo() throws InterruptedException, Ended {
        Optional<String> row = readLine();
        while (row.isPresent()) {
            say("heard " + row.get() + "\n");
            row = readLine();
        }
        if (container.fault().is(Wrong.ENDS_OUTPUT_WITH_INPUT)) {
            process.stdio().out().close();
            throw Ended.with(0);
        }
    }

    private void readDescriptor(int number) throws InterruptedException, Ended {
        Path path = process.stdio().extra().get(number);
        if (path == null) {
            complain("Bad file descriptor\n");
            return;
        }
        try {
            say(Files.readString(path));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private void writeDescriptor(int number, String text) throws InterruptedException {
        Path path = process.stdio().extra().get(number);
        if (path == null) {
            complain("Bad file descriptor\n");
            return;
        }
        try {
            Files.writeString(path, text);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }
}
