/* SPDX-License-Identifier: Apache-2.0 */
/* Interfaces of containers on bridges, in a network namespace of the test's own. */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/sched.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "address.h"
#include "bridge.h"
#include "link.h"
#include "netlink.h"
#include "support/engine.h"
#include "support/machine.h"
#include "support/need.h"
#include "support/shell_plan.h"
#include "support/tap.h"

#define PORT 7000
#define OUTSIDE 200000

static struct shim_process shim;
static int engine;
static struct answer answer;
static struct plan_builder plan;
static char lock[300];

static const unsigned char mac[LINK_MAC] = {0x02, 1, 2, 3, 4, 5};

static void start(const char *script)
{
	builder_start(&plan, PLAN_INIT, PLAN_AUTO_CLEAN | PLAN_LOOPBACK);
	builder_put(&plan, E_ARGV, "S", (const char *const[]){"/bin/busybox", "sh", "-c", script, NULL});
	builder_put(&plan, E_ENV, "S", (const char *const[]){"PATH=/bin:/usr/bin", NULL});
}

struct wish {
	const char *name, *bridge, *inside;
	const char *const *bridge_addresses, *const *addresses;
	uint32_t mtu;
};

static void put_veth(const struct wish *wish)
{
	char removal[400];

	builder_put(&plan, E_VETH, "sbssuSsbuS", wish->name, mac, sizeof mac, wish->bridge, lock, 1, wish->bridge_addresses,
		    wish->inside, mac, (size_t)0, wish->mtu, wish->addresses);
	(void)snprintf(removal, sizeof removal, "%s 02:01:02:03:04:05 %s %s", wish->name, wish->bridge, lock);
	builder_put(&plan, E_REMOVE_LINK, "s", removal);
}

static const char *const gateways[] = {"10.9.0.1/24", "fd09::1/64", NULL};
static const char *const addresses[] = {"10.9.0.2/24", "fd09::2/64", NULL};
static const struct wish usual = {"vetest2", "brtest0", "eth0", gateways, addresses, 1400};

static bool is_there(const char *name)
{
	struct link link;
	int socket = netlink_open();
	int error = link_find(socket, name, &link);

	(void)close(socket);
	return error != ENODEV;
}

static void nothing_left(const char *what)
{
	tap_ok(!is_there("vetest2") && !is_there("brtest0"), "nothing is left after %s", what);
}

static void runs(const char *what, int status)
{
	engine_launch(engine, 1, &plan, NULL, 0);
	engine_receive(engine, &answer);
	if (answer.header.type == MSG_FAILED) {
		answer.body[answer.length] = '\0';
		tap_ok(false, "%s: %s", what, (const char *)answer.body + sizeof(struct msg_failed));
		return;
	}
	engine_expect(engine, MSG_EXITED, 1, &answer);
	tap_number(WEXITSTATUS(answer_exited(&answer).wait_status), status, what);
	engine_expect(engine, MSG_CLEANED, 1, &answer);
	tap_number(answer_u32(&answer, 0), 0, "cleaned");
	nothing_left(what);
}

static void fails(const char *text, int error)
{
	struct msg_failed failed;

	engine_launch(engine, 1, &plan, NULL, 0);
	engine_expect(engine, MSG_FAILED, 1, &answer);
	memcpy(&failed, answer.body, sizeof failed);
	answer_check_failed(&answer, PHASE_NETWORK, text);
	tap_number(failed.error, error, "... with that errno");
}

/* Answers one connection to any address of this namespace with "hello", in a process of its own. */
static pid_t serve(int family)
{
	struct sockaddr_in6 any6 = {.sin6_family = AF_INET6, .sin6_port = htons(PORT)};
	struct sockaddr_in any4 = {.sin_family = AF_INET, .sin_port = htons(PORT)};
	int fd = socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0), on = 1;
	pid_t pid;

	need(setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == 0, "SO_REUSEADDR");
	need(family == AF_INET6 ? bind(fd, (struct sockaddr *)&any6, sizeof any6) == 0
				: bind(fd, (struct sockaddr *)&any4, sizeof any4) == 0,
	     "bind");
	need(listen(fd, 1) == 0, "listen");
	pid = fork();
	need(pid >= 0, "fork");
	if (pid == 0) {
		int client = accept(fd, NULL, NULL);

		_exit(client >= 0 && write(client, "hello\n", 6) == 6 ? 0 : 1);
	}
	(void)close(fd);
	return pid;
}

static void served(pid_t pid)
{
	(void)kill(pid, SIGKILL);
	(void)waitpid(pid, NULL, 0);
}

