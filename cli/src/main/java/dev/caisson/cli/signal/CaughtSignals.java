// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.signal;

import dev.caisson.driver.Signal;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.Consumer;

/**
 * Catches the signals that a command passes on: all that a JVM lets go and that mean something to a process. The only class
 * that knows sun.misc.Signal (module jdk.unsupported), which the JDK has no other way for; by reflection, since javac 25 warns of
 * its use without a way to say that it is meant.
 *
 * <p>SIGQUIT is not among them: HotSpot keeps it for thread dumps.
 */
public final class CaughtSignals {
    private static final List<String> NAMES =
            List.of("HUP", "INT", "TERM", "USR1", "USR2", "ALRM", "WINCH", "CONT", "TSTP", "PWR", "IO");

    private CaughtSignals() {}

    /**
     * Has every such signal handed over, each on a thread of its own, until this process ends.
     *
     * @throws IllegalStateException if this JVM doesn't let signals be caught
     */
    public static void handOver(Consumer<Signal> receiver) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Constructor<?> named = signal.getConstructor(String.class);
            Method handle = signal.getMethod("handle", signal, handler);
            Object passing = Proxy.newProxyInstance(
                    handler.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        receiver.accept(Signal.parse(arguments[0].toString()));
                        return null;
                    });
            for (String name : NAMES) {
                handle.invoke(null, named.newInstance(name), passing);
            }
        } catch (ReflectiveOperationException refused) {
            throw new IllegalStateException("this JVM doesn't let signals be caught", refused);
        }
    }
}
