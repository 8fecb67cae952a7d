// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.shim;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** What an init says through its gate when there is no shim any more: struct msg_failed, then text. */
public final class GateAnswer {
    private GateAnswer() {}

    /**
     * Reads it.
     *
     * @throws MalformedMessageException if it is none
     */
    public static LaunchFailedException read(byte[] answer) {
        ByteBuffer body = ByteBuffer.wrap(answer).order(ByteOrder.LITTLE_ENDIAN);
        return new LaunchFailedException(MessageReader.failed(Protocol.NO_TAG, body));
    }
}
