# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2154
#
# Sourced by ./check, after build-tools/build.sh. Runs the native driver's tests and the conformance kit in a virtual machine,
# whose processor is emulated so that it needs no rights and no hardware: another kernel than this one's, with other cgroups.

# shellcheck source=build-tools/guest/image.sh
. "$root/build-tools/guest/image.sh"

# One directory for each guest, like a module's: target/surefire-reports has what its tests said.
guest_runs=$root/target/guest/runs

# guest_possible LOG: what is needed is there, or it says what is missing.
guest_possible() {
    if [ "$(uname -m)" != x86_64 ] || ! command -v dpkg-deb >/dev/null || ! command -v apt-get >/dev/null; then
        say "a guest needs Debian's packages on x86_64"
        return 1
    fi
    guest_missing=
    for pair in qemu-system-x86_64:qemu-system-x86 mke2fs:e2fsprogs xz:xz-utils; do
        PATH=$PATH:/sbin:/usr/sbin command -v "${pair%%:*}" >/dev/null || guest_missing="$guest_missing ${pair##*:}"
    done
    [ -n "$guest_missing" ] || return 0
    if ! have_apt; then
        say "a guest needs (names of Debian's packages):$guest_missing"
        return 1
    fi
    # shellcheck disable=SC2086 # a list of packages
    apt_install "$1" $guest_missing
}

# guest_stage: gathers what was built, as the guest gets it.
guest_stage() {
    guest_load=$root/target/guest/load
    rm -rf "$guest_load"
    mkdir -p "$guest_load" || return 1
    cp -r "$root/driver-native/target/guest-lib" "$guest_load/lib" &&
        cp -r "$root/driver-native/target/classes" "$root/driver-native/target/test-classes" "$guest_load/" &&
        cp "$root/build-tools/guest/start" "$root/build-tools/guest/run" \
            "$root/build-tools/guest/caisson-tests.service" "$guest_load/"
}

# guest_select TEST...: the arguments for JUnit's console that choose what Maven's -Dtest would: classes by their simple
# names, methods after a #, * for anything. Without one, all that can be run there: to kill engines for a long time is a
# command of its own, and the README's program needs the source tree.
guest_select() {
    echo --select-package=dev.caisson.nativedriver
    if [ $# = 0 ]; then
        echo '--include-classname=.*RootTest'
        # The kit once is enough for an emulated processor; by its name the ordinary user's is run as well.
        echo '--exclude-classname=.*(Chaos|ReadmeProgram|RootlessTck)RootTest'
    fi
    for guest_test; do
        case $guest_test in
            *'#'*) ;;
            *) guest_test="$guest_test#*" ;;
        esac
        guest_pattern=$(echo "$guest_test" | sed 's/\*/.*/g')
        echo "--include-classname=(.*[.])?${guest_pattern%%#*}"
        echo "--include-methodname=(.*[.])?$guest_pattern"
    done
}

# guest_run CGROUPS SECONDS TEST...: boots a guest with cgroups of that kind (v1, v2, systemd), runs tests of the native
# driver, and leaves their reports in $guest_runs/CGROUPS. It is ended after so many seconds. False unless it came to its
# end; failed tests are for the reader of the reports.
guest_run() {
    guest_cgroups=$1 guest_seconds=$2
    shift 2
    guest_out=$guest_runs/$guest_cgroups
    guest_reports=$guest_out/target/surefire-reports
    rm -rf "$guest_out"
    mkdir -p "$guest_reports" || return 1
    guest_select "$@" >"$guest_load/selection"
    tar -cf "$guest_out/load.tar" -C "$guest_load" . || return 1
    truncate -s 64M "$guest_out/results.img"
    guest_begin=$(date +%s)
    # The snapshot keeps the disk as it is. A kernel that stumbles stops the guest at once.
    {
        timeout -k 10 "$guest_seconds" qemu-system-x86_64 -accel tcg,thread=multi -cpu max -smp 2 -m 3072 \
            -nodefaults -display none -no-reboot -serial stdio -kernel "$guest_image/kernel" \
            -initrd "$guest_image/initramfs" -append "console=ttyS0 quiet panic=-1 oops=panic mitigations=off nokaslr \
guest.init=/tests/start guest.cgroups=$guest_cgroups" \
            -drive "file=$guest_image/root.img,format=raw,if=virtio,snapshot=on" \
            -drive "file=$guest_out/load.tar,format=raw,if=virtio,readonly=on" \
            -drive "file=$guest_out/results.img,format=raw,if=virtio,cache=unsafe" \
            -device virtio-rng-pci </dev/null 2>&1
        printf "\nqemu's exit status: %s\n" $?
    } | guest_listen >"$guest_out/console.log"
    guest_took=$(($(date +%s) - guest_begin))
    tar -xf "$guest_out/results.img" -C "$guest_reports" 2>/dev/null
    rm -f "$guest_out/load.tar" "$guest_out/results.img"
    guest_judge && say "the guest $guest_cgroups took $guest_took s"
}

# guest_listen: passes the guest's console on; tells a person at a terminal how far it is.
guest_listen() {
    guest_return=$(printf '\r')
    guest_count=0
    while IFS= read -r line; do
        line=${line%"$guest_return"}
        printf '%s\n' "$line"
        case $line in
            *' :: STARTED')
                guest_count=$((guest_count + 1))
                [ ! -t 2 ] || printf '\r\033[K%s: test %s in the guest' "${0##*/}" "$guest_count" >&2
                ;;
        esac
    done
    [ ! -t 2 ] || printf '\r\033[K' >&2
}

# guest_judge: did the guest come to its end, without the kernel stumbling?
guest_judge() {
    if grep -E 'Kernel panic|BUG:|Oops:|general protection|soft lockup|self-detected stall|hung_task|WARNING: CPU' \
        "$guest_out/console.log" >&2; then
        guest_failure="its kernel stumbled"
    elif tail -n 1 "$guest_out/console.log" | grep -Eq ': (124|137)$'; then
        guest_failure="it was ended after $guest_seconds s"
    elif ! [ -e "$guest_reports/status" ]; then
        guest_failure="it told no results"
        tail -n 15 "$guest_out/console.log" >&2
    else
        return 0
    fi
    say "the guest $guest_cgroups failed, $guest_failure: $guest_out/console.log"
    return 1
}
