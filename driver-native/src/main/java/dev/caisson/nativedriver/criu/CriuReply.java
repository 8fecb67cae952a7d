// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.criu;

import dev.caisson.nativedriver.kernel.Descriptor;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What CRIU says, {@code criu_resp} of its {@code rpc.proto}.
 *
 * @param type number of a {@link CriuType}
 * @param success whether the request was carried out
 * @param notice what it tells of on its way, and waits to be answered
 * @param version in answer to that request
 * @param features in answer to that request: those that there are
 * @param errno 0 where none applies
 * @param descriptors what came beside it
 */
record CriuReply(
        int type,
        boolean success,
        Optional<Notice> notice,
        Optional<CriuVersion> version,
        Set<CriuFeature> features,
        int errno,
        List<Descriptor> descriptors) {
    /**
     * Where it is.
     *
     * @param step such as {@code post-restore}
     * @param pid of the container's init, as CRIU sees it; 0 where none is told
     */
    record Notice(String step, int pid) {
        static Notice read(ProtoReader message) {
            String step = "";
            int pid = 0;
            while (message.next()) {
                switch (message.field()) {
                    case 1 -> step = message.text();
                    case 2 -> pid = (int) message.number();
                    default -> {}
                }
            }
            return new Notice(step, pid);
        }
    }

    /** @throws IllegalArgumentException if it is none */
    static CriuReply read(ByteBuffer bytes, List<Descriptor> descriptors) {
        ProtoReader message = new ProtoReader(bytes);
        int type = 0;
        boolean success = false;
        Optional<Notice> notice = Optional.empty();
        Optional<CriuVersion> version = Optional.empty();
        Set<CriuFeature> features = EnumSet.noneOf(CriuFeature.class);
        int errno = 0;
        while (message.next()) {
            switch (message.field()) {
                case 1 -> type = (int) message.number();
                case 2 -> success = message.flag();
                case 5 -> notice = Optional.of(Notice.read(message.message()));
                case 7 -> errno = (int) message.number();
                case 8 -> features = features(message.message());
                case 10 -> version = Optional.of(CriuVersion.read(message.message()));
                default -> {}
            }
        }
        return new CriuReply(type, success, notice, version, features, errno, descriptors);
    }

    private static Set<CriuFeature> features(ProtoReader message) {
        Set<CriuFeature> features = EnumSet.noneOf(CriuFeature.class);
        while (message.next()) {
            for (CriuFeature feature : CriuFeature.values()) {
                if (feature.number() == message.field() && message.flag()) {
                    features.add(feature);
                }
            }
        }
        return features;
    }
}