static void put_default_routes(void)
{
	builder_put(&plan, E_ROUTE, "sss", "0.0.0.0/0", "10.9.0.1", "eth0");
	builder_put(&plan, E_ROUTE, "sss", "::/0", "fd09::1", "eth0");
	builder_put(&plan, E_ROUTE, "sss", "10.77.0.0/16", "10.9.0.9", "");
	builder_put(&plan, E_ROUTE, "sss", "10.78.0.0/16", "", "eth0");
}

static void reaches(void)
{
	pid_t server = serve(AF_INET);

	start("ip addr show eth0 | grep -q 'inet 10.9.0.2/24 brd 10.9.0.255' || exit 1; [ $(cat /proc/net/if_inet6 | grep -c '^fd09.*02 40 00 82 ') = 1 ] || exit 2;"
	      "ip route | grep -q '^default via 10.9.0.1 dev eth0' || exit 3; ip route | grep -q '^10.77.0.0/16 via 10.9.0.9 dev eth0' || exit 4;"
	      "ip route | grep -q '^10.78.0.0/16 dev eth0 scope link' || exit 5; ip link show eth0 | grep -q 'UP.*mtu 1400' || exit 6;"
	      "[ \"$(nc 10.9.0.1 7000 < /dev/null)\" = hello ] || exit 7; exit 77");
	builder_put(&plan, E_NS_NEW, "u", CLONE_NEWNET | CLONE_NEWPID);
	put_veth(&usual);
	put_default_routes();
	runs("IPv4: address, mtu, routes, and the bridge answers", 77);
	served(server);
	server = serve(AF_INET6);
	start("[ \"$(nc fd09::1 7000 < /dev/null)\" = hello ] && exit 77");
	builder_put(&plan, E_NS_NEW, "u", CLONE_NEWNET);
	put_veth(&usual);
	put_default_routes();
	runs("IPv6 works at once", 77);
	served(server);
}

static void in_user_namespace(void)
{
	pid_t server = serve(AF_INET);

	start("[ \"$(nc 10.9.0.1 7000 < /dev/null)\" = hello ] && exit 77");
	builder_put(&plan, E_NS_NEW, "u", CLONE_NEWNET | CLONE_NEWPID | CLONE_NEWUSER);
	builder_put(&plan, E_UID_MAP, "nuuu", 1, 0, OUTSIDE, 1000);
	builder_put(&plan, E_GID_MAP, "nuuu", 1, 0, OUTSIDE, 1000);
	builder_put(&plan, E_IDENTITY, "uu", 0, 0);
	put_veth(&usual);
	runs("a namespace of other users' gets its interface from one with the rights", 77);
	served(server);
	start("true");
	builder_put(&plan, E_NS_NEW, "u", CLONE_NEWNET | CLONE_NEWUSER);
	builder_put(&plan, E_UID_MAP, "nuuu", 1, 0, OUTSIDE, 1000);
	builder_put(&plan, E_GID_MAP, "nuuu", 1, 0, OUTSIDE, 1000);
	put_veth(&(struct wish){"vetest2", "lo", "eth0", gateways, addresses, 0});
	fails("use lo as a bridge", EOPNOTSUPP);
}

static void several(void)
{
	static const char *const second[] = {"10.8.0.2/24", NULL}, *const none[] = {NULL};

	start("[ $(ls -d /proc/sys/net/ipv4/conf/*/ | wc -l) = 5 ] && ip addr show net1 | grep -q 10.8.0.2/24 && exit 77");
	builder_put(&plan, E_NS_NEW, "u", CLONE_NEWNET);
	put_veth(&usual);
	put_veth(&(struct wish){"vetest3", "brtest1", "net1", none, second, 0});
	runs("two interfaces on two bridges", 77);
	tap_ok(!is_there("vetest3") && !is_there("brtest1"), "the second is gone, too");
}

