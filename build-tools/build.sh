# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2154
#
# Sourced by ./caisson and ./check, with root set to the source tree and dist to its dist/.

# shellcheck source=cli/src/dist/lib/jdk.sh
. "$root/cli/src/dist/lib/jdk.sh"

# say TEXT: one line for the person who waits.
say() {
    echo "${0##*/}: $*" >&2
}

# have_apt: can we install packages?
have_apt() {
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null
}

# apt_install LOG PACKAGE...: quietly; the output goes to LOG.
apt_install() {
    apt_log=$1
    shift
    say "installing $*"
    if apt_update "$apt_log" &&
        DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" >>"$apt_log" 2>&1 </dev/null; then
        return 0
    fi
    say "apt-get could not install $*:"
    tail -n 15 "$apt_log" >&2
    return 1
}

# apt_install_some LOG PACKAGE...: those of the packages that this distribution has.
apt_install_some() {
    apt_log=$1
    shift
    apt_update "$apt_log"
    apt_known='' apt_unknown=''
    for package; do
        if apt-cache show "$package" >/dev/null 2>&1; then
            apt_known="$apt_known $package"
        else
            apt_unknown="$apt_unknown $package"
        fi
    done
    [ -z "$apt_unknown" ] || say "not in this distribution, tests that use them are skipped:$apt_unknown"
    # shellcheck disable=SC2086 # a list of packages
    [ -z "$apt_known" ] || apt_install "$apt_log" $apt_known
}

# apt_update LOG: fetches the package lists, once.
apt_update() {
    [ -z "${apt_updated:-}" ] || return 0
    apt-get update >>"$1" 2>&1 </dev/null || return 1
    apt_updated=yes
}

# ensure_tools LOG: a JDK, Maven, make and a C compiler with static linking are there afterwards, or it says what is missing.
ensure_tools() {
    missing=
    command -v mvn >/dev/null || missing="$missing maven"
    command -v make >/dev/null || missing="$missing make"
    command -v musl-gcc >/dev/null || command -v gcc >/dev/null || missing="$missing gcc musl-tools libc6-dev"
    ldconfig -p 2>/dev/null | grep -q libseccomp.so.2 || missing="$missing libseccomp2"
    if [ -n "$missing" ]; then
        if ! have_apt; then
            say "the build lacks (names of Debian's packages):$missing; install them, then run this again"
            return 1
        fi
        # shellcheck disable=SC2086 # a list of packages
        apt_install "$1" $missing || return 1
    fi
    jdk_find && [ -x "$java_home/bin/javac" ] && return
    ! have_apt || apt_install "$1" "openjdk-$CAISSON_JAVA_LEAST-jdk-headless" 2>/dev/null
    jdk_find && [ -x "$java_home/bin/javac" ] && return
    jdk_explain
    return 1
}

# maven LOG ARGUMENT...: runs Maven with the JDK found. The log takes all it says; with show_tests set each test class is
# told, and on a terminal each module.
maven() {
    maven_log=$1
    shift
    {
        JAVA_HOME=$java_home mvn -B -ntp -Dstyle.color=never -f "$root/pom.xml" "$@" 2>&1 </dev/null
        printf "\nMaven's exit status: %s\n" $?
    } | while IFS= read -r line; do
        echo "$line"
        case $line in
            *'] Building Caisson'*) maven_progress "${line##*Building }" ;;
            *'Tests run:'*' -- in '*)
                [ -z "${show_tests:-}" ] || echo "  ${line##* -- in }: ${line%%, Time elapsed*}" | sed 's/\[[A-Z]*\] //' >&2
                ;;
        esac
    done >>"$maven_log"
    maven_progress ""
    [ "$(tail -n 1 "$maven_log")" = "Maven's exit status: 0" ]
}

# maven_explain LOG: says on stderr why a build failed.
maven_explain() {
    say "the build failed:"
    grep -E '^\[ERROR\]|: error: ' "$1" | head -n 15 >&2
    say "all of it: $1"
}

# maven_progress TEXT: on a terminal, a line that the next one replaces.
maven_progress() {
    [ -t 2 ] || return 0
    # shellcheck disable=SC2086 # so that Maven's many blanks become one
    set -- $1
    printf '\r\033[K%s' "${1:+${0##*/}: building $*}" >&2
}

# build: brings dist/ up to date, once, whoever else starts at the same time.
build() {
    mkdir -p "$root/target" || return 1
    # The lock is on the directory of the tree: no file to leave behind. It ends with file descriptor 9.
    {
        flock 9 || return 1
        stale || return 0
        log=$root/target/build.log
        [ -e "$dist/.built" ] && first_time= || first_time=yes
        : >"$log"
        say "building${first_time:+ (about a minute, the first time only)}"
        ensure_tools "$log" 9<&- || return 1
        maven "$log" -pl cli -am -DskipTests -Dmaven.test.skip package 9<&- && return 0
        maven_explain "$log"
        return 1
    } 9<"$root"
}
