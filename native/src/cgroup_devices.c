/* SPDX-License-Identifier: Apache-2.0 */
#include "cgroup.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <stdint.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static int bpf(enum bpf_cmd command, union bpf_attr *attributes)
{
	return (int)syscall(SYS_bpf, command, attributes, sizeof *attributes);
}

static int load(struct plan_bytes program)
{
	union bpf_attr attributes;

	memset(&attributes, 0, sizeof attributes);
	attributes.prog_type = BPF_PROG_TYPE_CGROUP_DEVICE;
	attributes.insns = (uint64_t)(uintptr_t)program.data;
	attributes.insn_cnt = program.length / sizeof(struct bpf_insn);
	attributes.license = (uint64_t)(uintptr_t) "Apache-2.0";
	memcpy(attributes.prog_name, "caisson_devices", sizeof "caisson_devices");
	return bpf(BPF_PROG_LOAD, &attributes);
}

static int attach(int cgroup, int program)
{
	union bpf_attr attributes;

	memset(&attributes, 0, sizeof attributes);
	attributes.target_fd = (uint32_t)cgroup;
	attributes.attach_bpf_fd = (uint32_t)program;
	attributes.attach_type = BPF_CGROUP_DEVICE;
	/* MULTI: the programs of the cgroups above stay in force. */
	attributes.attach_flags = BPF_F_ALLOW_MULTI;
	return bpf(BPF_PROG_ATTACH, &attributes);
}

int cgroup_devices_attach(const char *directory, struct plan_bytes bytes)
{
	int cgroup = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC), program, result, saved;

	if (cgroup < 0)
		return -1;
	program = load(bytes);
	result = program < 0 ? -1 : attach(cgroup, program);
	saved = errno;
	if (program >= 0)
		(void)close(program);
	(void)close(cgroup);
	errno = saved;
	return result;
}
