// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.sim;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/** To what a simulated process's descriptors can refer. */
final class Streams {
    private Streams() {}

    /** Where bytes come from. */
    interface Source {
        int read(byte[] buffer) throws InterruptedException;

        String description();

        void close();

        default Optional<BoundedPipe> pipe() {
            return Optional.empty();
        }
    }

    /** Where bytes go. */
    interface Sink {
        void write(byte[] bytes, int offset, int length) throws InterruptedException;

        String description();

        void close();

        default Optional<BoundedPipe> pipe() {
            return Optional.empty();
        }
    }

    static Source empty(String description) {
        return fromStream(InputStream.nullInputStream(), description);
    }

    static Source fromStream(InputStream stream, String description) {
        return new Source() {
            @Override
            public int read(byte[] buffer) {
                try {
                    return stream.read(buffer);
                } catch (IOException failed) {
                    throw new UncheckedIOException(failed);
                }
            }

            @Override
            public String description() {
                return description;
            }

            @Override
            public void close() {
                try {
                    stream.close();
                } catch (IOException failed) {
                    throw new UncheckedIOException(failed);
                }
            }
        };
    }

    static Source fromPipe(BoundedPipe pipe, String description) {
        return new Source() {
            @Override
            public int read(byte[] buffer) throws InterruptedException {
                return pipe.read(buffer);
            }

            @Override
            public String description() {
                return description;
            }

            @Override
            public void close() {
                pipe.closeReader();
            }

            @Override
            public Optional<BoundedPipe> pipe() {
                return Optional.of(pipe);
            }
        };
    }

    static Sink nowhere(String description) {
        return new Sink() {
            @Override
            public void write(byte[] bytes, int offset, int length) {
                // Nobody wants it.
            }

            @Override
            public String description() {
                return description;
            }

            @Override
            public void close() {
                // There is nothing to close.
            }
        };
    }

    static Sink toStream(OutputStream stream) {
        return new Sink() {
            @Override
            public void write(byte[] bytes, int offset, int length) {
                try {
                    stream.write(bytes, offset, length);
                } catch (IOException failed) {
                    throw new UncheckedIOException(failed);
                }
            }

            @Override
            public String description() {
                return "regular file;0:4;0:0";
            }

            @Override
            public void close() {
                try {
                    stream.close();
                } catch (IOException failed) {
                    throw new UncheckedIOException(failed);
                }
            }
        };
    }

    static Sink toPipe(BoundedPipe pipe, String description) {
        return new Sink() {
            @Override
            public void write(byte[] bytes, int offset, int length) throws InterruptedException {
                pipe.write(bytes, offset, length);
            }

            @Override
            public String description() {
                return description;
            }

            @Override
            public void close() {
                pipe.closeWriter();
            }

            @Override
            public Optional<BoundedPipe> pipe() {
                return Optional.of(pipe);
            }
        };
    }

    /** Keeps everything back until it is closed; the other one must not be closed before. */
    static Sink held(Sink other) {
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        return new Sink() {
            @Override
            public void write(byte[] bytes, int offset, int length) {
                kept.write(bytes, offset, length);
            }

            @Override
            public String description() {
                return other.description();
            }

            @Override
            public void close() {
                // Too late: the other end is closed already, and what was kept is lost.
            }
        };
    }
}
