// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.criu;

import dev.caisson.driver.DriverException;
import dev.caisson.driver.StandardErrorCode;

/** Where a {@code criu page-server} takes memory. */
record PageServer(String address, int port) {
    private static final int MOST_PORT = 65_535;

    /** @throws DriverException INVALID_ARGUMENT if it is not host:port */
    static PageServer parse(String doing, String text) {
        int colon = text.lastIndexOf(':');
        if (colon > 0) {
            try {
                int port = Integer.parseInt(text.substring(colon + 1));
                if (port > 0 && port <= MOST_PORT) {
                    return new PageServer(text.substring(0, colon), port);
                }
            } catch (NumberFormatException e) {
                throw refused(doing, text, e);
            }
        }
        throw refused(doing, text, null);
    }

    private static DriverException refused(
            String doing, String text, @org.jspecify.annotations.Nullable Exception cause) {
        return new DriverException(
                StandardErrorCode.INVALID_ARGUMENT,
                doing,
                "\"" + text + "\" is no page server",
                "give its address and port as host:port",
                cause);
    }
}
