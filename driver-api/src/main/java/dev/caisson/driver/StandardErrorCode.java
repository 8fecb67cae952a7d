// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver;

/** Caisson's own codes. */
public enum StandardErrorCode implements ErrorCode {
    INVALID_COMMAND(ErrorKind.USER, 1),
    INVALID_OPTIONS(ErrorKind.USER, 2),
    INVALID_ARGUMENT(ErrorKind.USER, 3),
    NO_SUCH_CONTAINER(ErrorKind.NOT_FOUND, 1),
    NO_SUCH_PROCESS(ErrorKind.NOT_FOUND, 2),
    NO_SUCH_DRIVER(ErrorKind.NOT_FOUND, 3),
    ID_TAKEN(ErrorKind.WRONG_STATE, 1),
    NOT_RUNNING(ErrorKind.WRONG_STATE, 2),
    NOT_CREATED(ErrorKind.WRONG_STATE, 3),
    STILL_RUNNING(ErrorKind.WRONG_STATE, 4),
    PAUSED(ErrorKind.WRONG_STATE, 5),
    NOT_PAUSED(ErrorKind.WRONG_STATE, 6),
    DRIVER_CLOSED(ErrorKind.WRONG_STATE, 7),
    STATE_ROOT_TAKEN(ErrorKind.WRONG_STATE, 8),
    STREAMS_CONNECTED(ErrorKind.WRONG_STATE, 9),
    EXEC_RUNNING(ErrorKind.WRONG_STATE, 10),
    PORT_TAKEN(ErrorKind.WRONG_STATE, 11),
    ADDRESS_TAKEN(ErrorKind.WRONG_STATE, 12),
    UNSUPPORTED_FEATURE(ErrorKind.UNSUPPORTED, 1),
    UNSUPPORTED_FIELD(ErrorKind.UNSUPPORTED, 2),
    KERNEL_LACKS(ErrorKind.MACHINE, 1),
    CONTROLLER_LACKS(ErrorKind.MACHINE, 2),
    NOT_PERMITTED(ErrorKind.MACHINE, 3),
    NO_SPACE(ErrorKind.MACHINE, 4),
    TOOL_LACKS(ErrorKind.MACHINE, 5),
    LIMIT_REFUSED(ErrorKind.MACHINE, 6),
    TOOL_FAILED(ErrorKind.MACHINE, 7),
    LAUNCH_FAILED(ErrorKind.LAUNCH, 1),
    COMMAND_NOT_FOUND(ErrorKind.LAUNCH, 2),
    COMMAND_NOT_EXECUTABLE(ErrorKind.LAUNCH, 3),
    HOOK_FAILED(ErrorKind.LAUNCH, 4),
    HELPER_DIED(ErrorKind.INTERNAL, 1),
    PROTOCOL(ErrorKind.INTERNAL, 2),
    STREAM_FAILED(ErrorKind.INTERNAL, 3),
    INTERNAL(ErrorKind.INTERNAL, 999);

    private final ErrorKind kind;
    private final int number;

    StandardErrorCode(ErrorKind kind, int offset) {
        this.kind = kind;
        this.number = kind.base() + offset;
    }

    @Override
    public int number() {
        return number;
    }

    @Override
    public ErrorKind kind() {
        return kind;
    }
}
