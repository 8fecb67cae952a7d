// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.pool;

import dev.caisson.driver.Container;
import dev.caisson.driver.Driver;
import dev.caisson.driver.command.Command;
import dev.caisson.driver.pipes.Pipes;
import java.io.InputStream;
import java.io.OutputStream;

/** A container that waits for its start, with streams that wait for whoever takes it. */
record ReadyContainer(Container container, LateInput stdin, LateOutput stdout, LateOutput stderr) {
    static ReadyContainer make(Driver driver, Command command) throws InterruptedException {
        LateInput stdin = new LateInput();
        LateOutput stdout = new LateOutput();
        LateOutput stderr = new LateOutput();
        return new ReadyContainer(driver.create(command, Pipes.streams(stdin, stdout, stderr)), stdin, stdout, stderr);
    }

    void start(InputStream input, OutputStream output, OutputStream errors) {
        stdin.connect(input);
        stdout.connect(output);
        stderr.connect(errors);
        container.start();
    }

    /** Nobody has taken it: its streams end, so that no thread waits for them. */
    void discard(Driver driver) {
        stdin.connect(InputStream.nullInputStream());
        stdout.connect(OutputStream.nullOutputStream());
        stderr.connect(OutputStream.nullOutputStream());
        driver.terminate(container.id());
        driver.clean(container.id());
    }
}
