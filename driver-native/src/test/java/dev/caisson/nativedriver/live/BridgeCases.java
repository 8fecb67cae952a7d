// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.driver.Container;
import dev.caisson.driver.DriverException;
import dev.caisson.driver.ExitStatus;
import dev.caisson.driver.LaunchException;
import dev.caisson.driver.Signal;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.driver.StartCallback;
import dev.caisson.driver.command.Capabilities;
import dev.caisson.driver.command.Command;
import dev.caisson.driver.command.IdMapping;
import dev.caisson.driver.command.IdMappings;
import dev.caisson.driver.command.NamespaceChoice;
import dev.caisson.driver.command.Namespaces;
import dev.caisson.driver.command.Network;
import dev.caisson.driver.command.NetworkInterface;
import dev.caisson.driver.command.PublishedPort;
import dev.caisson.driver.command.Security;
import dev.caisson.driver.command.UserNamespace;
import dev.caisson.driver.pipes.Pipes;
import dev.caisson.driver.stats.InterfaceStats;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What {@link BridgeRootTest} runs. */
@Timeout(60)
class BridgeCases {
    private static final String BRIDGE = "bridgetest0";
    private static final int PORT = 8000;

    private LiveDriver live;

    /** What a JVM opens with its first connection, and never closes, is not a leak. */
    @BeforeAll
    static void connectOnce() throws Exception {
        OwnNetwork.assume();
        try (ServerSocket server = serve()) {
            assertEquals("127.0.0.1\n", hear("127.0.0.1", server.getLocalPort()));
        }
    }

    @BeforeEach
    void open() throws Exception {
        live = LiveDriver.tied();
    }

    @AfterEach
    void close() throws Exception {
        live.close();
        assertEquals(List.of("lo"), links());
        assertEquals("", tool("nft", "list", "ruleset"));
    }

