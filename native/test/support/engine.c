/* SPDX-License-Identifier: Apache-2.0 */
#include "engine.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "machine.h"
#include "message.h"
#include "need.h"
#include "tap.h"

#define PATIENCE_MS 20000

void root_make(char root[static 256])
{
	char directory[] = "/tmp/caisson-shim-test-XXXXXX";

	need(mkdtemp(directory) != NULL, "mkdtemp");
	(void)snprintf(root, 256, "%s/r", directory);
}

const char *shim_program(char path[static 512])
{
	const char *other = getenv("CAISSON_SHIM");
	ssize_t length = readlink("/proc/self/exe", path, 500);

	need(length > 0, "own path");
	path[length] = '\0';
	(void)strcpy(strrchr(path, '/'), "/caisson-shim");
	if (other != NULL)
		(void)snprintf(path, 512, "%s", other);
	return path;
}

static void execute_shim(const char *mode, const char *root, int out)
{
	char path[512];
	int null = open("/dev/null", O_RDONLY);

	(void)shim_program(path);
	(void)dup2(null, 0);
	(void)dup2(out, 1);
	(void)execl(path, "caisson-shim", mode, root, (char *)NULL);
	_exit(127);
}

bool shim_start(struct shim_process *shim, const char *mode, const char *root)
{
	int out[2];
	size_t length = 0;
	ssize_t count;
	int pid = 0;

	if (root != shim->root)
		(void)snprintf(shim->root, sizeof(shim->root), "%s", root);
	need(pipe2(out, O_CLOEXEC) == 0, "pipe");
	shim->child = fork();
	need(shim->child >= 0, "fork");
	if (shim->child == 0)
		execute_shim(mode, root, out[1]);
	(void)close(out[1]);
	while (length < sizeof(shim->line) - 1 &&
	       (count = read(out[0], shim->line + length, sizeof(shim->line) - 1 - length)) > 0)
		length += (size_t)count;
	(void)close(out[0]);
	shim->line[length] = '\0';
	shim->pid = shim->child;
	if (sscanf(shim->line, "ready %d\n", &pid) != 1)
		return false;
	shim->pid = pid;
	need_kill(pid);
	return true;
}

void shim_start_new(struct shim_process *shim, const char *mode)
{
	root_make(shim->root);
	need(shim_start(shim, mode, shim->root), "the shim said '%s'", shim->line);
}

int shim_wait(struct shim_process *shim)
{
	int status = 0;

	need(waitpid(shim->child, &status, 0) == shim->child, "wait for the shim");
	return status;
}

void shim_stop(struct shim_process *shim)
{
	char log[300];
	char text[1024];

	need(kill(shim->pid, SIGTERM) == 0, "stop the shim");
	tap_ok(shim_wait(shim) == 0, "the shim ends with status 0");
	(void)snprintf(log, sizeof(log), "%s/shim.log", shim->root);
	/* What a sanitizer found stands there. */
	if (read_text(log, text, sizeof(text)) &&
	    !tap_ok(strstr(text, "ERROR:") == NULL && strstr(text, "runtime error") == NULL, "no fault in the shim's log"))
		tap_note("%s", text);
	root_discard(shim->root);
}

int engine_connect(const struct shim_process *shim)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	int fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
	int directory = open(shim->root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	need(fd >= 0 && directory >= 0, "socket");
	(void)snprintf(address.sun_path, sizeof(address.sun_path), "/proc/self/fd/%d/shim.sock", directory);
	need(connect(fd, (struct sockaddr *)&address, sizeof(address)) == 0, "connect: %s", strerror(errno));
	(void)close(directory);
	return fd;
}

int engine_greet(const struct shim_process *shim)
{
	uint32_t hello[4] = {PROTOCOL_MAGIC, PROTOCOL_VERSION, (uint32_t)getpid(), 0};
	struct answer welcome;
	int fd = engine_connect(shim);

	engine_ask(fd, MSG_HELLO, 0, hello, sizeof(hello), NULL, 0);
	engine_expect(fd, MSG_WELCOME, 0, &welcome);
	need(answer_u32(&welcome, 0) == PROTOCOL_VERSION && answer_u32(&welcome, 4) == (uint32_t)shim->pid, "welcome");
	return fd;
}

void engine_ask(int socket, uint32_t type, uint64_t tag, const void *body, size_t length, const int *fds,
		 unsigned int fd_count)
{
	struct msg_header header = {.type = type, .length = (uint32_t)(sizeof(header) + length), .tag = tag};
	struct iovec parts[2] = {{.iov_base = &header, .iov_len = sizeof(header)},
				 {.iov_base = (void *)body, .iov_len = length}};

	while (message_send(socket, parts, 2, fds, fd_count) != 0) {
		struct pollfd poll_out = {.fd = socket, .events = POLLOUT};

		need(errno == EAGAIN && poll(&poll_out, 1, PATIENCE_MS) == 1, "send message %u: %s", type, strerror(errno));
	}
}

void engine_ask_u32(int socket, uint32_t type, uint64_t tag, uint32_t value)
{
	engine_ask(socket, type, tag, &value, sizeof(value), NULL, 0);
}

