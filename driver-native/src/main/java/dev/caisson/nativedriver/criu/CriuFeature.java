// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.criu;

/** What CRIU needs the kernel for and can do without, {@code criu_features} of its {@code rpc.proto}. */
enum CriuFeature {
    /** Which pages were written since the last dump (soft-dirty bits or PAGEMAP_SCAN). */
    MEMORY_TRACKING(1, "track which memory was changed (CONFIG_MEM_SOFT_DIRTY, or PAGEMAP_SCAN of Linux 6.7)"),
    /** Memory that is fetched when it is touched. */
    LAZY_PAGES(2, "have memory fetched when it is touched (CONFIG_USERFAULTFD)");

    private final int number;
    private final String ability;

    CriuFeature(int number, String ability) {
        this.number = number;
        this.ability = ability;
    }

    int number() {
        return number;
    }

    /** What the kernel has to be able to do. */
    String ability() {
        return ability;
    }
}