    private static String tool(String... words) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        return said;
    }

    private static void ip(String... words) throws IOException, InterruptedException {
        String[] all = new String[words.length + 1];
        all[0] = "ip";
        System.arraycopy(words, 0, all, 1, words.length);
        tool(all);
    }

    private static List<String> links() throws IOException, InterruptedException {
        return tool("ip", "-o", "link")
                .lines()
                .map(line -> line.split(": ")[1])
                .sorted()
                .toList();
    }

    private static NetworkInterface.VethBuilder veth(int host) {
        return NetworkInterface.veth("eth0", BRIDGE)
                .address("10.9.0." + host + "/24")
                .gateway("10.9.0.1");
    }

    private static Network network(NetworkInterface.VethBuilder veth) {
        return new Network(NamespaceChoice.PRIVATE, List.of(veth.build()), List.of());
    }

    private Command.Builder on(NetworkInterface.VethBuilder veth, String name, String script) {
        return live.command(name, "/bin/busybox", "sh", "-c", script).network(network(veth));
    }

    private String say(Command command) throws InterruptedException {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        live.driver().run(command, Pipes.combined(output), StartCallback.NONE);
        return output.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aRestoredContainerIsOnTheBridgeAgain() throws Exception {
        Checkpoints checkpoints = new Checkpoints(live);
        Command command = on(veth(7), "restored", Checkpoints.COUNTER).build();
        checkpoints.write(command);
        assertEquals(List.of("lo"), links());
        Lines lines = new Lines();
        Container restored = checkpoints.restore(command, Pipes.combined(lines));
        Checkpoints.count(lines, 2);
        try (ServerSocket server = serve()) {
            ByteArrayOutputStream output = new ByteArrayOutputStream();
            live.driver()
                    .exec(
                            restored.id(),
                            live.process("/bin/busybox", "nc", "10.9.0.1", Integer.toString(server.getLocalPort()))
                                    .build(),
                            Pipes.combined(output),
                            StartCallback.NONE);
            assertEquals("10.9.0.7\n", output.toString(StandardCharsets.UTF_8));
        }
    }

    /** Answers connections until it is closed. */
    private static ServerSocket serve() throws IOException {
        ServerSocket server = new ServerSocket(PORT);
        Thread.ofPlatform().daemon().start(() -> {
            while (!server.isClosed()) {
                try (Socket client = server.accept()) {
                    client.getOutputStream()
                            .write((client.getInetAddress().getHostAddress() + "\n").getBytes(StandardCharsets.UTF_8));
                } catch (IOException closed) {
                    return;
                }
            }
        });
        return server;
    }

    private static String hear(String host, int port) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), 5000);
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void aServerOnTheBridgeIsReached() throws Exception {
        try (ServerSocket server = serve()) {
            assertNotNull(server);
            assertEquals(
                    "10.9.0.2\n",
                    say(on(veth(2), "a", "/bin/busybox nc 10.9.0.1 8000 </dev/null")
                            .build()));
            NetworkInterface.VethBuilder six =
                    NetworkInterface.veth("eth0", BRIDGE).address("fd09::2/64").gateway("fd09::1");
            assertEquals(
                    "fd09:0:0:0:0:0:0:2\n",
                    say(on(six, "b", "/bin/busybox nc fd09::1 8000 </dev/null").build()));
        }
    }

    @Test
    void usersOfItsOwnHaveInterfacesToo() throws Exception {
        IdMappings mapped =
                new IdMappings(List.of(new IdMapping(0, 300_000, 65_536)), List.of(new IdMapping(0, 300_000, 65_536)));
        try (ServerSocket server = serve()) {
            assertNotNull(server);
            assertEquals(
                    "10.9.0.2\n",
                    say(on(veth(2), "a", "/bin/busybox nc 10.9.0.1 8000 </dev/null")
                            .namespaces(Namespaces.standard().withUser(UserNamespace.mapped(mapped)))
                            .build()));
        }
    }

    /** Runs a command and leaves it running; the script's first line has come when this returns. */
    private Container started(Command command) throws Exception {
        Container container = live.driver().create(command, Pipes.discard());
        container.start();
        return container;
    }

    private void end(Container container) throws InterruptedException {
        live.driver().terminate(container.id());
        container.await();
        live.driver().clean(container.id());
    }

    @Test
    void theOtherSideOfTheHostIsReachedByItsAddress() throws Exception {
        // The outside knows the host alone, not the way to the bridge.
        Process outside = new ProcessBuilder("unshare", "--net", "sleep", "1000").start();
        try {
            awaitOwnNetwork(outside);
            ip("link", "add", "out0", "type", "veth", "peer", "name", "eth0", "netns", Long.toString(outside.pid()));
            ip("addr", "add", "192.0.2.1/24", "dev", "out0");
            ip("link", "set", "out0", "up");
            tool(
                    "nsenter",
                    "--net",
                    "--target",
                    Long.toString(outside.pid()),
                    "ip",
                    "addr",
                    "add",
                    "192.0.2.2/24",
                    "dev",
                    "eth0");
            tool("nsenter", "--net", "--target", Long.toString(outside.pid()), "ip", "link", "set", "eth0", "up");
            String ping = "/bin/busybox ping -c 1 -W 2 192.0.2.2 >/dev/null && echo reached || echo lost";
            assertEquals("reached\n", say(on(veth(2).masquerade(), "a", ping).build()));
            assertEquals("lost\n", say(on(veth(2), "b", ping).build()));
            ip("link", "del", "out0");
        } finally {
            outside.destroyForcibly().waitFor();
        }
    }

    /** unshare(1) changes its namespace some time after it was started; its program's name tells that it did. */
    private static void awaitOwnNetwork(Process process) throws Exception {
        Path name = Path.of("/proc/" + process.pid() + "/comm");
        while (!Files.readString(name).strip().equals("sleep")) {
            Thread.onSpinWait();
        }
    }

    private static PublishedPort published(String host) {
        return new PublishedPort(PublishedPort.Protocol.TCP, Optional.ofNullable(host), 8080, 80);
    }

    private static final String SERVER = "/bin/busybox nc -ll -p 80 -e /bin/busybox echo served";

    /** Nothing tells when a server in the container listens, but that it answers. */
    private static String hearOnceServed(String host, int port) throws IOException {
        while (true) {
            try {
                return hear(host, port);
            } catch (ConnectException notYet) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void aPublishedPortLeadsIn() throws Exception {
        Container server =
                started(on(veth(2).port(published(null)), "a", SERVER).build());
        assertEquals("served\n", hearOnceServed("127.0.0.1", 8080));
        assertEquals("served\n", hear("10.9.0.1", 8080));
        assertEquals(
                "served\n",
                say(on(veth(3), "b", "/bin/busybox nc 10.9.0.1 8080 </dev/null").build()),
                "a neighbour by the host's port");
        assertEquals(
                "",
                say(on(veth(3), "c", "/bin/busybox nc -w 2 127.0.0.1 8080 </dev/null 2>/dev/null")
                        .build()));
        DriverException taken = assertThrows(
                DriverException.class,
                () -> say(on(veth(4).port(published(null)), "d", "true").build()));
        assertEquals(StandardErrorCode.PORT_TAKEN, taken.code());
        assertTrue(taken.getMessage().contains("port 8080 of the host is taken"), taken.getMessage());
        end(server);
        assertThrows(ConnectException.class, () -> hear("127.0.0.1", 8080));
    }

    @Test
    void onlyTheAddressThatIsGiven() throws Exception {
        Container server =
                started(on(veth(2).port(published("127.0.0.1")), "a", SERVER).build());
        assertEquals("served\n", hearOnceServed("127.0.0.1", 8080));
        assertThrows(ConnectException.class, () -> hear("10.9.0.1", 8080));
        end(server);
    }

    @Test
    void nobodyOnTheBridgeReachesLoopbackOfTheHost() throws Exception {
        try (ServerSocket private0 = new ServerSocket(PORT, 1, InetAddress.getByName("127.0.0.1"))) {
            Container server =
                    started(on(veth(2).port(published(null)), "a", SERVER).build());
            assertEquals("served\n", hearOnceServed("127.0.0.1", 8080));
            String script = "ip addr del 127.0.0.1/8 dev lo; ip route add 127.0.0.0/8 via 10.9.0.1;"
                    + "echo 1 > /proc/sys/net/ipv4/conf/all/route_localnet;"
                    + "nc -w 2 127.0.0.1 8000 </dev/null 2>/dev/null && echo in || echo out";
            Command intruder = on(veth(3), "b", "")
                    .security(Security.unconfined())
                    .process(live.process("/bin/busybox", "sh", "-c", script)
                            .capabilities(Capabilities.all())
                            .build())
                    .build();
            assertEquals("out\n", say(intruder));
            assertNotNull(private0);
            end(server);
        }
    }

    @Test
    void anAddressIsGivenOnce() throws Exception {
        Container first = started(on(veth(2), "a", "sleep 1000").build());
        LaunchException taken = assertThrows(
                LaunchException.class, () -> say(on(veth(2), "b", "true").build()));
        assertEquals(StandardErrorCode.ADDRESS_TAKEN, taken.code());
        assertTrue(taken.getMessage().contains("10.9.0.2/24"), taken.getMessage());
        assertEquals(3, links().size(), () -> "lo, the bridge and the first's end");
        end(first);
        assertEquals("", say(on(veth(2), "c", "true").build()), "it is free again at once");
    }

    /** Nothing else would take the interface away: the namespace goes on. */
    @Test
    void aNamespaceOfOthersIsLeftAsItWas() throws Exception {
        Process other = new ProcessBuilder("unshare", "--net", "sleep", "1000").start();
        try {
            awaitOwnNetwork(other);
            Path namespace = Path.of("/proc", Long.toString(other.pid()), "ns", "net");
            Network network = new Network(new NamespaceChoice.AtPath(namespace), List.of(veth(2).build()), List.of());
            Command command = live.command("a", "/bin/busybox", "ip", "-o", "-4", "addr", "show", "eth0")
                    .network(network)
                    .build();
            assertTrue(say(command).contains("10.9.0.2/24"));
            String left = tool("nsenter", "--net", "--target", Long.toString(other.pid()), "ip", "-o", "link");
            assertEquals(1, left.lines().count(), left);
        } finally {
            other.destroyForcibly().waitFor();
        }
    }

    /** The bridge goes with its last container and comes with the next, again and again, under everybody's hands. */
    @Test
    void manyComeAndGoAtOnce() throws Exception {
        List<Future<String>> said = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 64; i++) {
                int host = 2 + i;
                said.add(threads.submit(() -> say(on(
                                veth(host).masquerade(),
                                "many" + host,
                                "/bin/busybox ping -c 1 -W 5 10.9.0.1 >/dev/null && echo -n ok")
                        .build())));
            }
        }
        for (Future<String> one : said) {
            assertEquals("ok", one.get());
        }
    }

    @Test
    void trafficIsCounted() throws Exception {
        Container container = started(
                on(veth(2), "a", "/bin/busybox ping -c 1 10.9.0.1; sleep 1000").build());
        InterfaceStats stats;
        do {
            stats = live.driver().stats(container.id()).interfaces().stream()
                    .filter(one -> one.name().equals("eth0"))
                    .findFirst()
                    .orElseThrow();
        } while (stats.receivedBytes() < 98 || stats.sentBytes() < 98);
        assertTrue(stats.receivedPackets() > 0 && stats.sentPackets() > 0, stats::toString);
        end(container);
    }

    @Test
    void whatCantBeIsSaidAndLeavesNothing() throws Exception {
        NetworkInterface.VethBuilder onLoopback =
                NetworkInterface.veth("eth0", "lo").address("10.9.0.2/24").masquerade();
        LaunchException noBridge = assertThrows(
                LaunchException.class, () -> say(on(onLoopback, "a", "true").build()));
        assertTrue(noBridge.getMessage().contains("use lo as a bridge, which it is not"), noBridge.getMessage());
        assertEquals(List.of("lo"), links());
        NetworkInterface.VethBuilder named = NetworkInterface.veth("lo", BRIDGE).address("10.9.0.2/24");
        LaunchException twice = assertThrows(
                LaunchException.class, () -> say(on(named, "a", "true").build()));
        assertTrue(twice.getMessage().contains("has one of that name"), twice.getMessage());
        LaunchException notFound = assertThrows(
                LaunchException.class,
                () -> say(live.command("a", "/no/such/program")
                        .network(network(veth(2).masquerade().port(published(null))))
                        .build()));
        assertEquals(127, notFound.exitCode());
        assertEquals(List.of("lo"), links());
        assertEquals("", tool("nft", "list", "ruleset"));
    }

    @Test
    void lastingContainersKeepTheirs() throws Exception {
        live.close();
        live = LiveDriver.lasting();
        Container server = started(
                on(veth(2).masquerade().port(published(null)), "a", SERVER).build());
        assertEquals("served\n", hearOnceServed("127.0.0.1", 8080));
        live.reopen();
        assertEquals("served\n", hear("127.0.0.1", 8080));
        Container again = live.driver().recover().get(0);
        assertEquals(server.id(), again.id());
        live.driver().kill(again.id(), Signal.KILL);
        ExitStatus status = again.await();
        assertEquals(137, status.shellCode());
        live.driver().clean(again.id());
        assertEquals(List.of("lo"), links());
    }
}
