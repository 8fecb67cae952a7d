// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.criu;

/** The requests of CRIU's RPC that are made here, {@code criu_req} of its {@code rpc.proto}. */
final class CriuRequest {
    private static final int TYPE = 1;
    private static final int OPTIONS = 2;
    private static final int NOTIFY_SUCCESS = 3;
    private static final int KEEP_OPEN = 4;
    private static final int FEATURES = 5;

    private CriuRequest() {}

    /** Which version it is; further requests may follow. */
    static byte[] version() {
        return new ProtoWriter()
                .number(TYPE, CriuType.VERSION.number())
                .flag(KEEP_OPEN, true)
                .bytes();
    }

    /** Whether the kernel can do these; further requests may follow. */
    static byte[] features() {
        ProtoWriter features = new ProtoWriter();
        for (CriuFeature feature : CriuFeature.values()) {
            features.flag(feature.number(), true);
        }
        return new ProtoWriter()
                .number(TYPE, CriuType.FEATURE_CHECK.number())
                .flag(KEEP_OPEN, true)
                .message(FEATURES, features)
                .bytes();
    }

    /** What it is there for; the last request. */
    static byte[] of(CriuType type, CriuOptions options) {
        return new ProtoWriter()
                .number(TYPE, type.number())
                .message(OPTIONS, options.message())
                .bytes();
    }

    /** What it told of was done, and it may go on. */
    static byte[] heard() {
        return new ProtoWriter()
                .number(TYPE, CriuType.NOTIFY.number())
                .flag(NOTIFY_SUCCESS, true)
                .bytes();
    }
}
