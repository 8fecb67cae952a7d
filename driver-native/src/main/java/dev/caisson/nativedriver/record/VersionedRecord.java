// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caisson.driver.DriverException;
import dev.caisson.driver.StandardErrorCode;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A kind of record as JSON with a version number, for a reader that may be another program version.
 *
 * @param type of the records
 * @param version that is written, and the only one that is read
 * @param name what messages call it, such as {@code its record}
 * @param remedy what to do about one that can't be read
 */
public record VersionedRecord<T extends Record>(Class<T> type, int version, String name, String remedy) {
    private static final String VERSION = "version";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** As bytes: JSON, without what is empty. */
    public byte[] encode(T content) {
        ObjectNode json = (ObjectNode) RecordWriter.write(content);
        json.put(VERSION, version);
        try {
            return JSON.writeValueAsBytes(json);
        } catch (IOException e) {
            throw new IllegalStateException("a tree of JSON can't be written", e);
        }
    }

    /**
     * Reads what {@link #encode} wrote.
     *
     * @param doing what it is read for, for messages
     * @param code what it means if it is of another version or damaged
     */
    public T decode(String doing, byte[] bytes, StandardErrorCode code) {
        try {
            JsonNode json = JSON.readTree(bytes);
            int found = json.path(VERSION).asInt();
            if (found != version) {
                throw unreadable(doing, code, "is of version " + found + ", this driver reads " + version, null);
            }
            ((ObjectNode) json).remove(VERSION);
            return type.cast(RecordReader.read(json, type));
        } catch (IOException | IllegalArgumentException damaged) {
            throw unreadable(doing, code, "is damaged: " + damaged.getMessage(), damaged);
        }
    }

    private DriverException unreadable(String doing, StandardErrorCode code, String why, @Nullable Throwable cause) {
        return new DriverException(code, doing, name + " " + why, remedy, cause);
    }
}
