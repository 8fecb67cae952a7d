// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.caisson.driver.StartCallback;
import dev.caisson.driver.command.ContainerPath;
import dev.caisson.driver.command.Defaults;
import dev.caisson.driver.command.IdMapping;
import dev.caisson.driver.command.IdMappings;
import dev.caisson.driver.command.Mount;
import dev.caisson.driver.command.MountFlags;
import dev.caisson.driver.command.Namespaces;
import dev.caisson.driver.command.UserNamespace;
import dev.caisson.driver.pipes.Pipes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whose a container's cgroups are. */
class CgroupOwnersRootTest {
    /**
     * In each tree: a group of one's own, and back; then a limit that is not one's own. A new cpuset of version 1 takes
     * nobody before it has processors, which are a limit.
     */
    private static final String SCRIPT = """
            cd /sys/fs/cgroup
            [ -e cgroup.procs ] && trees=. || trees=$(ls)
            for tree in $trees; do
                if [ -L $tree ] || [ $tree = cpuset ]; then continue; fi
                busybox mkdir $tree/own && echo $$ >$tree/own/cgroup.procs &&
                    echo $$ >$tree/cgroup.procs && busybox rmdir $tree/own || echo no $tree
            done
            for limit in ./pids.max pids/pids.max; do
                if [ -e $limit ] && (echo 5 >$limit) 2>/dev/null; then echo changed $limit; fi
            done
            echo done
            """;

    private LiveDriver live;

    @BeforeEach
    void open() throws Exception {
        live = LiveDriver.tied();
    }

    @AfterEach
    void close() throws Exception {
        live.close();
    }

    private String said(String name, MountFlags flags) throws InterruptedException {
        IdMappings maps =
                new IdMappings(List.of(new IdMapping(0, 100_000, 1000)), List.of(new IdMapping(0, 200_000, 1000)));
        List<Mount> mounts = Stream.concat(
                        Defaults.mounts().stream().filter(mount -> !(mount.kind() instanceof Mount.Cgroup)),
                        Stream.of(Mount.cgroup(ContainerPath.of("/sys/fs/cgroup"), flags)))
                .toList();
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        live.driver()
                .run(
                        live.command(name, "sh", "-c", SCRIPT)
                                .namespaces(Namespaces.standard().withUser(UserNamespace.mapped(maps)))
                                .mounts(mounts)
                                .build(),
                        Pipes.combined(output),
                        StartCallback.NONE);
        return output.toString(StandardCharsets.UTF_8);
    }

    @Test
    void theRootOfAUserNamespaceMakesItsOwn() throws InterruptedException {
        assertEquals("done\n", said("own", MountFlags.of()));
    }
}
