// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.plan;

/** One {@link EntryType#MOUNT} with the fields that plan.h gives it. */
record MountEntry(
        MountKind kind,
        int options,
        long set,
        long clear,
        long propagation,
        int idmap,
        int mode,
        String source,
        String target,
        String type,
        String data,
        byte[] content) {
    private static final int DIRECTORY_MODE = 0755;
    private static final byte[] NOTHING = {};

    /** Begins a mount at that place of the container. */
    static Builder at(String target) {
        return new Builder(target);
    }

    void write(PlanWriter plan) {
        plan.begin(EntryType.MOUNT)
                .u32(kind.value())
                .u32(options)
                .u64(set)
                .u64(clear)
                .u64(propagation)
                .u32(idmap)
                .u32(0)
                .u32(mode)
                .string(source)
                .string(target)
                .string(type)
                .string(data)
                .bytes(content)
                .end();
    }

    /** Makes {@link MountEntry}. */
    static final class Builder {
        private final String target;
        private MountKind kind = MountKind.FILESYSTEM;
        private int options;
        private long set;
        private long clear;
        private long propagation;
        private int idmap;
        private int mode = DIRECTORY_MODE;
        private String source = "";
        private String type = "";
        private String data = "";
        private byte[] content = NOTHING;

        private Builder(String target) {
            this.target = target;
        }

        Builder kind(MountKind value) {
            kind = value;
            return this;
        }

        Builder option(MountOption value) {
            options |= value.value();
            return this;
        }

        Builder set(long value) {
            set = value;
            return this;
        }

        Builder clear(long value) {
            clear = value;
            return this;
        }

        Builder propagation(long value) {
            propagation = value;
            return this;
        }

        Builder source(String value) {
            source = value;
            return this;
        }

        /** @param number of an {@link EntryType#IDMAP}, counted from 1 */
        Builder idmap(int number) {
            idmap = number;
            return this;
        }

        Builder filesystem(String newType, String newSource) {
            type = newType;
            source = newSource;
            return this;
        }

        Builder data(String value) {
            data = value;
            return this;
        }

        Builder content(byte[] value, int newMode) {
            content = value;
            mode = newMode;
            return this;
        }

        MountEntry build() {
            return new MountEntry(
                    kind, options, set, clear, propagation, idmap, mode, source, target, type, data, content);
        }
    }
}
