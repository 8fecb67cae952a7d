// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.resources;

import static java.util.Objects.requireNonNull;

import dev.caisson.driver.check.Checked;
import dev.caisson.driver.check.Checker;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Limits of memory.
 *
 * @param limit most bytes of memory
 * @param swap most bytes of memory and swap together
 * @param reservation bytes that the kernel tries to leave it (soft limit)
 * @param kernel most bytes of kernel memory (cgroup v1 of kernels that still have it)
 * @param kernelTcp most bytes of TCP buffers (cgroup v1)
 * @param swappiness 0 to 100, how gladly its pages are swapped
 * @param disableOomKiller true: at its limit its processes wait instead of being killed (cgroup v1); an update to false
 *     has those that wait killed
 * @param checkBeforeUpdate an update to less than what is in use is refused
 */
public record MemoryLimits(
        Optional<ByteSize> limit,
        Optional<ByteSize> swap,
        Optional<ByteSize> reservation,
        Optional<ByteSize> kernel,
        Optional<ByteSize> kernelTcp,
        OptionalInt swappiness,
        Optional<Boolean> disableOomKiller,
        boolean checkBeforeUpdate)
        implements Checked {
    public MemoryLimits {
        requireNonNull(limit, "limit is null");
        requireNonNull(swap, "swap is null");
        requireNonNull(reservation, "reservation is null");
        requireNonNull(kernel, "kernel is null");
        requireNonNull(kernelTcp, "kernelTcp is null");
        requireNonNull(swappiness, "swappiness is null");
        requireNonNull(disableOomKiller, "disableOomKiller is null");
    }

    /** Returns no limits. */
    public static MemoryLimits none() {
        return builder().build();
    }

    /** Returns a builder without limits. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public void check(Checker checker) {
        swappiness.ifPresent(value -> checker.at("swappiness").range(value, 0, 100));
        swap.ifPresent(total -> checkSwap(checker.at("swap"), total));
        if (reservation.isPresent() && limit.isPresent() && !limit.get().isUnlimited()) {
            checker.at("reservation")
                    .require(
                            reservation.get().bytes() <= limit.get().bytes(),
                            reservation.get() + " is more than the limit of " + limit.get(),
                            "give at most the limit");
        }
    }

    private void checkSwap(Checker checker, ByteSize total) {
        if (total.isUnlimited() || limit.isEmpty()) {
            return;
        }
        checker.require(
                !limit.get().isUnlimited() && total.bytes() >= limit.get().bytes(),
                total + " is less than the memory limit of " + limit.get(),
                "swap counts memory and swap together: give at least the memory limit, or -1");
    }

    /** Makes {@link MemoryLimits}. Not thread-safe. */
    public static final class Builder {
        private @Nullable ByteSize limit;
        private @Nullable ByteSize swap;
        private @Nullable ByteSize reservation;
        private @Nullable ByteSize kernel;
        private @Nullable ByteSize kernelTcp;
        private OptionalInt swappiness = OptionalInt.empty();
        private @Nullable Boolean disableOomKiller;
        private boolean checkBeforeUpdate;

        private Builder() {}

        public Builder limit(ByteSize value) {
            limit = value;
            return this;
        }

        public Builder swap(ByteSize value) {
            swap = value;
            return this;
        }

        public Builder reservation(ByteSize value) {
            reservation = value;
            return this;
        }

        public Builder kernel(ByteSize value) {
            kernel = value;
            return this;
        }

        public Builder kernelTcp(ByteSize value) {
            kernelTcp = value;
            return this;
        }

        public Builder swappiness(int value) {
            swappiness = OptionalInt.of(value);
            return this;
        }

        public Builder disableOomKiller(boolean value) {
            disableOomKiller = value;
            return this;
        }

        public Builder checkBeforeUpdate(boolean value) {
            checkBeforeUpdate = value;
            return this;
        }

        public MemoryLimits build() {
            return new MemoryLimits(
                    Optional.ofNullable(limit),
                    Optional.ofNullable(swap),
                    Optional.ofNullable(reservation),
                    Optional.ofNullable(kernel),
                    Optional.ofNullable(kernelTcp),
                    swappiness,
                    Optional.ofNullable(disableOomKiller),
                    checkBeforeUpdate);
        }
    }
}
