// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.plan;

import dev.caisson.driver.DriverException;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.nativedriver.kernel.Descriptor;
import dev.caisson.nativedriver.kernel.Kernel;
import dev.caisson.nativedriver.kernel.KernelException;
import dev.caisson.nativedriver.kernel.OpenFlag;
import java.nio.file.Path;

/** Opens namespaces by their files, and only what is one. */
final class NamespaceFiles {
    private final Kernel kernel;

    NamespaceFiles(Kernel kernel) {
        this.kernel = kernel;
    }

    /**
     * Opens a namespace of that kind.
     *
     * @throws DriverException of kind USER, naming the field, if there is none at that path
     */
    Descriptor open(NamespaceKind kind, Path path) {
        Descriptor file;
        try {
            file = kernel.files().open(path.toString(), OpenFlag.READ, OpenFlag.NON_BLOCKING);
        } catch (KernelException refused) {
            throw refusal(kind, path, refused.errno().text(), refused);
        }
        try {
            int flag = kernel.processes().namespaceType(file);
            if (flag != kind.flag()) {
                throw refusal(kind, path, flag == 0 ? "it is no namespace" : "it is a namespace of another kind", null);
            }
            return file;
        } catch (KernelException | DriverException failed) {
            file.close();
            throw failed;
        }
    }

    private static DriverException refusal(
            NamespaceKind kind, Path path, String why, @org.jspecify.annotations.Nullable Throwable cause) {
        return new DriverException(
                StandardErrorCode.INVALID_ARGUMENT,
                "open the namespace of " + kind.field() + " at " + path,
                why,
                "give a file such as /proc/PID/ns/" + kind.file() + ", or a place where one is mounted",
                cause);
    }
}
