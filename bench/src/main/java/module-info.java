// SPDX-License-Identifier: Apache-2.0
/** Benchmarks; not a library. */
module dev.caisson.bench {
    requires dev.caisson.driver;
    requires java.management;
    requires static org.jspecify;
}
