// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.caisson.driver.command.CgroupPlacement;
import java.util.List;
import org.junit.jupiter.api.Test;

class CgroupPlaceTest {
    private static Hierarchy tree(Version version, String own) {
        return new Hierarchy(version, List.of(), "/cg", own);
    }

    private static String in(Version version, String own, String path) {
        return new CgroupPlace(path).in(tree(version, own));
    }

    @Test
    void placementsBecomePaths() {
        assertEquals("/caisson/a", CgroupPlace.of(CgroupPlacement.STANDARD, "a").path());
        assertEquals(
                "/x/y/a",
                CgroupPlace.of(new CgroupPlacement.Parent("/x//y/"), "a").path());
        assertEquals(
                "below/a",
                CgroupPlace.of(new CgroupPlacement.Parent("below"), "a").path());
        assertEquals(
                "/exact/./ly".replace("./", ""),
                CgroupPlace.of(new CgroupPlacement.Exact("/exact/./ly"), "a").path());
    }

    @Test
    void systemdsIsThatOfItsScope() {
        CgroupPlace place = CgroupPlace.of(new CgroupPlacement.Systemd("a-b.slice", "p", "n"), "x");
        assertEquals("/a.slice/a-b.slice/p-n.scope", place.path());
        assertEquals("p-n.scope", place.scope().orElseThrow().unit());
    }

    @Test
    void anAbsolutePathIsTheSameEverywhere() {
        assertEquals("/cg/caisson/a", in(Version.V1, "/own", "/caisson/a"));
        assertEquals("/cg/caisson/a", in(Version.V2, "/own", "/caisson/a"));
    }

    @Test
    void aRelativeOneIsBelowOurOwnOrBesideItOnVersion2() {
        assertEquals("/cg/own/x/a", in(Version.V1, "/own", "x/a"));
        assertEquals("/cg/a", in(Version.V1, "/", "a"));
        assertEquals("/cg/user.slice/a", in(Version.V2, "/user.slice/session.scope", "a"));
        assertEquals("/cg/a", in(Version.V2, "/own", "a"));
        assertEquals("/cg/a", in(Version.V2, "/", "a"));
    }
}
