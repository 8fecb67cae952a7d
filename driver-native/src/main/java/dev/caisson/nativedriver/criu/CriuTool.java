// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.criu;

import dev.caisson.driver.DriverException;
import dev.caisson.driver.Feature;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.nativedriver.kernel.Kernel;
import dev.caisson.nativedriver.kernel.Poller;
import dev.caisson.nativedriver.launch.Launcher;
import dev.caisson.nativedriver.plan.HostProgram;
import dev.caisson.nativedriver.stdio.StreamWiring;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The CRIU of this machine. Thread-safe. */
public final class CriuTool {
    private static final Logger log = LoggerFactory.getLogger(CriuTool.class);

    private static final String NAME = "criu";
    private static final String REMEDY = "be root, and install CRIU " + CriuVersion.LEAST
            + " or later or name it with the option criu of the native driver";

    private final Kernel kernel;
    private final Poller poller;
    private final Launcher launcher;
    private final StreamWiring wiring;
    private final String given;
    private final boolean root;

    /**
     * @param given the path of the program; empty: the first of that name in PATH
     * @param root whether we have the rights that it needs
     */
    public CriuTool(Kernel kernel, Poller poller, Launcher launcher, StreamWiring wiring, String given, boolean root) {
        this.kernel = kernel;
        this.poller = poller;
        this.launcher = launcher;
        this.wiring = wiring;
        this.given = given;
        this.root = root;
    }

    /** Whether there is one that is new enough. Starts it, the first time that this JVM meets it. */
    public boolean isUsable() {
        if (!root || find().isEmpty()) {
            return false;
        }
        try {
            Uninterruptibly.run(() -> require("look for CRIU"));
            return true;
        } catch (DriverException e) {
            log.debug("No checkpoints", e);
            return false;
        }
    }

    /**
     * Returns if it can be used: what this driver can't do at all is told before what is wrong with a container.
     *
     * @throws DriverException UNSUPPORTED_FEATURE with the reason
     */
    public void demand(String doing) {
        Uninterruptibly.run(() -> require(doing));
    }

    /** @throws DriverException UNSUPPORTED_FEATURE if there is none that is new enough, or we are not root */
    CriuProgram require(String doing) throws InterruptedException {
        if (!root) {
            throw lacks(doing, "it takes root to checkpoint a container");
        }
        Path path = find().orElseThrow(() ->
                lacks(doing, given.isEmpty() ? "there is no program criu in PATH" : given + " is no program"));
        return switch (KnownPrograms.verdict(path, () -> look(doing, path))) {
            case KnownPrograms.Good good -> good.program();
            case KnownPrograms.Bad bad -> throw lacks(doing, path + " " + bad.why());
        };
    }

    private Optional<Path> find() {
        if (given.isEmpty()) {
            return SearchPath.find(NAME);
        }
        return Optional.of(Path.of(given).toAbsolutePath())
                .filter(path -> Files.isRegularFile(path) && Files.isExecutable(path));
    }

    /**
     * Asks it what it can. It keeps for later what it finds out of the kernel, so it should find that out here, and not where a
     * container's cgroup allows few devices.
     */
    private KnownPrograms.Verdict look(String doing, Path path) throws InterruptedException {
        try (CriuProcess criu = start(doing, CriuProgram.questioned(path))) {
            Optional<CriuVersion> version = criu.ask(CriuRequest.version(), CriuConnection.Listener.NONE)
                    .version();
            if (version.isEmpty()) {
                return new KnownPrograms.Bad("does not tell its version");
            }
            if (!version.get().isAtLeast(CriuVersion.LEAST)) {
                return new KnownPrograms.Bad("is CRIU " + version.get() + ", which is too old");
            }
            CriuReply features = criu.ask(CriuRequest.features(), CriuConnection.Listener.NONE);
            log.debug("{} is CRIU {}; the kernel can {}", path, version.get(), features.features());
            return new KnownPrograms.Good(new CriuProgram(path, features.features()));
        }
    }

    private static DriverException lacks(String doing, String why) {
        return new DriverException(
                StandardErrorCode.UNSUPPORTED_FEATURE,
                doing,
                "driver native does not support " + Feature.CHECKPOINT + " here: " + why,
                REMEDY);
    }

    /** A connection for one that is started otherwise. */
    CriuConnection connection() {
        return new CriuConnection(kernel, poller);
    }

    /** Starts one on the host. */
    CriuProcess start(String doing, HostProgram program) {
        return CriuProcess.start(doing, program, connection(), wiring, launcher);
    }
}
