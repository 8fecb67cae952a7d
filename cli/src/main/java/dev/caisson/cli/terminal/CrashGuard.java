// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.terminal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A small shell beside us that sets the terminal back if this JVM is killed or crashes before it could: it waits for the end of
 * its input, which comes with our end whatever ended us.
 */
final class CrashGuard {
    /** SIGTTOU is ignored so that a job in the background may set the terminal, tcsetattr(3). */
    private static final String SCRIPT =
            "trap '' HUP INT QUIT TERM TSTP TTIN TTOU; read -r word; [ \"$word\" = dismissed ] || exec stty -F \"$1\" \"$2\"";

    private final @Nullable Process shell;

    private CrashGuard(@Nullable Process shell) {
        this.shell = shell;
    }

    /** Without a shell there is no guard; the terminal is then still set back at every end but a crash. */
    static CrashGuard start(String device, Settings settings) {
        try {
            return new CrashGuard(
                    new ProcessBuilder("sh", "-c", SCRIPT, "caisson-terminal", device, settings.sttyText())
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start());
        } catch (IOException noShell) {
            System.err.print("caisson: warning: the terminal won't be set back if caisson crashes: "
                    + noShell.getMessage() + "\n");
            return new CrashGuard(null);
        }
    }

    void dismiss() {
        if (shell == null) {
            return;
        }
        try (OutputStream input = shell.getOutputStream()) {
            input.write("dismissed\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException ended) {
            // Somebody has ended the shell: there is nobody left to dismiss.
            shell.destroy();
        }
    }
}
