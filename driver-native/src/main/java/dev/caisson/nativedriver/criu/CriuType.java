// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.criu;

/** {@code criu_req_type} of CRIU's {@code rpc.proto}, as far as it is used here. */
enum CriuType {
    DUMP(1),
    RESTORE(2),
    NOTIFY(6),
    FEATURE_CHECK(9),
    VERSION(10),
    SINGLE_PRE_DUMP(13);

    private final int number;

    CriuType(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
