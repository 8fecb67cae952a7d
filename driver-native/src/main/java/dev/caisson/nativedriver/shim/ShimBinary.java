// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.shim;

import dev.caisson.driver.DriverException;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.nativedriver.kernel.Descriptor;
import dev.caisson.nativedriver.kernel.Kernel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * The shim's program, which travels in our jar. It runs from a sealed file in memory, so that no container, not even one
 * that reaches the host's /proc, can write to what the host executes (CVE-2019-5736).
 */
public final class ShimBinary {
    private final Kernel kernel;

    public ShimBinary(Kernel kernel) {
        this.kernel = kernel;
    }

    private static String resource() {
        String machine = System.getProperty("os.arch");
        return "/META-INF/native/linux-" + (machine.equals("amd64") ? "x86_64" : machine) + "/caisson-shim";
    }

    /** Returns true if our jar has the program for this machine's architecture. */
    public static boolean isPresent() {
        return ShimBinary.class.getResource(resource()) != null;
    }

    /**
     * Returns the program as a sealed file in memory.
     *
     * @throws DriverException MACHINE if there is none for this architecture
     */
    Descriptor open() {
        try (InputStream program = ShimBinary.class.getResourceAsStream(resource())) {
            if (program == null) {
                throw new DriverException(
                        StandardErrorCode.KERNEL_LACKS,
                        "find the helper process caisson-shim",
                        "there is no " + resource() + " on the class path",
                        "use a build of caisson-driver-native for this machine's architecture");
            }
            byte[] bytes = program.readAllBytes();
            ByteBuffer content =
                    ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
            return kernel.descriptors().sealedProgram("caisson-shim", content);
        } catch (IOException e) {
            throw new DriverException(
                    StandardErrorCode.INTERNAL, "read the helper process caisson-shim", String.valueOf(e), "", e);
        }
    }
}
