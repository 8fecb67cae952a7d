// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.criu;

import dev.caisson.driver.DriverException;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.nativedriver.record.VersionedRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * What CRIU's images do not hold of a container, because it is outside of it. It stands beside them.
 *
 * @param uid of the init, on the host
 * @param gid of the init, on the host
 * @param streams what the standard streams were, in the words of {@link StreamKeys}
 * @param mounts what was mounted from outside
 * @param points what was mounted on in the root itself
 */
public record CheckpointRecord(
        int uid, int gid, List<String> streams, List<OutsideMount> mounts, List<MountPoint> points) {
    private static final String FILE = "caisson.json";
    private static final VersionedRecord<CheckpointRecord> FORMAT = new VersionedRecord<>(
            CheckpointRecord.class, 1, FILE + " of the checkpoint", "use the version that wrote the checkpoint");

    public CheckpointRecord {
        streams = List.copyOf(streams);
        mounts = List.copyOf(mounts);
        points = List.copyOf(points);
    }

    void write(String doing, Path images) {
        Path file = images.resolve(FILE);
        try {
            Files.write(file, FORMAT.encode(this));
        } catch (IOException e) {
            throw new DriverException(
                    StandardErrorCode.INVALID_ARGUMENT,
                    doing,
                    file + " can't be written: " + e,
                    "give an image directory that this user may write to",
                    e);
        }
    }

    /** @throws DriverException INVALID_ARGUMENT if there is none, or one of another version */
    static CheckpointRecord read(String doing, Path images) {
        Path file = images.resolve(FILE);
        try {
            return FORMAT.decode(doing, Files.readAllBytes(file), StandardErrorCode.INVALID_ARGUMENT);
        } catch (NoSuchFileException e) {
            throw unreadable(doing, "there is no checkpoint in " + images + ": it has no " + FILE, e);
        } catch (IOException e) {
            throw unreadable(doing, file + " can't be read: " + e, e);
        }
    }

    private static DriverException unreadable(String doing, String why, IOException cause) {
        return new DriverException(
                StandardErrorCode.INVALID_ARGUMENT,
                doing,
                why,
                "give the image directory of a checkpoint that this driver has written",
                cause);
    }
}