void engine_receive(int socket, struct answer *answer)
{
	static unsigned char bytes[MSG_MAX];
	struct incoming incoming = {.size = sizeof(bytes), .bytes = bytes};
	struct pollfd poll_in = {.fd = socket, .events = POLLIN};
	enum receive_result result;

	need(poll(&poll_in, 1, PATIENCE_MS) == 1, "nothing came");
	result = message_receive(socket, &incoming);
	*answer = (struct answer){.end = result == RECEIVE_END};
	if (answer->end)
		return;
	need(result == RECEIVE_PACKET && incoming.length >= sizeof(answer->header) && incoming.fd_count <= 8, "packet");
	memcpy(&answer->header, bytes, sizeof(answer->header));
	need(answer->header.length == incoming.length, "its length");
	answer->length = incoming.length - sizeof(answer->header);
	memcpy(answer->body, bytes + sizeof(answer->header), answer->length);
	memcpy(answer->fds, incoming.fds, incoming.fd_count * sizeof(int));
	answer->fd_count = incoming.fd_count;
}

void engine_expect(int socket, uint32_t type, uint64_t tag, struct answer *answer)
{
	engine_receive(socket, answer);
	need(!answer->end && answer->header.type == type && answer->header.tag == tag,
	     "expected %u of %llu, but got %s%u of %llu: %.*s", type, (unsigned long long)tag, answer->end ? "the end " : "",
	     answer->header.type, (unsigned long long)answer->header.tag,
	     answer->header.type == MSG_REFUSED ? (int)answer->length
						: answer->header.type == MSG_FAILED ? (int)(answer->length - 16) : 0,
	     (const char *)answer->body + (answer->header.type == MSG_FAILED ? 16 : 0));
}

void engine_expect_end(int socket, const char *text)
{
	struct answer answer;

	engine_expect(socket, MSG_REFUSED, 0, &answer);
	answer.body[answer.length] = '\0';
	tap_has((const char *)answer.body, text, "refused for the right reason");
	engine_receive(socket, &answer);
	tap_ok(answer.end, "the connection is closed");
	(void)close(socket);
}

int plan_memfd(struct plan_builder *plan, int seals)
{
	int fd = memfd_create("plan", MFD_CLOEXEC | MFD_ALLOW_SEALING);

	builder_finish(plan);
	need(fd >= 0 && write(fd, plan->bytes, plan->length) == (ssize_t)plan->length, "memfd");
	need(seals == 0 || fcntl(fd, F_ADD_SEALS, seals) == 0, "seals");
	builder_free(plan);
	return fd;
}

void engine_launch(int socket, uint64_t tag, struct plan_builder *plan, const int *fds, unsigned int fd_count)
{
	int all[MSG_MAX_FDS];

	all[0] = plan_memfd(plan, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL);
	for (unsigned int i = 0; i < fd_count; i++)
		all[i + 1] = fds[i];
	engine_ask(socket, MSG_LAUNCH, tag, NULL, 0, all, fd_count + 1);
	(void)close(all[0]);
}

void engine_follow(int socket, uint64_t tag, uint32_t stream, uint64_t offset)
{
	struct {
		uint32_t stream, zero;
		uint64_t offset;
	} body = {.stream = stream, .offset = offset};

	engine_ask(socket, MSG_FOLLOW, tag, &body, sizeof(body), NULL, 0);
}

void engine_settle(int socket)
{
	struct answer answer;

	engine_ask_u32(socket, MSG_SIGNAL, UINT64_MAX, 0);
	engine_expect(socket, MSG_SIGNALLED, UINT64_MAX, &answer);
}

uint32_t answer_u32(const struct answer *answer, size_t offset)
{
	uint32_t value;

	need(answer->length >= offset + sizeof(value), "a body of %zu", answer->length);
	memcpy(&value, answer->body + offset, sizeof(value));
	return value;
}

uint64_t answer_u64(const struct answer *answer, size_t offset)
{
	uint64_t value;

	need(answer->length >= offset + sizeof(value), "a body of %zu", answer->length);
	memcpy(&value, answer->body + offset, sizeof(value));
	return value;
}

struct msg_exited answer_exited(const struct answer *answer)
{
	struct msg_exited exited;

	need(answer->header.type == MSG_EXITED && answer->length >= sizeof(exited), "EXITED");
	memcpy(&exited, answer->body, sizeof(exited));
	return exited;
}

void answer_check_failed(const struct answer *answer, enum phase phase, const char *text)
{
	struct msg_failed failed;
	char said[2048] = "";

	need(answer->header.type == MSG_FAILED && answer->length >= sizeof(failed), "FAILED");
	memcpy(&failed, answer->body, sizeof(failed));
	need(failed.text_length < sizeof(said) && failed.text_length <= answer->length - sizeof(failed), "its text");
	memcpy(said, answer->body + sizeof(failed), failed.text_length);
	tap_number(failed.phase, phase, "phase of the failure");
	tap_has(said, text, "text of the failure");
}
