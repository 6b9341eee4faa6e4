"""Looks for what Qt needs before Qt is imported: packages, system libraries, a display.

Qt ends the process with SIGABRT where a library or the display is missing, and Python cannot
catch that. So everything is tried here first, and reported in one line.
"""

from __future__ import annotations

import ctypes
import os
import shlex
import sys
from collections.abc import Iterable, Sequence
from importlib.util import find_spec
from pathlib import Path

from cnn_tutor.bundled import bundled
from cnn_tutor.project.plain_text import harmless

# Module and the distribution it comes in.
_PACKAGES = {
    "PIL": "Pillow",
    "PySide6": "PySide6-Essentials",
    "filelock": "filelock",
    "fsrs": "fsrs",
    "msgspec": "msgspec",
    "numpy": "numpy",
    "pyqtgraph": "pyqtgraph",
    "shiboken6": "PySide6-Essentials",
    "threadpoolctl": "threadpoolctl",
}

# What QtCore, QtGui, QtWidgets, QtDBus and the offscreen platform are linked to.
_CORE = (
    "libGL.so.1",
    "libEGL.so.1",
    "libglib-2.0.so.0",
    "libgthread-2.0.so.0",
    "libfontconfig.so.1",
    "libfreetype.so.6",
    "libxkbcommon.so.0",
    "libdbus-1.so.3",
    "libzstd.so.1",
    "libX11.so.6",
)

# What the platform plugins for X11 and Wayland are linked to besides.
_X11 = (
    "libX11-xcb.so.1",
    "libxcb.so.1",
    "libxcb-cursor.so.0",
    "libxcb-icccm.so.4",
    "libxcb-image.so.0",
    "libxcb-keysyms.so.1",
    "libxcb-randr.so.0",
    "libxcb-render.so.0",
    "libxcb-render-util.so.0",
    "libxcb-shape.so.0",
    "libxcb-shm.so.0",
    "libxcb-sync.so.1",
    "libxcb-util.so.1",
    "libxcb-xfixes.so.0",
    "libxcb-xkb.so.1",
    "libxkbcommon-x11.so.0",
)
_WAYLAND = ("libwayland-client.so.0", "libwayland-cursor.so.0")

# What Qt can draw on by the name of the system. It ends the process where it has only others.
_ALONE = ("offscreen", "minimal", "vnc")
_PLATFORMS = {
    "linux": ("xcb", "wayland", "wayland-egl", *_ALONE),
    "darwin": ("cocoa", *_ALONE),
    "win32": ("windows", "direct2d", *_ALONE),
}
_SHOWING = ("wayland", "xcb")
"""What Qt tries on Linux where it is told nothing."""


def problem(offscreen: bool) -> str | None:
    """Return None if Qt can start, else one line that says what is missing and what to run.

    ``offscreen`` says that nothing is to be shown, so that no display is asked for. Outside Linux
    Qt brings all it needs.
    """
    line = _broken_pyside()
    if line is None and not offscreen:
        line = _strange_platform()
    if line is None and sys.platform == "linux":
        line = _lacking_libraries(_CORE)
        if line is None and not offscreen:
            line = _lacking_display()
    return line


def lacking_packages() -> str | None:
    """Return one line that names the Python packages that are missing, or None.

    It is to be asked first: nearly every file of the program imports one of them.
    """
    names = dict.fromkeys(name for module, name in _PACKAGES.items() if not _is_there(module))
    if not names:
        return None
    command = shlex.join([sys.executable, "-m", "pip", "install", *names])
    return f"CNN Tutor needs {', '.join(names)}, which this Python does not have. Run: {command}"


def broken_packages(error: ImportError) -> str:
    """Return one line about packages that are there and can't be imported, such as half of one."""
    said = str(error).strip().partition("\n")[0] or type(error).__name__
    names = dict.fromkeys(_PACKAGES.values())
    command = shlex.join([sys.executable, "-m", "pip", "install", "--force-reinstall", *names])
    return f"CNN Tutor can't load a package that it needs: {said}. Run: {command}"


