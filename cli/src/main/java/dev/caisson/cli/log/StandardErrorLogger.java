// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.log;

import dev.caisson.cli.Messages;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/** Says warnings and errors on standard error; all else is for programs that bring a backend of their own. */
final class StandardErrorLogger extends LegacyAbstractLogger {
    private static final long serialVersionUID = 1;

    StandardErrorLogger(String name) {
        this.name = name;
    }

    @Override
    protected @Nullable String getFullyQualifiedCallerName() {
        return null;
    }

    @Override
    protected void handleNormalizedLoggingCall(
            Level level,
            @Nullable Marker marker,
            String pattern,
            Object @Nullable [] arguments,
            @Nullable Throwable failure) {
        String text = MessageFormatter.basicArrayFormat(pattern, arguments);
        String why = failure == null ? "" : ": " + failure;
        new Messages(System.err).say((level == Level.WARN ? "warning: " : "") + text + why);
    }

    @Override
    public boolean isTraceEnabled() {
        return false;
    }

    @Override
    public boolean isDebugEnabled() {
        return false;
    }

    @Override
    public boolean isInfoEnabled() {
        return false;
    }

    @Override
    public boolean isWarnEnabled() {
        return true;
    }

    @Override
    public boolean isErrorEnabled() {
        return true;
    }
}
