/* SPDX-License-Identifier: Apache-2.0 */
/*
 * plan_rules.h - what a launch plan must mean, beyond the shape of its entries.
 */
#ifndef CAISSON_PLAN_RULES_H
#define CAISSON_PLAN_RULES_H

#include "plan_reader.h"

/* Returns NULL, or what is wrong with an entry whose shape is right. */
const char *plan_rule_entry(enum entry_type type, struct plan_fields fields);

/* Returns NULL, or which entries and flags do not go together. */
const char *plan_rule_whole(const struct plan *plan);

/* All CLONE_NEW* bits of E_NS_JOIN. */
unsigned int plan_joined_namespaces(const struct plan *plan);

#endif