def _is_there(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ImportError:  # what looks for modules may say so, too
        return False


def _broken_pyside() -> str | None:
    """Find the one release that ends the process on Python 3.11: see pyproject.toml."""
    if sys.version_info >= (3, 12):
        return None
    from PySide6 import __version__

    if __version__ != "6.12.0":
        return None
    wanted = "PySide6-Essentials!=6.12.0"
    command = shlex.join([sys.executable, "-m", "pip", "install", wanted])
    return f"PySide6 6.12.0 does not work with Python 3.11. Run: {command}"


def _lacking_libraries(sonames: Iterable[str]) -> str | None:
    missing = [soname for soname in sonames if not _loads(soname)]
    if not missing:
        return None
    script = bundled("linux", "install.sh")
    remedy = f" Run: sh {shlex.quote(str(script))}" if script.is_file() else ""
    return f"Qt needs {', '.join(missing)}, which this system does not have.{remedy}"


def _loads(soname: str) -> bool:
    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True


def draws_alone() -> bool:
    """Return whether Qt is told to draw without any server, as on a screen that is not there."""
    return any(name in _ALONE for name in _named_platforms())


def _named_platforms() -> list[str]:
    """Return the platforms that the environment tells Qt to try, without those it can't have."""
    named = os.environ.get("QT_QPA_PLATFORM", "").split(";")
    names = [name.partition(":")[0] for name in named]
    return [name for name in names if name in _PLATFORMS.get(sys.platform, names)]


def _strange_platform() -> str | None:
    named = os.environ.get("QT_QPA_PLATFORM")
    if not named or _named_platforms():
        return None
    from cnn_tutor.project.limits import MAX_ARGUMENT  # it needs NumPy

    known = ", ".join(_PLATFORMS[sys.platform])
    said = harmless(named, MAX_ARGUMENT)
    return f"CNN Tutor can't use QT_QPA_PLATFORM={said}, only {known}. Run: unset QT_QPA_PLATFORM"


def _lacking_display() -> str | None:
    """Look for a display that one of the platforms Qt may use can draw on."""
    if draws_alone():
        return None
    line = _lacking_display_of(_named_platforms() or _SHOWING)
    if line is not None and _named_platforms() and _lacking_display_of(_SHOWING) is None:
        named = os.environ["QT_QPA_PLATFORM"]
        return f"There is no display for QT_QPA_PLATFORM={named}. Run: unset QT_QPA_PLATFORM"
    return line


def _lacking_display_of(platforms: Sequence[str]) -> str | None:
    line = None
    if not {"wayland", "wayland-egl"}.isdisjoint(platforms) and _wayland_socket_exists():
        line = _lacking_libraries(_WAYLAND)
        if line is None and _wayland_server_answers():
            return None
    display = os.environ.get("DISPLAY")
    if display and "xcb" in platforms:
        line = _lacking_libraries(_X11)
        if line is not None or _x_server_answers(display):
            return line
    if line is not None:
        return line

    missing = "There is no display"
    if display and "xcb" in platforms:
        missing = f"No X server answers at DISPLAY={display}"
    return (
        f"{missing}. Start CNN Tutor from a desktop session, or run: xvfb-run cnn-tutor "
        "(--screenshot OUT.png needs no display)"
    )


def _wayland_socket_exists() -> bool:
    name = os.environ.get("WAYLAND_DISPLAY", "")
    folder = os.environ.get("XDG_RUNTIME_DIR", "")
    # A name that is a whole path replaces the folder.
    return bool(name) and Path(folder, name).is_socket()


def _wayland_server_answers() -> bool:
    wayland = ctypes.CDLL("libwayland-client.so.0")
    wayland.wl_display_connect.restype = ctypes.c_void_p
    wayland.wl_display_connect.argtypes = [ctypes.c_char_p]
    wayland.wl_display_disconnect.argtypes = [ctypes.c_void_p]
    connection = wayland.wl_display_connect(None)
    if connection:
        wayland.wl_display_disconnect(connection)
    return bool(connection)


def _x_server_answers(display: str) -> bool:
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
    xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
    xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(os.fsencode(display), None)
    if xcb.xcb_connection_has_error(connection):
        xcb.xcb_disconnect(connection)  # a failed one is an object, too
        return False
    # It stays open: a server whose last client leaves, such as that of xvfb-run, begins anew, and
    # would refuse Qt meanwhile.
    return True
