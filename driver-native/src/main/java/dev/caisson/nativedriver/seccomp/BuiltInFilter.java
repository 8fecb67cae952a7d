// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.seccomp;

import dev.caisson.driver.command.Capabilities;
import dev.caisson.nativedriver.kernel.Kernel;
import dev.caisson.nativedriver.kernel.jnr.JnrKernel;
import dev.caisson.nativedriver.machine.CapabilityMask;
import dev.caisson.nativedriver.machine.KernelVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The filter of a container as Docker makes it, compiled when this driver was built: a command line that starts one container
 * would spend 50 ms on compiling it, and needs no libseccomp so. Any other is compiled when it is wanted.
 */
public final class BuiltInFilter {
    /** The capabilities that it is for. */
    static final long CAPABILITIES = CapabilityMask.of(Capabilities.standard().bounding());

    private static final String FILE = "docker.seccomp";

    private BuiltInFilter() {}

    /** Returns the filter for an architecture, if this build has one. */
    static Optional<SeccompFilter> load(Architecture architecture) {
        String resource = "/META-INF/native/linux-" + architecture.machine() + "/" + FILE;
        try (InputStream stream = BuiltInFilter.class.getResourceAsStream(resource)) {
            if (stream == null) {
                return Optional.empty();
            }
            ByteBuffer content = ByteBuffer.wrap(stream.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
            int flags = content.getInt();
            byte[] instructions = new byte[content.remaining()];
            content.get(instructions);
            return Optional.of(new SeccompFilter(flags, instructions, Optional.empty()));
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + resource, e);
        }
    }

    /** The profile for this machine, with the conditions of kernels settled as for all that this driver runs on. */
    static SeccompFilter compile(Kernel kernel, Architecture architecture) {
        // The only such condition of the profile is Linux 4.8; clone3 and openat2 need 5.6 anyway.
        SeccompTarget target = new SeccompTarget(architecture, new KernelVersion(5, 6), CAPABILITIES);
        return new ProfileCompiler(kernel).compile(DockerProfile.get().resolve(target));
    }

    /**
     * Writes it. The build calls this.
     *
     * @param args the directory
     */
    public static void main(String[] args) throws IOException {
        Kernel kernel = new JnrKernel();
        Architecture architecture =
                Architecture.ofMachine(kernel.processes().systemName().machine());
        SeccompFilter filter = compile(kernel, architecture);
        ByteBuffer content = ByteBuffer.allocate(Integer.BYTES + filter.instructions().length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(filter.flags())
                .put(filter.instructions());
        Path directory = Path.of(args[0]);
        Files.createDirectories(directory);
        Files.write(directory.resolve(FILE), content.array());
    }
}
