# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2154
#
# Sourced by ./check, with root set to the source tree: a CRIU that works on new kernels, for the tests of checkpoints.
#
# Debian 12 has CRIU 3.17, which fails on kernels from 6.0 on. A newer one is in Debian's next release, sid, but so is a newer
# libc that it needs. So it is unpacked, with all that it links to, into a directory of its own, and run by the loader that
# stands there; no package of the machine is touched. It stays in target/criu for the next time.

criu_home=$root/target/criu

# ensure_criu LOG: puts a CRIU that will do first in PATH, if there is one or can be had.
ensure_criu() {
    if criu_will_do criu; then
        return
    fi
    if ! criu_will_do "$criu_home/bin/criu"; then
        rm -rf "$criu_home" "$criu_home.new"
        if ! criu_fetch "$criu_home.new" >>"$1" 2>&1 || ! mv "$criu_home.new" "$criu_home"; then
            rm -rf "$criu_home.new"
            say "no CRIU 3.19 or later (${criu_lacks:-the log says why}): tests of checkpoints are skipped"
            return
        fi
        say "installed $("$criu_home/bin/criu" --version | head -n 1) in $criu_home"
    fi
    PATH=$criu_home/bin:$PATH
    export PATH
}

# criu_will_do PROGRAM: is it there, and 3.19 or later?
criu_will_do() {
    criu_version=$("$1" --version 2>/dev/null | sed -n 's/^Version: //p')
    [ -n "$criu_version" ] && [ "$(printf '3.19\n%s\n' "$criu_version" | sort -V | head -n 1)" = 3.19 ]
}

# criu_fetch DIRECTORY: unpacks CRIU and its libraries from sid there.
criu_fetch() {
    criu_lacks=
    if ! have_apt || ! command -v dpkg-deb >/dev/null; then
        criu_lacks="only root on a machine with apt-get can install it"
        return 1
    fi
    keys=/usr/share/keyrings/debian-archive-keyring.gpg
    # The mirror that this machine has its packages from.
    # shellcheck disable=SC2016 # apt-get's own variables
    mirror=$(apt-get indextargets --format '$(LABEL) $(REPO_URI)' 'Created-By: Packages' | sed -n 's/^Debian //p' | head -n 1)
    if [ -z "$mirror" ] || [ ! -r "$keys" ]; then
        criu_lacks="this is no Debian with its archive keys in $keys"
        return 1
    fi
    mkdir -p "$1/apt/lists/partial" "$1/apt/cache/archives/partial" || return 1
    echo "deb [signed-by=$keys] $mirror sid main" >"$1/apt/sources.list"
    # As on an empty machine: so all that CRIU needs is fetched, down to libc.
    : >"$1/apt/status"
    cat >"$1/apt/conf" <<CONF
Dir::Etc::sourcelist "$1/apt/sources.list";
Dir::Etc::sourceparts "/dev/null";
Dir::State::lists "$1/apt/lists";
Dir::State::status "$1/apt/status";
Dir::Cache "$1/apt/cache";
APT::Install-Recommends "false";
APT::Sandbox::User "root";
Acquire::Languages "none";
CONF
    APT_CONFIG=$1/apt/conf apt-get update || return 1
    APT_CONFIG=$1/apt/conf apt-get install -y --download-only criu || return 1
    for package in "$1"/apt/cache/archives/*.deb; do
        dpkg-deb -x "$package" "$1" || return 1
    done
    rm -rf "$1/apt"
    criu_wrap "$1"
}

# criu_wrap DIRECTORY: bin/criu runs what was unpacked there, wherever the directory is moved to.
criu_wrap() {
    loader=$(cd "$1" && ls usr/lib*/ld-linux-*.so.[0-9]) || return 1
    mkdir -p "$1/bin"
    cat >"$1/bin/criu" <<WRAPPER || return 1
#!/bin/sh
home=\$(dirname "\$0")/..
exec "\$home/$loader" --library-path "\$(echo "\$home"/usr/lib/*-linux-gnu)" "\$home/usr/sbin/criu" "\$@"
WRAPPER
    chmod +x "$1/bin/criu"
}
