// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** An open file of this JVM whose descriptor's number is known, which Java doesn't tell by itself. */
public final class OpenFile implements AutoCloseable {
    private final RandomAccessFile file;
    private final int number;

    private OpenFile(RandomAccessFile file, Path path) throws IOException {
        this.file = file;
        this.number = find(path.toRealPath());
    }

    /** Opens a file for reading. */
    public static OpenFile reading(Path path) throws IOException {
        return new OpenFile(new RandomAccessFile(path.toFile(), "r"), path);
    }

    /** Makes and opens a file for writing. */
    public static OpenFile writing(Path path) throws IOException {
        return new OpenFile(new RandomAccessFile(path.toFile(), "rw"), path);
    }

    private static int find(Path path) throws IOException {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path descriptor : descriptors) {
                if (Files.exists(descriptor)
                        && Files.readSymbolicLink(descriptor).equals(path)) {
                    return Integer.parseInt(descriptor.getFileName().toString());
                }
            }
        }
        throw new IOException("no descriptor of this process refers to " + path);
    }

    /** Returns its descriptor. */
    public int number() {
        return number;
    }

    /** Writes at its end; fails if someone else has closed it. */
    public void write(String text) throws IOException {
        file.seek(file.length());
        file.write(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
