// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.oci;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.caisson.driver.command.Command;
import dev.caisson.driver.command.Rootfs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;

/** A container's state as hooks get it: OCI runtime-spec, "State". */
public final class OciState {
    /** The words of the specification. */
    public enum Status {
        CREATING,
        CREATED,
        RUNNING,
        STOPPED
    }

    /** Annotation that says what the state gives as bundle; an OCI front sets it. */
    public static final String BUNDLE = "dev.caisson.bundle";

    /** Of the runtime-spec. */
    public static final String VERSION = "1.3.0";

    private static final JsonFactory JSON = new JsonFactory();

    private OciState() {}

    /**
     * Returns the state as UTF-8.
     *
     * @param pid of the init, 0 for a stopped one: then it is left out
     */
    public static byte[] of(Command command, Status status, int pid) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("ociVersion", VERSION);
            json.writeStringField("id", command.id().value());
            json.writeStringField("status", status.name().toLowerCase(Locale.ROOT));
            if (pid != 0) {
                json.writeNumberField("pid", pid);
            }
            json.writeStringField("bundle", bundle(command));
            if (!command.annotations().isEmpty()) {
                json.writeObjectFieldStart("annotations");
                for (Map.Entry<String, String> annotation :
                        command.annotations().entrySet()) {
                    json.writeStringField(annotation.getKey(), annotation.getValue());
                }
                json.writeEndObject();
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("A byte array can't be written to", e);
        }
        return bytes.toByteArray();
    }

    /** Without one from an OCI front it is where the root filesystem is. */
    private static String bundle(Command command) {
        String given = command.annotations().get(BUNDLE);
        if (given != null) {
            return given;
        }
        return switch (command.rootfs().source()) {
            case Rootfs.Directory directory -> directory.path().toString();
            case Rootfs.Overlay overlay -> overlay.layers().get(0).toString();
            case Rootfs.HostCopy copy -> "/";
        };
    }
}
