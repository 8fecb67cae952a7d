// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.syntax;

import dev.caisson.cli.flags.BadValueException;
import dev.caisson.driver.command.ContainerPath;
import dev.caisson.driver.command.Mount;
import dev.caisson.driver.command.MountFlag;
import dev.caisson.driver.command.MountFlags;
import dev.caisson.driver.command.Propagation;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads --volume: {@code host:container[:options]}. */
public final class VolumeSyntax {
    private VolumeSyntax() {}

    /**
     * Returns a recursive bind mount.
     *
     * @throws BadValueException if it is none
     */
    public static Mount read(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length == 1) {
            throw new BadValueException(
                    "names no place in the container",
                    "give host:container[:options]; there are no anonymous volumes here, --tmpfs gives an empty place");
        }
        if (parts.length > 3) {
            throw new BadValueException("has more than three parts", "give host:container[:options]");
        }
        Options options = parts.length == 3 ? Options.read(parts[2]) : new Options();
        return Mount.bind(BindSource.read(parts[0]), ContainerPath.of(parts[1]))
                .withFlags(options.flags())
                .withPropagation(options.propagation);
    }

    /** What stands after the second colon, each kind of word once. */
    private static final class Options {
        private Optional<String> access = Optional.empty();
        private Propagation propagation = Propagation.RPRIVATE;
        private boolean propagationGiven;

        static Options read(String text) {
            Options options = new Options();
            List.of(text.split(",")).forEach(options::add);
            return options;
        }

        private void add(String word) {
            Optional<Propagation> found = PropagationSyntax.find(word);
            if (found.isPresent()) {
                refuseSecond(propagationGiven, word);
                propagationGiven = true;
                propagation = found.get();
                return;
            }
            switch (word) {
                case "ro", "rw" -> {
                    refuseSecond(access.isPresent(), word);
                    access = Optional.of(word);
                }
                case "z", "Z" ->
                    throw new BadValueException(
                            "asks with " + word + " to relabel the host's files for SELinux",
                            "leave it out, and label them with chcon(1) if the machine has SELinux");
                case "nocopy" ->
                    throw new BadValueException(
                            "asks for nocopy, which is for volumes", "leave it out: a bind mount copies nothing");
                case "cached", "delegated", "consistent" ->
                    throw new BadValueException("asks for " + word + ", which only Docker Desktop has", "leave it out");
                default ->
                    throw new BadValueException(
                            "has the unknown option \"" + word + "\"", "give ro, rw, " + PropagationSyntax.CHOICES);
            }
        }

        private static void refuseSecond(boolean given, String word) {
            if (given) {
                throw new BadValueException("has \"" + word + "\" beside another of its kind", "give one of them");
            }
        }

        /** Read-only is meant for what is mounted below the source too, as Docker has it since Linux 5.12. */
        MountFlags flags() {
            boolean readonly = access.filter("ro"::equals).isPresent();
            return readonly
                    ? new MountFlags(Set.of(), Set.of(), Set.of(MountFlag.READONLY), Set.of())
                    : MountFlags.of();
        }
    }
}
