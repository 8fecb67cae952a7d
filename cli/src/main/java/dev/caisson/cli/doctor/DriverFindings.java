// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.doctor;

import dev.caisson.driver.Availability;
import dev.caisson.driver.DriverProvider;
import java.util.ArrayList;
import java.util.List;

/** What a driver says of the machine. */
final class DriverFindings {
    private DriverFindings() {}

    static List<Finding> of(DriverProvider provider, Availability availability) {
        String subject = provider.name();
        List<Finding> findings = new ArrayList<>();
        availability.obstacles().forEach(lack -> findings.add(Finding.lacks(subject, lack.what(), lack.remedy())));
        availability.notes().forEach(note -> findings.add(Finding.note(subject, note.what(), note.remedy())));
        if (availability.isAvailable()) {
            findings.add(Finding.ok(subject, "works here, version " + provider.version()));
        }
        return findings;
    }
}
