// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.oneshot;

import dev.caisson.driver.DriverException;
import dev.caisson.driver.ProcessIdentity;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.nativedriver.failure.LaunchFailure;
import dev.caisson.nativedriver.kernel.Descriptor;
import dev.caisson.nativedriver.kernel.Errno;
import dev.caisson.nativedriver.kernel.Kernel;
import dev.caisson.nativedriver.kernel.KernelException;
import dev.caisson.nativedriver.kernel.OpenFlag;
import dev.caisson.nativedriver.kernel.Poller;
import dev.caisson.nativedriver.procfs.ProcessStat;
import dev.caisson.nativedriver.shim.GateAnswer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The gate of a container made by {@link OneShotCreate}: a FIFO that its init waits at, and answers through. */
public final class OneShotGate {
    private static final Logger log = LoggerFactory.getLogger(OneShotGate.class);
    private static final String NAME = "gate";
    private static final int MODE = 0600;
    private static final int MOST = 4096;
    private static final char ZOMBIE = 'Z';

    private final Kernel kernel;
    private final Poller poller;

    public OneShotGate(Kernel kernel, Poller poller) {
        this.kernel = kernel;
        this.poller = poller;
    }

    static String path(Path root) {
        return root.resolve(NAME).toString();
    }

    /** The init opens it as the user that it has become by then; the directory keeps everybody else out. */
    static void make(Kernel kernel, Path root) {
        FileAttribute<?> oursOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        try {
            Files.createDirectories(root, oursOnly);
            kernel.files().makeFifo(path(root), MODE);
            Files.setPosixFilePermissions(root.resolve(NAME), PosixFilePermissions.fromString("rw-rw-rw-"));
        } catch (IOException e) {
            throw new DriverException(
                    StandardErrorCode.NOT_PERMITTED,
                    "make the directory " + root,
                    String.valueOf(e),
                    "give a directory that this user may write to",
                    e);
        }
    }

    /**
     * Opens it: the container's program is started. Returns when that has happened, or when the init was killed in this very
     * moment.
     *
     * @param doing what is being done, for messages
     * @param program the first argument of the container's process
     * @param init what {@link OneShotCreate#create} returned
     * @throws DriverException if the program can't be started, or the init is gone
     */
    public void open(String doing, String program, Path root, ProcessIdentity init) throws InterruptedException {
        int pid = Math.toIntExact(init.pid());
        try (Descriptor process = kernel.processes().openPidfd(pid);
                Descriptor gate = kernel.files().open(path(root), OpenFlag.READ, OpenFlag.NON_BLOCKING)) {
            ProcessStat stat = ProcessStat.parse(kernel.files().read("/proc/" + pid + "/stat"));
            if (stat.startTime() != init.startTime() || stat.state() == ZOMBIE) {
                throw gone(doing);
            }
            AtomicBoolean ended = new AtomicBoolean();
            Thread watch = Thread.ofVirtual().start(() -> watch(process, gate, ended));
            byte[] answer = read(gate, ended);
            watch.interrupt();
            if (answer.length > 0) {
                throw LaunchFailure.of(doing, program, GateAnswer.read(answer));
            }
        } catch (KernelException e) {
            if (!e.is(Errno.ESRCH, Errno.ENOENT)) {
                throw e;
            }
            throw gone(doing);
        }
    }

    private static DriverException gone(String doing) {
        return new DriverException(StandardErrorCode.NOT_RUNNING, doing, "its init has ended", "create it anew");
    }

    /** An init that is killed never comes to its gate. */
    private void watch(Descriptor process, Descriptor gate, AtomicBoolean ended) {
        try {
            poller.awaitReadable(process);
            ended.set(true);
            poller.wakeReader(gate);
        } catch (InterruptedException | KernelException e) {
            log.trace("The gate has answered", e);
        }
    }

    private byte[] read(Descriptor gate, AtomicBoolean ended) throws InterruptedException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocateDirect(MOST);
        int count;
        boolean last;
        do {
            // Looked at before the gate is read: what was said before the end is taken.
            last = ended.get();
            if (!last) {
                poller.awaitReadable(gate);
            }
            count = kernel.descriptors().read(gate, buffer.clear());
            byte[] bytes = new byte[Math.max(count, 0)];
            buffer.flip().get(bytes);
            all.writeBytes(bytes);
        } while (count > 0 || (count == 0 && !last));
        return all.toByteArray();
    }
}
