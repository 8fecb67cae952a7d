// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.run;

import dev.caisson.cli.flags.Flag;
import dev.caisson.cli.flags.FlagSection;
import dev.caisson.cli.flags.FlagValues;
import dev.caisson.cli.syntax.KeyValue;
import dev.caisson.driver.ContainerId;

/** The container's name and what is kept with it. */
final class NameFlags implements FlagGroup {
    static final Flag NAME =
            Flag.value("--name", "NAME", "Name of the container, by which others can join it; default a random one");
    private static final Flag LABEL =
            Flag.list("--label", "KEY=VALUE", "Keep a label with the container").letter('l');
    private static final Flag ANNOTATION =
            Flag.list("--annotation", "KEY=VALUE", "Keep an annotation with the container; a driver may read some");

    @Override
    public FlagSection section() {
        return FlagSection.of("The container", NAME, LABEL, ANNOTATION);
    }

    @Override
    public void apply(FlagValues values, Draft draft) {
        values.read(NAME, ContainerId::of).ifPresent(id -> draft.id = id);
        values.readAll(LABEL, KeyValue::optional).forEach(label -> draft.annotations.put(label.key(), label.value()));
        values.readAll(ANNOTATION, KeyValue::required)
                .forEach(annotation -> draft.annotations.put(annotation.key(), annotation.value()));
    }
}
