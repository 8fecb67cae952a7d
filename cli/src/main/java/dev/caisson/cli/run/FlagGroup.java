// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.run;

import dev.caisson.cli.flags.FlagSection;
import dev.caisson.cli.flags.FlagValues;

/** Options of one concern: how they are written, and what they change in a container. */
interface FlagGroup {
    /** Returns the options, for the parser and the help. */
    FlagSection section();

    /** Puts what was given into a draft; what can't be read is noted in the values. */
    void apply(FlagValues values, Draft draft);
}
