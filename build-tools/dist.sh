#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# dist.sh DIST MAIN_JAR CLASS_PATH_FILE STARTED JAVA_HOME
#
# Brings DIST up to date: DIST/bin and DIST/lib from cli/src/dist, MAIN_JAR as lib/caisson.jar, the jars that CLASS_PATH_FILE
# names (separated by colons) beside it, and the start-up cache. STARTED is when the build began (yyyyMMddHHmmssSSS, UTC):
# it becomes the time of DIST/.built, which ./caisson compares with the sources.
#
# A file is replaced by rename, and only where its content differs: a command that is running keeps the jars it opened,
# and an unchanged jar keeps its time, by which the start-up cache knows it.
set -eu

dist=$1 main_jar=$2 class_path_file=$3 started=$4
here=$(cd "$(dirname "$0")" && pwd)
scripts=$here/../cli/src/dist
# shellcheck source=cli/src/dist/lib/jdk.sh
. "$scripts/lib/jdk.sh"
# shellcheck source=cli/src/dist/lib/start-up-cache.sh
. "$scripts/lib/start-up-cache.sh"
jdk_accept "$5"

changed=no

# put SOURCE TARGET: TARGET becomes a copy of SOURCE
put() {
    if ! cmp -s "$1" "$2"; then
        cp "$1" "$2.new.$$"
        mv -f "$2.new.$$" "$2"
        changed=yes
    fi
}

# put_library JAR: jffi's own shared library, which it would unpack to /tmp at each start (17 ms) where it finds none
put_library() {
    library=libjffi-1.2.so
    unpacked=$(mktemp -d)
    (cd "$unpacked" && "$java_home/bin/jar" xf "$1" "jni/$(uname -m)-Linux/$library")
    put "$unpacked/jni/$(uname -m)-Linux/$library" "$dist/lib/$library"
    rm -rf "$unpacked"
}

mkdir -p "$dist/bin" "$dist/lib"
for file in bin/caisson lib/jdk.sh lib/start-up-cache.sh; do
    put "$scripts/$file" "$dist/$file"
done

put "$main_jar" "$dist/lib/caisson.jar"
wanted=" caisson.jar "
class_path=$(cat "$class_path_file")
IFS=:
for jar in $class_path; do
    name=${jar##*/}
    wanted="$wanted$name "
    put "$jar" "$dist/lib/$name"
    case $name in
        jffi-*-native.jar) put_library "$jar" ;;
    esac
done
unset IFS
for jar in "$dist"/lib/*.jar; do
    case $wanted in
        *" ${jar##*/} "*) ;;
        *) rm -f "$jar" ;;
    esac
done

[ "$changed" = no ] || rm -f "$dist"/lib/*.aot*
if ! cache_look "$dist/lib" && ! cache_create "$dist/lib"; then
    echo "No start-up cache could be made, starts will be slower: $start_up_cache.log says why" >&2
fi

instant=$(echo "$started" | sed 's/^\(....\)\(..\)\(..\)\(..\)\(..\)\(..\)\(...\)$/\1-\2-\3T\4:\5:\6.\7Z/')
touch -d "$instant" "$dist/.built"
