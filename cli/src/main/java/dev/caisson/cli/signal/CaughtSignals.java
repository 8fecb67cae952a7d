// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.signal;

import dev.caisson.driver.Signal;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Catches the signals that a command passes on: all that a JVM lets go and that mean something to a process. The only class
 * that knows sun.misc.Signal (module jdk.unsupported), which the JDK has no other way for; by reflection, since javac 25 warns of
 * its use without a way to say that it is meant. That takes 10 ms, and so happens on a thread of its own, beside the reading of
 * the command line.
 *
 * <p>SIGQUIT is not among them: HotSpot keeps it for thread dumps.
 */
public final class CaughtSignals {
    private static final List<String> NAMES =
            List.of("HUP", "INT", "TERM", "USR1", "USR2", "ALRM", "WINCH", "CONT", "TSTP", "PWR", "IO");

    private final List<Signal> early = new ArrayList<>();
    private final Thread installer =
            Thread.ofPlatform().daemon().name("caisson-signals").unstarted(this::install);
    private @Nullable Consumer<Signal> receiver;
    private @Nullable Throwable failure;

    private CaughtSignals() {}

    /** Begins to catch signals, until this process ends; they wait until somebody takes them. */
    public static CaughtSignals begin() {
        CaughtSignals signals = new CaughtSignals();
        signals.installer.start();
        return signals;
    }

    /**
     * Hands over every signal from now on and those that wait, each on a thread of its own. Blocks until all can be caught.
     *
     * @throws IllegalStateException if this JVM doesn't let signals be caught
     */
    public void handOver(Consumer<Signal> to) throws InterruptedException {
        installer.join();
        List<Signal> waiting;
        synchronized (this) {
            if (failure != null) {
                throw new IllegalStateException("this JVM doesn't let signals be caught", failure);
            }
            receiver = to;
            waiting = List.copyOf(early);
        }
        waiting.forEach(to);
    }

    private void install() {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Constructor<?> named = signal.getConstructor(String.class);
            Method handle = signal.getMethod("handle", signal, handler);
            Object passing = Proxy.newProxyInstance(
                    handler.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        caught(Signal.parse(arguments[0].toString()));
                        return null;
                    });
            for (String name : NAMES) {
                handle.invoke(null, named.newInstance(name), passing);
            }
        } catch (ReflectiveOperationException | RuntimeException refused) {
            fail(refused);
        }
    }

    private synchronized void fail(Throwable refused) {
        failure = refused;
    }

    private void caught(Signal signal) {
        Consumer<Signal> to = receiverOf(signal);
        if (to != null) {
            to.accept(signal);
        }
    }

    private synchronized @Nullable Consumer<Signal> receiverOf(Signal signal) {
        if (receiver == null) {
            early.add(signal);
        }
        return receiver;
    }
}