static void refusals(void)
{
	start("true");
	builder_put(&plan, E_NS_NEW, "u", CLONE_NEWNET);
	put_veth(&(struct wish){"vetest2", "lo", "eth0", gateways, addresses, 0});
	fails("use lo as a bridge, which it is not", EOPNOTSUPP);
	start("true");
	builder_put(&plan, E_NS_NEW, "u", CLONE_NEWNET);
	put_veth(&(struct wish){"vetest2", "brtest0", "lo", gateways, addresses, 0});
	fails("make the interface lo: the network namespace has one of that name", EEXIST);
	nothing_left("a name that is taken inside");
	start("true");
	builder_put(&plan, E_NS_NEW, "u", CLONE_NEWNET);
	put_veth(&usual);
	builder_put(&plan, E_ROUTE, "sss", "10.70.0.0/16", "10.71.0.1", "eth0");
	fails("make the route to 10.70.0.0/16 through 10.71.0.1 on eth0", ENETUNREACH);
	nothing_left("a route that leads nowhere");
	start("true");
	builder_put(&plan, E_NS_NEW, "u", CLONE_NEWNET);
	put_veth(&usual);
	builder_put(&plan, E_ROUTE, "sss", "10.70.0.0/16", "", "eth9");
	fails("look for the interface eth9 in the container", ENODEV);
}

/* The second wants the address that the first has: the first keeps it, its interface and its bridge. */
static void address_taken(void)
{
	struct wish taken = usual;

	start("exec sleep 1000");
	builder_put(&plan, E_NS_NEW, "u", CLONE_NEWNET | CLONE_NEWPID);
	put_veth(&usual);
	engine_launch(engine, 2, &plan, NULL, 0);
	engine_expect(engine, MSG_STARTED, 2, &answer);
	start("true");
	builder_put(&plan, E_NS_NEW, "u", CLONE_NEWNET);
	builder_put(&plan, E_VETH, "sbssuSsbuS", taken.name, "\2\2\2\2\2\2", (size_t)LINK_MAC, taken.bridge, lock, 0,
		    taken.bridge_addresses, taken.inside, mac, (size_t)0, 0, taken.addresses);
	builder_put(&plan, E_REMOVE_LINK, "s", "vetest2 02:02:02:02:02:02 brtest0 /tmp/caisson-network-test");
	fails("give the interface eth0 the address 10.9.0.2/24: another container has it", EADDRINUSE);
	tap_ok(is_there("vetest2") && is_there("brtest0"), "the first keeps its own");
	tap_ok(system("[ $(cat /proc/sys/net/ipv4/conf/brtest0/route_localnet) = 1 ]") == 0, "and its bridge its setting");
	engine_ask_u32(engine, MSG_SIGNAL, 2, SIGKILL);
	engine_expect(engine, MSG_SIGNALLED, 2, &answer);
	engine_expect(engine, MSG_EXITED, 2, &answer);
	engine_expect(engine, MSG_CLEANED, 2, &answer);
	nothing_left("its end");
	(void)unlink("/tmp/caisson-network-test");
}

static void others_bridge(void)
{
	need(system("ip link add brtest0 type bridge && ip addr add 10.9.0.1/24 dev brtest0 && ip link set brtest0 up") == 0,
	     "a bridge of the test's");
	start("[ $(ip addr show eth0 | grep -c 10.9.0.2) = 1 ] && exit 77");
	builder_put(&plan, E_NS_NEW, "u", CLONE_NEWNET);
	put_veth(&usual);
	engine_launch(engine, 1, &plan, NULL, 0);
	engine_expect(engine, MSG_STARTED, 1, &answer);
	engine_expect(engine, MSG_EXITED, 1, &answer);
	tap_number(WEXITSTATUS(answer_exited(&answer).wait_status), 77, "a bridge that was there is used");
	engine_expect(engine, MSG_CLEANED, 1, &answer);
	tap_ok(is_there("brtest0") && !is_there("vetest2"), "and stays");
	need(system("ip addr show brtest0 | grep -q fd09 && exit 1; ip link del brtest0") == 0, "it got nothing from us");
}

static void pins(void)
{
	int ends[2];
	char byte;

	need(pipe2(ends, O_CLOEXEC) == 0, "pipe");
	start("[ ! -e /proc/self/fd/3 ] && exit 77");
	builder_put(&plan, E_PIN, "u", 1);
	engine_launch(engine, 1, &plan, &ends[1], 1);
	(void)close(ends[1]);
	engine_expect(engine, MSG_STARTED, 1, &answer);
	engine_expect(engine, MSG_EXITED, 1, &answer);
	tap_number(WEXITSTATUS(answer_exited(&answer).wait_status), 77, "the process does not get what is pinned");
	engine_expect(engine, MSG_CLEANED, 1, &answer);
	tap_number(read(ends[0], &byte, 1), 0, "a pin is dropped when its process is cleaned");
	(void)close(ends[0]);
}

/* The kernel is the one that cleans when there is nobody else: with the shim its containers die, with them their
 * namespaces. The bridge is left to the next shim. */
