# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2034,SC2154
#
# Sourced after jdk.sh. The start-up cache is the JDK's ahead-of-time cache (JEP 483, 514): classes parsed, linked and
# initialised once, mapped at each start. docs/decisions/0002-start-up-cache.md tells what was measured.

# What every start of the commands has in common; a cache serves only the collector and object layout it was made with.
# The serial collector and the first compiler are the quickest to be there; -UsePerfData leaves no file in /tmp; what the
# JVM itself has to say, such as the threads on a SIGQUIT, or that a cache doesn't fit, is not for the user's stdout.
CAISSON_JVM="-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData -XX:+DisplayVMOutputToStderr -Xlog:disable -Xlog:all=error:stderr"

# cache_look LIB: sets start_up_cache and cache_wanted_key, and tells whether that cache was made from LIB's jars. An empty
# cache is one that could not be made. The JVM compares nothing (25.0.3 runs the old classes from the cache after a jar
# has been replaced), so the key beside the cache does: size and time of each jar.
cache_look() {
    start_up_cache=$1/caisson-$java_version.aot
    # shellcheck disable=SC2046 # one word for each jar
    set -- $(stat -L -c %s:%Y "$1"/*.jar)
    cache_wanted_key=$*
    cache_key=
    [ ! -r "$start_up_cache.key" ] || read -r cache_key <"$start_up_cache.key" || cache_key=
    [ "$cache_key" = "$cache_wanted_key" ]
}

# cache_create LIB: makes the cache that cache_look missed. Whatever happens, no later start tries again with these jars;
# on failure the log beside it tells why.
cache_create() {
    cache_new=$start_up_cache.$$
    # The training: one real container, or as much of one as this user and machine can have.
    # shellcheck disable=SC2086 # CAISSON_JVM is a list
    timeout 120 "$java_home/bin/java" $CAISSON_JVM -XX:AOTCacheOutput="$cache_new" \
        -Djffi.boot.library.path="$1" -jar "$1/caisson.jar" run -- true >"$cache_new.log" 2>&1 </dev/null
    # shellcheck disable=SC2086
    if [ -s "$cache_new" ] && "$java_home/bin/java" $CAISSON_JVM -XX:AOTMode=on -XX:AOTCache="$cache_new" \
        -Djffi.boot.library.path="$1" -jar "$1/caisson.jar" --version >>"$cache_new.log" 2>&1 </dev/null; then
        cache_made=0
    else
        : >"$cache_new"
        cache_made=1
    fi
    echo "$cache_wanted_key" >"$cache_new.key"
    # The cache goes in before its key: with the old key nobody takes it.
    mv -f "$cache_new.log" "$start_up_cache.log" &&
        mv -f "$cache_new" "$start_up_cache" &&
        mv -f "$cache_new.key" "$start_up_cache.key" && cache_key=$cache_wanted_key && return "$cache_made"
}
