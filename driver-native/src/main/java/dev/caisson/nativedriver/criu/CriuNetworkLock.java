// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.criu;

/** How packets are kept away from connections while they are dumped, {@code --network-lock} of criu(8). */
enum CriuNetworkLock {
    /** Needs the iptables tools. */
    IPTABLES(1),
    /** Needs nf_tables in the kernel. */
    NFTABLES(2),
    /** Not at all: there are no connections to be kept. */
    SKIP(3);

    private static final String TOOL = "iptables-restore";

    private final int number;

    CriuNetworkLock(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    static CriuNetworkLock of(boolean keepsConnections) {
        if (!keepsConnections) {
            return SKIP;
        }
        return SearchPath.find(TOOL).isPresent() ? IPTABLES : NFTABLES;
    }
}