static void after_kill(void)
{
	struct shim_process next;

	start("exec sleep 1000");
	builder_put(&plan, E_NS_NEW, "u", CLONE_NEWNET | CLONE_NEWPID);
	put_veth(&usual);
	engine_launch(engine, 3, &plan, NULL, 0);
	engine_expect(engine, MSG_STARTED, 3, &answer);
	need(kill(shim.pid, SIGKILL) == 0, "kill the shim");
	(void)shim_wait(&shim);
	(void)close(engine);
	need(shim_start(&next, "lasting", shim.root), "a new shim on the same root");
	engine = engine_greet(&next);
	engine_ask(engine, MSG_LIST, 0, NULL, 0, NULL, 0);
	do
		engine_receive(engine, &answer);
	while (answer.header.type != MSG_LIST_END && !answer.end);
	engine_ask(engine, MSG_CLEAN, 3, NULL, 0, NULL, 0);
	do
		engine_receive(engine, &answer);
	while (answer.header.type != MSG_CLEANED && !answer.end);
	nothing_left("the death of the shim, once the next one has cleaned");
	shim = next;
}

static void parses(void)
{
	struct address address;

	tap_ok(address_read("10.0.0.2/24", &address) && address.family == AF_INET && address.prefix == 24, "an address of IPv4");
	tap_ok(address_broadcast(&address) == inet_addr("10.0.0.255"), "and its broadcast address");
	tap_ok(address_read("fd00::2", &address) && address.family == AF_INET6 && address.prefix == -1, "one without a prefix");
	tap_ok(!address_read("10.0.0/24", &address) && !address_read("10.0.0.1/33", &address) && !address_read("10.0.0.1/", &address) &&
		       !address_read("fd00::1/129", &address) && !address_read("", &address) && !address_read("10.0.0.1/+1", &address) &&
		       !address_read("fd00:0000:0000:0000:0000:0000:0000:0001:0000:0000/12", &address),
	       "what is no address is refused");
}

static void messages(void)
{
	static const unsigned char wanted[] = {0, 0, 0, 0, 16, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, /* nlmsghdr */
					       9, 8, 7, 6,                                        /* header of the family */
					       7, 0, 3, 0, 'l', 'o', 0, 0,                        /* string, padded */
					       20, 0, 18, 0, 8, 0, 1, 0, 1, 2, 3, 4, 8, 0, 2, 0, 5, 0, 0, 0};
	struct netlink_message message;
	unsigned char filler[NETLINK_MESSAGE_MAX] = {0};
	const unsigned char *found;
	size_t nest, length;

	netlink_begin(&message, 16, 0, "\11\10\7\6", 4);
	netlink_put_string(&message, 3, "lo");
	nest = netlink_open_nest(&message, 18, NULL, 0);
	netlink_put(&message, 1, "\1\2\3\4", 4);
	netlink_put_u32(&message, 2, 5);
	netlink_close_nest(&message, nest);
	tap_ok(message.length == sizeof wanted && memcmp(message.bytes, wanted, sizeof wanted) == 0, "a request, byte for byte");
	found = netlink_find(message.bytes + 20, message.length - 20, 18, &length);
	tap_ok(found != NULL && length == 16, "a nest is found again");
	found = found ? netlink_find(found, length, 2, &length) : NULL;
	tap_ok(found != NULL && length == 4 && found[0] == 5, "and what is in it");
	tap_ok(netlink_find("\377\0\1\0", 4, 1, &length) == NULL && netlink_find("\3\0\1\0", 4, 1, &length) == NULL &&
		       netlink_find("\0", 1, 1, &length) == NULL,
	       "attributes whose lengths don't add up are not read");
	netlink_put(&message, 4, filler, sizeof filler);
	tap_ok(message.too_long, "what does not fit is noted");
}

int main(void)
{
	unsigned int before;

	parses();
	messages();
	if (geteuid() != 0 || access("/bin/busybox", X_OK) != 0 || unshare(CLONE_NEWNET) != 0) {
		tap_skip("needs root, /bin/busybox and network namespaces", "interfaces on bridges");
		return tap_done();
	}
	shim_start_new(&shim, "lasting");
	(void)snprintf(lock, sizeof lock, "%s/network.lock", shim.root);
	engine = engine_greet(&shim);
	reaches();
	engine_settle(engine);
	before = count_descriptors(shim.pid);
	in_user_namespace();
	several();
	refusals();
	address_taken();
	others_bridge();
	pins();
	engine_settle(engine);
	tap_number(count_descriptors(shim.pid), before, "descriptors of the shim as before");
	after_kill();
	(void)close(engine);
	shim_stop(&shim);
	return tap_done();
}
