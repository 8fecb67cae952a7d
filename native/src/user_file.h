/* SPDX-License-Identifier: Apache-2.0 */
/*
 * user_file.h - /etc/passwd and /etc/group, line by line.
 */
#ifndef CAISSON_USER_FILE_H
#define CAISSON_USER_FILE_H

#include <stdbool.h>
#include <stddef.h>

struct user_file {
	char *text; /* NULL: there is no such file */
	char *at;
};

/* passwd: name, password, uid, gid, comment, home, shell. group: name, password, gid, members. */
#define USER_FIELDS 7

struct user_line {
	char *field[USER_FIELDS];
	unsigned int count;
};

/* Reads a file inside the root; a missing one is an empty one. Returns 0, or -1 with errno. */
int user_file_open(struct user_file *file, int root, const char *path);

/* Gives the next line, cut into its fields in place. */
bool user_file_next(struct user_file *file, struct user_line *line);

void user_file_close(struct user_file *file);

#endif
