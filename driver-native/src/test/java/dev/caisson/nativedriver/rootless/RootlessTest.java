// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.rootless;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.caisson.driver.command.IdMapping;
import dev.caisson.driver.command.IdMappings;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RootlessTest {
    private static final List<IdMapping> USERS =
            List.of(new IdMapping(0, 1000, 1), new IdMapping(1, 100_000, 65_536), new IdMapping(65_537, 300_000, 10));

    private static final Rootless LENT = new Rootless(
            "alice", new IdMappings(USERS, USERS), Optional.of(new IdHelpers("/u", "/g")), Optional.empty());

    private static List<IdMapping> inside(IdMapping... wanted) {
        return LENT.inside(new IdMappings(List.of(wanted), List.of())).uids();
    }

    @Test
    void linesOfTheUserFollowEachOther() {
        String file = """
                root:1:5
                alice:100000:65536
                # a remark
                alice:x:7
                1000:300000:10
                alice:400000:0
                """;
        assertEquals(USERS, SubordinateIds.map(file, "alice", 1000, 1000));
        assertEquals(List.of(new IdMapping(0, 7, 1)), SubordinateIds.map("", "alice", 1000, 7));
    }

    @Test
    void theShimGetsMapsAsNewuidmapTakesThem() {
        String map = "0 1000 1 1 100000 65536 65537 300000 10";
        assertEquals(List.of(map, map, "/u", "/g"), LENT.arguments());
    }

    @Test
    void mapsOfContainersAreThoseOfTheShimsNamespace() {
        assertEquals(List.of(new IdMapping(0, 1, 2000)), inside(new IdMapping(0, 100_000, 2000)));
        assertEquals(List.of(new IdMapping(5, 0, 1)), inside(new IdMapping(5, 1000, 1)));
        assertEquals(List.of(new IdMapping(0, 65_539, 8)), inside(new IdMapping(0, 300_002, 8)));
        assertEquals(List.of(), inside(new IdMapping(0, 7, 8)));
    }

    @Test
    void whatIsMissingIsALineOfTheFile() {
        assertEquals(Optional.empty(), LENT.missingUsers(new IdMapping(0, 100_000, 65_536)));
        assertEquals(
                Optional.of("/etc/subuid has no line \"alice:165530:10\""),
                LENT.missingUsers(new IdMapping(0, 165_530, 10)));
        assertEquals(Optional.of("/etc/subgid has no line \"alice:5:1\""), LENT.missingGroups(new IdMapping(0, 5, 1)));
    }

    @Test
    void containersHaveTheIdsThatAreMapped() {
        assertEquals(true, LENT.hasUser(65_546) && LENT.hasGroup(0));
        assertEquals(false, LENT.hasUser(65_547));
    }
}
