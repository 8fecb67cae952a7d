// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.plan;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.caisson.driver.DriverException;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.nativedriver.kernel.Descriptor;
import dev.caisson.nativedriver.kernel.Kernel;
import dev.caisson.nativedriver.kernel.KernelException;
import dev.caisson.nativedriver.kernel.SocketType;
import dev.caisson.nativedriver.oci.OciState;
import dev.caisson.nativedriver.seccomp.SeccompFilter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Who is asked about the calls of which a filter notifies: gets the descriptor of the notifications with a message about the
 * process (OCI runtime-spec, "The Container Process State").
 */
final class ListenerEntries {
    /** Stands for the pid while the message is built; in JSON it can't stand for anything else. */
    private static final String PID = "\0";

    private static final JsonFactory JSON = new JsonFactory();

    private final Kernel kernel;

    ListenerEntries(Kernel kernel) {
        this.kernel = kernel;
    }

    /** @param state of the container, as {@link OciState} has it */
    void write(PlanWriter plan, SeccompFilter.Listener listener, byte[] state) {
        int index = plan.own(connect(listener));
        plan.begin(EntryType.SECCOMP_LISTENER)
                .u32(index)
                .strings(message(listener, new String(state, StandardCharsets.UTF_8)))
                .end();
    }

    private Descriptor connect(SeccompFilter.Listener listener) {
        try {
            return kernel.sockets().connect(SocketType.STREAM, listener.socket().toString());
        } catch (KernelException refused) {
            throw new DriverException(
                    StandardErrorCode.INVALID_ARGUMENT,
                    "connect to the listener of security.seccomp at " + listener.socket(),
                    refused.errno().text(),
                    "start the program that answers notifications first",
                    refused);
        }
    }

    /** The parts between which the reader puts the pid. */
    private static List<String> message(SeccompFilter.Listener listener, String state) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("ociVersion", OciState.VERSION);
            json.writeArrayFieldStart("fds");
            json.writeString("seccompFd");
            json.writeEndArray();
            json.writeFieldName("pid");
            json.writeRawValue(PID);
            if (!listener.metadata().isEmpty()) {
                json.writeStringField("metadata", listener.metadata());
            }
            json.writeFieldName("state");
            json.writeRawValue(state);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("A string can't be written to", e);
        }
        return Arrays.asList(text.toString().split(PID, -1));
    }
}
