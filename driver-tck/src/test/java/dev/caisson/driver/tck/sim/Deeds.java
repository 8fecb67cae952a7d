// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.sim;

import dev.caisson.driver.command.Capability;
import dev.caisson.driver.command.DeviceNode;
import dev.caisson.driver.command.Seccomp;
import dev.caisson.driver.resources.DeviceRule;
import dev.caisson.driver.tck.probe.Deed;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What becomes of the probe's deeds in a simulated container. */
final class Deeds {
    private static final Map<Integer, String> ERRORS = Map.of(1, "Operation not permitted", 123, "No medium found");

    private final SimulatedProcess process;
    private final SimulatedContainer container;
    private final Vfs files;
    private final Set<Capability> capabilities;

    private Deeds(SimulatedProcess process) {
        this.process = process;
        this.container = process.container();
        this.files = container.files();
        this.capabilities = Identity.of(process).effective();
    }

    /** Returns what the probe says of it. */
    static String attempt(SimulatedProcess process, Deed deed, String object, String manner)
            throws InterruptedException {
        Deeds deeds = new Deeds(process);
        try {
            return deeds.carryOut(deed, object, manner);
        } catch (Refused refused) {
            return "no 1: " + refused.getMessage();
        }
    }

    private String carryOut(Deed deed, String object, String manner) throws Refused, InterruptedException {
        switch (deed) {
            case CHANGE_OWNER -> require(Capability.CHOWN);
            case EXECUTE -> {
                return execute();
            }
            case FILL -> files.fill(object, Long.parseLong(manner));
            case FILL_DIRECT -> container.usage().writeDirectly(Long.parseLong(manner) << 20);
            case MAKE_DIRECTORY -> {
                Optional<String> judged = judged("mkdir", object.hashCode());
                if (judged.isPresent()) {
                    return judged.get();
                }
                files.makeDirectory(object);
            }
            case MAKE_NODE -> makeNode(manner.split(" "));
            case PING -> container.network().ping(object);
            case READ -> read(object);
            case SIGNAL_ZERO -> {
                Optional<String> judged = judged("kill", Long.parseLong(object), 0);
                if (judged.isPresent()) {
                    return judged.get();
                }
            }
            case UNSHARE -> {
                Optional<String> judged = judged("unshare", 0);
                if (judged.isPresent()) {
                    return judged.get();
                }
                if (!object.equals("-U")) {
                    require(Capability.SYS_ADMIN);
                }
            }
            case WRITE -> write(object, manner);
        }
        return "ok";
    }

    private void require(Capability capability) throws Refused {
        if (!capabilities.contains(capability)) {
            throw Refused.forbidden();
        }
    }

    private Seccomp seccomp() {
        return process.config().privileged()
                ? Seccomp.UNCONFINED
                : container.spec().security().seccomp();
    }

    /** Without the further architecture the filter ends a call of 32 bits. */
    private String execute() {
        boolean known = seccomp() instanceof Seccomp.Profile profile
                && profile.architectures().contains("SCMP_ARCH_X86");
        return known || seccomp() instanceof Seccomp.Unconfined ? "no 42: " : "no 159: Bad system call";
    }

    /** Returns what is said if a filter has something against a call. */
    private Optional<String> judged(String call, long... arguments) throws Refused, InterruptedException {
        SeccompJudge.Verdict verdict = SeccompJudge.judge(seccomp(), capabilities, call, arguments);
        boolean logs =
                seccomp() instanceof Seccomp.Profile profile && profile.flags().contains(Seccomp.Flag.LOG);
        if (logs && verdict.action() != Seccomp.Action.ALLOW) {
            container
                    .machine()
                    .log("audit: " + call + " of " + process.config().args().get(0));
        }
        return switch (verdict.action()) {
            case ALLOW, LOG -> Optional.empty();
            case KILL_PROCESS, KILL_THREAD, TRAP -> Optional.of("no 159: Bad system call");
            case ERRNO -> throw new Refused(ERRORS.getOrDefault(verdict.errno(), "Unknown error " + verdict.errno()));
            case TRACE -> throw new Refused("Function not implemented");
            case NOTIFY -> {
                container.notifyListener();
                throw new Refused("Function not implemented");
            }
        };
    }

    private void makeNode(String[] node) throws Refused {
        require(Capability.MKNOD);
        rule(
                node[0].equals("c") ? DeviceRule.Type.CHARACTER : DeviceRule.Type.BLOCK,
                Long.parseLong(node[1]),
                Long.parseLong(node[2]),
                'm');
    }

    private void read(String path) throws Refused {
        Optional<DeviceNode> node = files.nodeAt(path);
        if (node.isPresent()) {
            rule(type(node.get()), node.get().major(), node.get().minor(), 'r');
        } else {
            files.read(path);
        }
    }

    private void write(String path, String text) throws Refused {
        Optional<DeviceNode> node = files.nodeAt(path);
        if (node.isPresent()) {
            rule(type(node.get()), node.get().major(), node.get().minor(), 'w');
        } else {
            files.write(path, text);
        }
    }

    private static DeviceRule.Type type(DeviceNode node) {
        return node.type() == DeviceNode.Type.BLOCK ? DeviceRule.Type.BLOCK : DeviceRule.Type.CHARACTER;
    }

    /** The last rule that matches decides; nothing is allowed without one. */
    private void rule(DeviceRule.Type type, long major, long minor, char access) throws Refused {
        boolean allowed = false;
        for (DeviceRule rule : container.usage().limits().devices()) {
            boolean matches = (rule.type() == DeviceRule.Type.ALL || rule.type() == type)
                    && rule.major().orElse(major) == major
                    && rule.minor().orElse(minor) == minor
                    && rule.access().indexOf(access) >= 0;
            allowed = matches ? rule.allow() : allowed;
        }
        if (!allowed) {
            throw Refused.forbidden();
        }
    }
}
