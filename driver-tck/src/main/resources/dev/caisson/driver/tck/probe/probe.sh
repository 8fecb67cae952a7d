#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# What the conformance kit runs in containers. Its arguments are a list of steps, each a verb and its words (see
# Verb.java), carried out in order. Answers go to standard output, one line each; a line break in a value is shown as |.
# Needs nothing but busybox and /proc. Facts are read of $$, this very process, not of a child of it.

# What is open before there are pipes to children; the one by which the directory was read is gone again.
open=
for entry in "/proc/$$/fd/"*; do
    [ ! -L "$entry" ] || open="$open $entry"
done

one_line() {
    tr '\n' '|' | sed 's/|$//'
}

status() {
    while IFS= read -r row; do
        case $row in
        "$1:"*)
            set -- ${row#*:}
            echo "$*"
            return
            ;;
        esac
    done < "/proc/$$/status"
}

scheduler_of() {
    read -r row
    set -- ${row##*) }
    echo "${39} ${17} ${38}"
}

scheduler_detail() {
    while read -r key colon value; do
        if [ "$key" = "$1" ]; then
            echo "$value"
        fi
    done < "/proc/$$/sched"
}

user() {
    set -- $(status Uid) $(status Gid)
    ids="$1 $5"
    set -- $(status Groups)
    echo $ids "$@"
}

keyrings() {
    awk '$8 == "keyring" { sub(":$", "", $9); print $1, $9 }' /proc/keys
}

link() {
    ip -o link show dev "$1" | awk '{
        up = ($3 ~ /[<,]UP[,>]/) ? "up" : "down"
        for (i = 4; i < NF; i++) {
            if ($i == "mtu") mtu = $(i + 1)
            if ($i ~ /^link\//) mac = $(i + 1)
        }
        print up, mtu, mac
    }'
    ip -o addr show dev "$1" | awk '$3 == "inet" || $3 == "inet6" { print $4 }'
}

# options;propagation;type;source;options of the filesystem
mount_at() {
    awk -v target="$1" '$5 == target {
        optional = ""
        for (i = 7; $i != "-"; i++) optional = optional (optional == "" ? "" : " ") $i
        found = $6 ";" optional ";" $(i + 1) ";" $(i + 2) ";" $(i + 3)
    } END { print found }' "/proc/$$/mountinfo"
}

descriptors() {
    for entry in $open; do
        case $(readlink "$entry") in
        *probe) ;;
        *) echo "${entry##*/}" ;;
        esac
    done | sort -n
}

# Without a root /proc can't be reached by its path any more, but as the working directory.
under_root() {
    cd "/proc/$$/ns" && umount -l / && nsenter --mount=mnt /bin/busybox ls /
}

fact() {
    case $1 in
    ARCHITECTURE) uname -m ;;
    CGROUPS) cat "/proc/$$/cgroup" ;;
    CWD) pwd -P ;;
    DESCRIPTOR) stat -L -c '%F;%d:%i;%t:%T' "/proc/$$/fd/$2" ;;
    DESCRIPTORS) descriptors ;;
    FILE) cat "$2" ;;
    ID_MAP) while read -r a b c; do echo "$a $b $c"; done < "/proc/$$/$2_map" ;;
    INTERFACES) sed -n 's/^ *\([^:]*\):.*/\1/p' "/proc/$$/net/dev" | sort ;;
    IO_PRIORITY) ionice -p $$ ;;
    KEYRINGS) keyrings ;;
    LIMIT) awk -v name="$2" 'index($0, name) == 1 {
        $0 = substr($0, length(name) + 1); print $1, $2 }' "/proc/$$/limits" ;;
    LINK) link "$2" ;;
    LIST) ls -A "$2" | sort ;;
    MEMORY_POLICY) read -r address policy rest < "/proc/$$/numa_maps" && echo "$policy" ;;
    MOUNT) mount_at "$2" ;;
    NAMESPACE) readlink "/proc/self/ns/$2" ;;
    OOM_SCORE_ADJ) cat "/proc/$$/oom_score_adj" ;;
    PID) echo $$ ;;
    RESCTRL) cat "/proc/$$/cpu_resctrl_groups" ;;
    ROUTES) ip route; ip -6 route ;;
    SCHEDULER) scheduler_of < "/proc/$$/stat" ;;
    SCHEDULER_DETAIL) scheduler_detail "$2" ;;
    SCHEDULER_OF_CHILD) cat /proc/self/stat | scheduler_of ;;
    SECURITY_LABEL) cat "/proc/$$/attr/$2" | tr -d '\0' ;;
    STAT) stat -c '%F;%a;%u:%g;%t:%T' "$2" ;;
    STATUS) status "$2" ;;
    TERMINAL) tty ;;
    TERMINAL_SIZE) stty size ;;
    TIME_OFFSETS) while read -r a b c; do echo "$a $b $c"; done < "/proc/$$/timens_offsets" ;;
    UNDER_ROOT) under_root ;;
    USER) user ;;
    *) echo "no such fact: $1" >&2; exit 99 ;;
    esac
}

