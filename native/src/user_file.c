/* SPDX-License-Identifier: Apache-2.0 */
#include "user_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "safe_path.h"

#define SIZE_MAX_BYTES (16 << 20)

/* The image could have a FIFO, a device or an endless file there. */
static int check(int fd, size_t *size)
{
	struct stat status;

	if (fstat(fd, &status) != 0)
		return -1;
	if (!S_ISREG(status.st_mode)) {
		errno = EINVAL;
		return -1;
	}
	if (status.st_size > SIZE_MAX_BYTES) {
		errno = EFBIG;
		return -1;
	}
	*size = (size_t)status.st_size;
	return 0;
}

static char *read_text(int fd)
{
	size_t size, length = 0;
	ssize_t count = 1;
	char *text;

	if (check(fd, &size) != 0)
		return NULL;
	text = malloc(size + 1);
	while (text && length < size && (count = read(fd, text + length, size - length)) > 0)
		length += (size_t)count;
	if (count < 0) {
		free(text);
		return NULL;
	}
	if (text)
		text[length] = '\0';
	return text;
}

int user_file_open(struct user_file *file, int root, const char *path)
{
	int fd = safe_open(root, path, O_RDONLY | O_NONBLOCK | O_NOCTTY), saved;

	file->text = file->at = NULL;
	if (fd < 0)
		return errno == ENOENT ? 0 : -1;
	file->text = file->at = read_text(fd);
	saved = errno;
	(void)close(fd);
	errno = saved;
	return file->text ? 0 : -1;
}

bool user_file_next(struct user_file *file, struct user_line *line)
{
	char *rest = file->at && *file->at ? strsep(&file->at, "\n") : NULL;

	line->count = 0;
	if (!rest)
		return false;
	while (line->count < USER_FIELDS && rest)
		line->field[line->count++] = strsep(&rest, ":");
	return true;
}

void user_file_close(struct user_file *file)
{
	free(file->text);
	file->text = file->at = NULL;
}
