// SPDX-License-Identifier: Apache-2.0
/** Benchmarks; not a library. */
module dev.caisson.bench {
    requires dev.caisson.driver;
    requires static org.jspecify;
}
