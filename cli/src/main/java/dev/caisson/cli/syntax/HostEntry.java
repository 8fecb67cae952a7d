// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.syntax;

import dev.caisson.cli.flags.BadValueException;

/** Reads --add-host: {@code name:address} or {@code name=address}. */
public record HostEntry(String name, String address) {
    /**
     * Returns the line of /etc/hosts.
     *
     * @throws BadValueException if it is none
     */
    public static HostEntry read(String text) {
        int separator = text.indexOf('=') > 0 ? text.indexOf('=') : text.indexOf(':');
        if (separator < 1) {
            throw new BadValueException("is not name:address", "give both, as db:10.0.0.5");
        }
        String address = text.substring(separator + 1).replaceAll("^\\[(.*)\\]$", "$1");
        if (!text.substring(0, separator).matches("[^\\s#]+")) {
            throw new BadValueException("has white space or # in the name", "give a host name");
        }
        return new HostEntry(text.substring(0, separator), ipAddress(address));
    }

    /**
     * Returns an address as it was given.
     *
     * @throws BadValueException if it is none
     */
    public static String ipAddress(String text) {
        boolean four = text.matches("(25[0-5]|2[0-4][0-9]|1?[0-9]{1,2})(\\.(25[0-5]|2[0-4][0-9]|1?[0-9]{1,2})){3}");
        boolean six = text.contains(":") && text.matches("[0-9A-Fa-f:.]+(%[A-Za-z0-9]+)?");
        if (!four && !six) {
            throw new BadValueException("has no ip address", "give one such as 10.0.0.5 or fd00::5");
        }
        return text;
    }
}
