// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.cli.live.Live.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code --network bridge}, in a network namespace of the test's own. */
@Timeout(120)
class NetworkRootTest {
    @RegisterExtension
    private final Live live = new Live();

    private Process holder;
    private Path page;

    @BeforeEach
    void makeNetwork() throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/sbin/nft")), "needs nft (package nftables)");
        holder = new ProcessBuilder(
                        "unshare", "--net", "sh", "-c", "ip link set lo up && echo ready && exec sleep 1000")
                .start();
        assertEquals("ready", holder.inputReader().readLine());
        page = Files.createDirectory(live.directory().resolve("page"));
        Files.writeString(page.resolve("index.html"), "a page of the host\n");
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        try {
            assertEquals("lo\n", tool("sh", "-c", "ip -o link | cut -d: -f2 | tr -d ' '"));
            assertEquals("", tool("nft", "list", "ruleset"));
        } finally {
            holder.destroyForcibly().waitFor();
            Files.deleteIfExists(page.resolve("index.html"));
            Files.deleteIfExists(page);
        }
    }

    private List<String> inside(List<String> line) {
        List<String> all = new ArrayList<>(List.of("nsenter", "--net", "--target", Long.toString(holder.pid())));
        all.addAll(line);
        return all;
    }

    private String tool(String... line) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(inside(List.of(line)))
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        return said;
    }

    private ProcessBuilder caisson(String... arguments) {
        List<String> line = new ArrayList<>(List.of("--network", "bridge"));
        line.addAll(List.of(arguments));
        return live.process(inside(live.caissonRun(line.toArray(String[]::new))));
    }

    private Outcome run(String... arguments) throws InterruptedException {
        return live.outcome(caisson(arguments));
    }

    @Test
    void aServerOnTheBridgeIsReached() throws Exception {
        Process server = new ProcessBuilder(
                        inside(List.of("busybox", "httpd", "-f", "-p", "8000", "-h", page.toString())))
                .start();
        try {
            String gateway = "$(ip route | sed -n 's/default via \\([^ ]*\\).*/\\1/p')";
            Outcome outcome = run("--", "sh", "-c", "until busybox wget -qO- http://" + gateway + ":8000/; do :; done");
            assertEquals("a page of the host\n", outcome.out(), outcome.err());
            assertEquals(0, outcome.code());
        } finally {
            server.destroyForcibly().waitFor();
        }
    }

    @Test
    void theContainerKnowsItself() throws Exception {
        Outcome outcome =
                run("--ip", "10.193.4.5", "-h", "box", "--", "sh", "-c", "ip -o -4 addr show eth0; cat /etc/hosts");
        assertTrue(outcome.out().contains("inet 10.193.4.5/16"), outcome::toString);
        assertTrue(outcome.out().contains("10.193.4.5\tbox\n"), outcome::toString);
        assertEquals(
                "02:42:0a:c1:04:05\n",
                run("--ip", "10.193.4.5", "--", "cat", "/sys/class/net/eth0/address")
                        .out());
        Outcome six =
                run("--ip6", "fd00:ca15:5044::5", "--", "busybox", "ping", "-c", "1", "-W", "5", "fd00:ca15:5044::1");
        assertEquals(0, six.code(), six::toString);
    }

    /** The page as it comes through a published port, tried until somebody listens. */
    private String published(String host) throws Exception {
        return tool("sh", "-c", "until busybox wget -qO- http://" + host + ":8080/ 2>/dev/null; do :; done");
    }

    @Test
    void aPublishedPortLeadsInUntilItsEngineIsKilled() throws Exception {
        Process server = caisson(
                        "-p",
                        "8080:80",
                        "-v",
                        page + ":/page:ro",
                        "--",
                        "busybox",
                        "httpd",
                        "-f",
                        "-p",
                        "80",
                        "-h",
                        "/page")
                .inheritIO()
                .start();
        assertEquals("a page of the host\n", published("127.0.0.1"));
        assertEquals("a page of the host\n", published("10.193.0.1"));
        Outcome second = run("-p", "8080:80", "--", "true");
        assertEquals(125, second.code());
        assertEquals(
                "caisson: publish port 8080:80/tcp: port 8080 of the host is taken; give another port, or end who has it (ss -lnp shows it)\n",
                second.err());
        server.destroyForcibly().waitFor();
        // The shim sees to it; its end is nobody's child here.
        while (!tool("ip", "-o", "link").lines().allMatch(line -> line.contains(" lo:"))) {
            Thread.onSpinWait();
        }
        // What the dead engine has left of its own directory is for the next one.
        assertEquals(0, run("--", "true").code());
    }

    @Test
    void manyFindAddressesOfTheirOwn() throws Exception {
        List<Process> runs = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            runs.add(
                    caisson("--", "sh", "-c", "busybox ping -c 1 -W 5 10.193.0.1 >/dev/null && ip -o -4 addr show eth0")
                            .redirectErrorStream(true)
                            .start());
        }
        List<String> said = new ArrayList<>();
        for (Process run : runs) {
            said.add(new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            assertEquals(0, run.waitFor(), said::toString);
        }
        assertEquals(6, said.stream().distinct().count(), said::toString);
    }

    @Test
    void anAddressThatIsTakenIsSaid() throws Exception {
        Process first = caisson("--ip", "10.193.4.5", "--", "sh", "-c", "echo ready; exec sleep 1000")
                .start();
        assertEquals("ready", first.inputReader().readLine());
        Outcome second = run("--ip", "10.193.4.5", "--", "true");
        assertEquals(125, second.code());
        assertTrue(second.err().contains("10.193.4.5/16: another container has it"), second.err());
        assertEquals(1, second.err().lines().count(), second.err());
        first.destroy();
        first.waitFor();
    }

    @Test
    void whatIsNoBridgeIsSaid() throws Exception {
        Outcome loopback = live.outcome(
                live.process(inside(live.caissonRun("--network", "bridge:lo", "--ip", "127.0.0.9", "--", "true"))));
        assertEquals(125, loopback.code());
        assertTrue(loopback.err().contains("use lo as a bridge, which it is not"), loopback.err());
        assertEquals(1, loopback.err().lines().count(), loopback.err());
    }
}
