# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2034
#
# Sourced by every script that needs Java. It starts no process where JAVA_HOME or a directory below /usr/lib/jvm
# serves, since it runs before each command.

CAISSON_JAVA_LEAST=25

# jdk_accept DIR: is DIR a Java of at least CAISSON_JAVA_LEAST? Sets java_home and java_version (such as 25.0.1+8-LTS).
jdk_accept() {
    [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return 1
    java_feature=0 java_version=
    while IFS='=' read -r jdk_key jdk_value; do
        jdk_value=${jdk_value#\"}
        jdk_value=${jdk_value%\"}
        case $jdk_key in
            JAVA_VERSION) java_feature=${jdk_value%%[!0-9]*} java_version=${java_version:-$jdk_value} ;;
            JAVA_RUNTIME_VERSION) java_version=$jdk_value ;;
        esac
    done <"$1/release"
    [ "${java_feature:-0}" -ge "$CAISSON_JAVA_LEAST" ] || return 1
    java_home=$1
}

# jdk_find: JAVA_HOME first, then the usual directories, then the java of PATH.
jdk_find() {
    for jdk_dir in "${JAVA_HOME:-}" /usr/lib/jvm/* /opt/java/* /opt/jdk* "${HOME:-}"/.sdkman/candidates/java/*; do
        jdk_accept "$jdk_dir" && return
    done
    jdk_java=$(command -v java) && jdk_java=$(readlink -f "$jdk_java") && jdk_accept "${jdk_java%/bin/java}"
}

# jdk_explain: says on stderr how this distribution gets a JDK.
jdk_explain() {
    jdk_os=
    # shellcheck disable=SC1091 # the file is the machine's
    [ -r /etc/os-release ] && jdk_os=$(. /etc/os-release && echo "$ID ${ID_LIKE:-}")
    {
        echo "caisson: no Java $CAISSON_JAVA_LEAST or later found (looked at JAVA_HOME, /usr/lib/jvm, /opt, SDKMAN and PATH)."
        echo "Install one, then run this again:"
        case " $jdk_os " in
            *' debian '* | *' ubuntu '*)
                echo "  apt-get install openjdk-$CAISSON_JAVA_LEAST-jdk-headless"
                echo "or, where the distribution has no such package, Eclipse Temurin's (https://adoptium.net/installation/linux):"
                echo "  apt-get install wget gpg"
                echo "  wget -qO- https://packages.adoptium.net/artifactory/api/gpg/key/public | gpg --dearmor -o /usr/share/keyrings/adoptium.gpg"
                # shellcheck disable=SC2016 # to be expanded by the reader's shell
                echo '  echo "deb [signed-by=/usr/share/keyrings/adoptium.gpg] https://packages.adoptium.net/artifactory/deb $(. /etc/os-release && echo $VERSION_CODENAME) main" >/etc/apt/sources.list.d/adoptium.list'
                echo "  apt-get update && apt-get install temurin-$CAISSON_JAVA_LEAST-jdk"
                ;;
            *' fedora '* | *' rhel '* | *' centos '*) echo "  dnf install java-$CAISSON_JAVA_LEAST-openjdk-devel" ;;
            *' suse '* | *' opensuse '*) echo "  zypper install java-$CAISSON_JAVA_LEAST-openjdk-devel" ;;
            *' arch '*) echo "  pacman -S jdk-openjdk" ;;
            *' alpine '*) echo "  apk add openjdk$CAISSON_JAVA_LEAST-jdk" ;;
            *) echo "  from https://adoptium.net, unpacked anywhere, with JAVA_HOME pointing at it" ;;
        esac
    } >&2
}
