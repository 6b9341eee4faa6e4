#!/bin/sh
# Looks at the Python that there is, and installs what Qt and "python3 -m venv" need and this
# Debian or Ubuntu lacks. On other systems it looks at the Python only.
# Where nothing is missing it ends at once: no output, no network, no root.
# Exit: 0 all there, 3 cannot be installed here; otherwise what apt-get ended with.
set -eu

new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

# With an old Python, pip would load for minutes and then fail with pages of text.
check_python() {
    new_enough python3 && return
    rest='-m venv --clear .venv && .venv/bin/python -m pip install . && .venv/bin/cnn-tutor'
    remedy=
    for name in python3.14 python3.13 python3.12 python3.11; do
        if new_enough "$name" && "$name" -c 'import ensurepip, venv' 2>/dev/null; then
            remedy="Run: $name $rest"
            break
        fi
        case $(LC_ALL=C apt-cache policy "$name-venv" 2>/dev/null) in
            *'Candidate: (none)'*) ;;
            *'Candidate: '*)
                remedy="Run: sudo apt-get install $name-venv && $name $rest"
                break
                ;;
        esac
    done
    if [ -z "$remedy" ]; then
        case $(uname -s) in
            Darwin) remedy='Install one from https://www.python.org/downloads/ and run this again.' ;;
            *) remedy='Debian 12, Ubuntu 24.04 and newer systems have one.' ;;
        esac
    fi
    found=$(python3 -c 'import sys; print("Python %d.%d.%d" % sys.version_info[:3])') ||
        found='none that runs'
    echo "CNN Tutor needs Python 3.11 or newer; python3 is $found. $remedy" >&2
    exit 3
}

# Without any Python, apt-get installs one first.
if command -v python3 >/dev/null; then check_python; fi
[ "$(uname -s)" = Linux ] || exit 0

# soname and package. apt pulls most of these in with the others, but not on every release.
libraries='
libGL.so.1              libgl1
libEGL.so.1             libegl1
libglib-2.0.so.0        libglib2.0-0
libgthread-2.0.so.0     libglib2.0-0
libfontconfig.so.1      libfontconfig1
libfreetype.so.6        libfreetype6
libxkbcommon.so.0       libxkbcommon0
libdbus-1.so.3          libdbus-1-3
libzstd.so.1            libzstd1
libX11.so.6             libx11-6
libX11-xcb.so.1         libx11-xcb1
libxcb.so.1             libxcb1
libxcb-cursor.so.0      libxcb-cursor0
libxcb-icccm.so.4       libxcb-icccm4
libxcb-image.so.0       libxcb-image0
libxcb-keysyms.so.1     libxcb-keysyms1
libxcb-randr.so.0       libxcb-randr0
libxcb-render.so.0      libxcb-render0
libxcb-render-util.so.0 libxcb-render-util0
libxcb-shape.so.0       libxcb-shape0
libxcb-shm.so.0         libxcb-shm0
libxcb-sync.so.1        libxcb-sync1
libxcb-util.so.1        libxcb-util1
libxcb-xfixes.so.0      libxcb-xfixes0
libxcb-xkb.so.1         libxcb-xkb1
libxkbcommon-x11.so.0   libxkbcommon-x11-0'
# Without the next two Qt uses X11, which most Wayland sessions offer too.
case ${WAYLAND_DISPLAY:+${QT_QPA_PLATFORM:-}/${DISPLAY:-}} in
    wayland* | */)
        libraries="$libraries
libwayland-client.so.0  libwayland-client0
libwayland-cursor.so.0  libwayland-cursor0"
        ;;
esac

# ldconfig is in a folder that is often not on the path of an ordinary user. Lines of libraries
# for 32-bit programs have no comma after libc6.
known=$(PATH="$PATH:/sbin:/usr/sbin" ldconfig -p 2>/dev/null) || known=
tab=$(printf '\t')
sonames=
packages=
while read -r soname package; do
    case $known in
        *"$tab$soname (libc6,"*) continue ;;
    esac
    [ -n "$soname" ] || continue
    sonames="$sonames $soname"
    case " $packages " in
        *" $package "*) ;;
        *) packages="$packages $package" ;;
    esac
done <<END
$libraries
END

if ! python3 -c 'import ensurepip, venv' 2>/dev/null; then
    sonames="$sonames python3-venv"
    packages="$packages python3-venv"
fi
[ -n "$packages" ] || exit 0

if ! command -v apt-get >/dev/null; then
    echo "CNN Tutor needs these, and apt-get is not here to install them:$sonames" >&2
    exit 3
fi

as_root=
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
        echo "CNN Tutor needs these; install them as root with apt-get:$packages" >&2
        exit 3
    fi
    as_root=sudo
fi

# One source that does not answer is no reason to give up: apt-get install will say what it lacks.
$as_root apt-get update || :

# Since the move to a 64-bit time_t some packages carry it in their names.
names=
for package in $packages; do
    for name in "${package}t64" "$package"; do
        case $(LC_ALL=C apt-cache policy "$name") in
            *'Candidate: (none)'*) ;;
            *'Candidate: '*) break ;;
        esac
    done
    names="$names $name"
done

# shellcheck disable=SC2086  # the names are words
install() {
    $as_root env DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 \
        apt-get install --no-install-recommends -o DPkg::Lock::Timeout=120 "$@" $names
}

# apt-get ends with 1 when it is told not to do it.
size=$(install --assume-no 2>/dev/null | sed -n \
    -e 's/^Need to get \(.*\) of archives\.$/\1/p' -e 's/^ *Download size: //p') || :
echo "CNN Tutor installs with apt-get what Qt needs${size:+, $size to load}:$names"
install --yes
check_python