deed() {
    case $1 in
    CHANGE_OWNER) chown "$3" "$2" ;;
    EXECUTE) "$2" ;;
    FILL) head -c "$3" /dev/zero > "$2" ;;
    FILL_DIRECT) dd if=/dev/zero of="$2" bs=1M count="$3" oflag=direct ;;
    MAKE_DIRECTORY) mkdir "$2" ;;
    MAKE_NODE) mknod "$2" $3 ;;
    PING) ping -c 1 -W 5 "$2" > /dev/null ;;
    READ) head -c 1 "$2" > /dev/null ;;
    SIGNAL_ZERO) kill -0 "$2" ;;
    UNSHARE) unshare "$2" /bin/true ;;
    WRITE) printf '%s' "$3" > "$2" ;;
    *) echo "no such deed: $1" ;;
    esac
}

# A child of its own, so that whatever becomes of it, this process can tell.
try() {
    if said=$( (deed "$@") 2>&1 ); then
        echo ok
    else
        echo "no $?: $(printf '%s' "$said" | one_line)"
    fi
}

fork_until_refused() {
    (
        forked=0
        while [ "$forked" -lt "$1" ]; do
            sleep 1000000 &
            forked=$((forked + 1))
            echo "forked $forked"
        done
    ) 2> /dev/null
    echo "forking ended"
}

# Each one's end is waited for: its output is closed then. Whoever adopts it has to reap it, for which it is given time: as
# many turns as take a processor longer than its slice.
orphans() {
    made=0
    while [ "$made" -lt "$1" ]; do
        orphan=$( (sleep 0 & echo $!) ) || exit 98
        turns=0
        while kill -0 "$orphan" 2> /dev/null; do
            turns=$((turns + 1))
            [ "$turns" -lt 100000 ] || exit 98
        done
        made=$((made + 1))
    done
    echo "orphans $made"
}

# Waits for ever, on a child that hears no signal but KILL: a signal ends the wait, not the child. When the child is
# killed all the same, this ends too: what waits again and again without a child would turn at full speed.
hold() {
    (
        trap '' 1 2 3 10 12 15 28 37
        exec sleep 1000000
    ) &
    while kill -0 $! 2> /dev/null; do
        wait $!
    done
    exit 97
}

# The child answers by itself when a signal comes.
spawn() {
    (
        trap 'echo "child caught"; exit 0' USR1
        echo "child ready"
        hold
    ) &
}

while [ $# -gt 0 ]; do
    verb=$1
    shift
    case $verb in
    allocate)
        held=$(head -c "$1" /dev/zero | tr '\0' a)
        shift
        echo "allocated ${#held}"
        ;;
    allocate-in-child)
        (held=$(head -c "$1" /dev/zero | tr '\0' a); echo "allocated ${#held}")
        echo "child ended $?"
        shift
        ;;
    alternate)
        turn=1
        while [ "$turn" -le "$1" ]; do
            echo "out $turn"
            echo "err $turn" >&2
            turn=$((turn + 1))
        done
        shift
        ;;
    args)
        for word; do
            printf '[%s]\n' "$word"
        done
        exit 0
        ;;
    burn)
        turn=0
        while [ "$turn" -lt "$1" ]; do
            turn=$((turn + 1))
        done
        echo "burnt $1"
        shift
        ;;
    close-input) exec 0<&- ;;
    complain) printf '%s\n' "$1" >&2; shift ;;
    copy) cat ;;
    count) echo $(($(wc -c))) ;;
    die) kill -s "$1" $$; shift ;;
    echo) while IFS= read -r row; do echo "heard $row"; done ;;
    environ) tr '\0' '\n' < "/proc/$$/environ" ;;
    exit) exit "$1" ;;
    fork) fork_until_refused "$1"; shift ;;
    hold) hold ;;
    line) printf '%s\n' "$1"; shift ;;
    orphans) orphans "$1"; shift ;;
    produce) yes 0123456789abcde | head -c "$1"; shift ;;
    record)
        cat > "$1.state"
        # Not of $$: a hook may be in the container's pid namespace with the host's /proc.
        tr '\0' '\n' < /proc/self/environ > "$1.env"
        status Cpus_allowed_list > "$1.cpus"
        for kind in mnt net pid; do
            readlink "/proc/self/ns/$kind"
        done > "$1.ns"
        echo "${1##*/}" >> "$2"
        shift 2
        ;;
    read-descriptor) cat <&"$1"; shift ;;
    read-line) IFS= read -r row; echo "heard $row" ;;
    say) printf '%s' "$1"; shift ;;
    serve) exec nc -ll -p "$1" -e /bin/busybox echo "$2" ;;
    show) fact "$1" "$2" | one_line; echo; shift 2 ;;
    show-on-errors) fact "$1" "$2" | one_line >&2; echo >&2; shift 2 ;;
    spawn) spawn ;;
    trap-exit) trap "exit $2" "$1"; shift 2 ;;
    trap) trap "echo caught $1" "$1"; shift ;;
    try) try "$1" "$2" "$3"; shift 3 ;;
    write-descriptor) printf '%s' "$2" >&"$1"; shift 2 ;;
    *) echo "no such verb: $verb" >&2; exit 99 ;;
    esac
done
