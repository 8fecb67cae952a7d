# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2154
#
# Sourced by build-tools/guest/guest.sh. What a guest boots from, kept in target/guest/image until one of its ingredients
# changes: Debian's cloud kernel, a first file system that finds the disk, and a disk with a small Debian and the JDK.
# Nothing of it is installed on this machine.

guest_image=$root/target/guest/image

# The drivers of the disk with what they need, which the cloud kernel has as modules.
guest_disk_modules="virtio virtio_ring virtio_pci_modern_dev virtio_pci_legacy_dev virtio_pci virtio_blk"

# guest_image_make LOG: kernel, initramfs and root.img are in $guest_image afterwards.
guest_image_make() {
    guest_key=$({ cat "$root/build-tools/guest/packages" "$root/build-tools/guest/image.sh" \
        "$root/build-tools/guest/init" "$java_home/release"; echo "$java_home"; } | cksum)
    [ "$guest_key" != "$(cat "$guest_image/key" 2>/dev/null)" ] || return 0
    say "making the guest's disk from Debian's packages (once)"
    rm -rf "$guest_image"
    mkdir -p "$guest_image/debs/partial" "$guest_image/tree" || return 1
    apt_update "$1" || true
    guest_packages_fetch "$1" && guest_tree_make && guest_initramfs_make && guest_disk_make "$1" || return 1
    rm -rf "$guest_image/debs" "$guest_image/tree"
    echo "$guest_key" >"$guest_image/key"
}

# guest_packages_fetch LOG: the packages with all they depend on, whatever this machine has, and the newest cloud kernel.
guest_packages_fetch() {
    : >"$guest_image/nothing"
    # shellcheck disable=SC2046 # a list of packages
    if ! apt-get -y --download-only --no-install-recommends -o Debug::NoLocking=1 \
        -o "Dir::State::status=$guest_image/nothing" -o "Dir::Cache::archives=$guest_image/debs" \
        install $(cat "$root/build-tools/guest/packages") >>"$1" 2>&1 </dev/null; then
        say "apt-get could not download the guest's packages:"
        tail -n 15 "$1" >&2
        return 1
    fi
    guest_kernel=$(apt-cache depends linux-image-cloud-amd64 | sed -n 's/^ *Depends: //p')
    (cd "$guest_image/debs" && apt-get download "$guest_kernel") >>"$1" 2>&1 </dev/null || {
        say "apt-get could not download the package of the cloud kernel, \"$guest_kernel\":"
        tail -n 15 "$1" >&2
        return 1
    }
}

guest_tree_make() {
    guest_tree=$guest_image/tree
    for guest_directory in bin sbin lib lib64; do
        mkdir -p "$guest_tree/usr/$guest_directory" || return 1
        ln -s "usr/$guest_directory" "$guest_tree/$guest_directory" || return 1
    done
    for guest_package in "$guest_image"/debs/*.deb; do
        dpkg-deb --fsys-tarfile "$guest_package" | tar -x --keep-directory-symlink -C "$guest_tree" || return 1
    done
    mkdir -p "$guest_tree/dev" "$guest_tree/proc" "$guest_tree/sys" "$guest_tree/run" "$guest_tree/tmp" \
        "$guest_tree/root" "$guest_tree/tests" "$guest_tree/opt/jdk" || return 1
    chmod 1777 "$guest_tree/tmp"
    # What Debian's packages would do when they are installed.
    echo 'root:x:0:0:root:/root:/bin/sh
messagebus:x:100:100::/nonexistent:/bin/false
nobody:x:65534:65534::/nonexistent:/bin/false' >"$guest_tree/etc/passwd"
    echo 'root:x:0:
messagebus:x:100:
nogroup:x:65534:' >"$guest_tree/etc/group"
    echo guest >"$guest_tree/etc/hostname"
    echo '127.0.0.1 localhost guest' >"$guest_tree/etc/hosts"
    # For the tests of ordinary users, who bring their own lines.
    touch "$guest_tree/etc/subuid" "$guest_tree/etc/subgid"
    echo 0123456789abcdef0123456789abcdef >"$guest_tree/etc/machine-id"
    for guest_applet in $("$guest_tree/bin/busybox" --list); do
        [ -e "$guest_tree/bin/$guest_applet" ] || [ -e "$guest_tree/sbin/$guest_applet" ] ||
            ln -s busybox "$guest_tree/bin/$guest_applet" || return 1
    done
    # The kernel asks /sbin/modprobe for what it lacks.
    ln -sf ../bin/busybox "$guest_tree/sbin/modprobe"
    # One directory at least that holds libraries is not among the linker's built-in ones.
    ldconfig -r "$guest_tree" || return 1
    (cd "$java_home" && tar -h --exclude=src.zip --exclude=jmods --exclude=./man --exclude=./legal -cf - .) |
        tar -xf - -C "$guest_tree/opt/jdk" || return 1
    find "$guest_tree/lib/modules" -name '*.ko.xz' -exec xz -d {} + || return 1
    guest_version=$(cd "$guest_tree/lib/modules" && echo *)
    "$guest_tree/bin/busybox" depmod -b "$guest_tree" "$guest_version" || return 1
    mv "$guest_tree/boot/vmlinuz-$guest_version" "$guest_image/kernel"
    rm -rf "${guest_tree:?}/boot"
}

guest_initramfs_make() {
    guest_first=$guest_image/first
    guest_modules=$guest_first/lib/modules/$guest_version
    mkdir -p "$guest_first/bin" "$guest_modules" "$guest_first/proc" "$guest_first/dev" "$guest_first/root" || return 1
    cp "$guest_tree/bin/busybox" "$guest_first/bin/" && ln -s busybox "$guest_first/bin/sh" &&
        cp "$root/build-tools/guest/init" "$guest_first/init" || return 1
    for guest_module in $guest_disk_modules; do
        # A kernel may have one built in.
        find "$guest_tree/lib/modules" -name "$guest_module.ko" -exec cp {} "$guest_modules/" \;
    done
    "$guest_tree/bin/busybox" depmod -b "$guest_first" "$guest_version" || return 1
    (cd "$guest_first" && find . | "$guest_tree/bin/busybox" cpio -o -H newc) 2>/dev/null |
        gzip -1 >"$guest_image/initramfs" || return 1
    rm -rf "$guest_first"
}

# guest_disk_make LOG: without a journal, since no disk outlives its guest.
guest_disk_make() {
    PATH=$PATH:/sbin:/usr/sbin mke2fs -q -t ext4 -O ^has_journal -L guest -d "$guest_tree" \
        "$guest_image/root.img" 3g >>"$1" 2>&1 || {
        say "mke2fs could not make the guest's disk:"
        tail -n 15 "$1" >&2
        return 1
    }
}
