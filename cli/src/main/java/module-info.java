// SPDX-License-Identifier: Apache-2.0

/** The {@code caisson} command. */
module dev.caisson.cli {
    requires com.fasterxml.jackson.databind;
    requires org.jnrproject.jffi;
    requires dev.caisson.driver;
    requires info.picocli;
    requires jdk.unsupported;
    requires org.slf4j;
    requires static org.jspecify;

    provides org.slf4j.spi.SLF4JServiceProvider with
            dev.caisson.cli.log.StandardErrorLogging;
}
