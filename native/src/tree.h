/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tree.h - walks or removes a directory with all that is below it, by descriptors.
 *
 * What a container made may be as deep as it liked, with names it liked: the walk has one directory open at a time, uses
 * no recursion, never follows a symbolic link and never crosses into another mount. Going up it checks that ".." is the
 * directory it came from, so that one that is moved meanwhile cannot lead it out of the tree.
 */
#ifndef CAISSON_TREE_H
#define CAISSON_TREE_H

#include <stdbool.h>
#include <stddef.h>

enum tree_kind {
	TREE_FILES,   /* everything goes */
	TREE_CGROUPS, /* only directories: the files of a cgroup go with it */
};

struct tree {
	enum tree_kind kind;
	bool keep;            /* only visit */
	unsigned int budget;  /* entries after which to give up with EAGAIN; 0: no limit */
	void (*visit)(int directory, void *context); /* each directory as it is entered, the top included; may be NULL */
	void *context;
	char *what;           /* gets the path of the first entry that could not be removed */
	size_t size;
};

/* 0 (also when there is nothing at `path`), or the first errno met; the walk goes on with what it can. EBUSY of cgroups:
 * there are processes in them. */
int tree_walk(const struct tree *tree, const char *path);

#endif
