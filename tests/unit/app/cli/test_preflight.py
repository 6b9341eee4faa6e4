"""What the program says, and that it says it in one line, where it cannot start."""

from __future__ import annotations

import ctypes
import os
import re
import socket
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import requires
from pathlib import Path
from unittest.mock import MagicMock

import PySide6
import pytest

from cnn_tutor.app.cli import preflight
from tests.helpers.programs import ROOT, python

VARIABLES = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "XDG_RUNTIME_DIR")
System = Callable[..., list[str]]


@pytest.fixture
def system(monkeypatch: pytest.MonkeyPatch) -> System:
    """Pretend to be a Linux with no display; return what says which libraries it has not."""
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")

    def pretend(*missing: str, x_error: int = 0, wayland: int | None = 1) -> list[str]:
        asked: list[str] = []

        def load(soname: str) -> MagicMock:
            asked.append(soname)
            if soname in missing:
                raise OSError(soname)
            library = MagicMock()
            library.xcb_connection_has_error.return_value = x_error
            library.wl_display_connect.return_value = wayland
            return library

        monkeypatch.setattr(ctypes, "CDLL", load)
        return asked

    pretend()
    return pretend


def said(offscreen: bool = False) -> str:
    line = preflight.problem(offscreen)
    assert line
    assert len(line.splitlines()) == 1
    return line


def test_offscreen_needs_no_display_and_no_library_of_x11(system: System) -> None:
    asked = system()
    assert preflight.problem(True) is None
    assert "libEGL.so.1" in asked
    assert not [name for name in asked if "xcb" in name]


@pytest.mark.parametrize("offscreen", [True, False])
def test_every_missing_library_is_named_with_the_command(system: System, offscreen: bool) -> None:
    system("libEGL.so.1", "libfontconfig.so.1")
    line = said(offscreen)
    assert "libEGL.so.1, libfontconfig.so.1" in line
    assert line.endswith("install.sh")


def test_missing_library_of_x11(system: System, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    system("libxcb-cursor.so.0")
    assert preflight.problem(True) is None
    assert "libxcb-cursor.so.0" in said()


def test_the_command_can_be_pasted_where_there_is_a_script(
    system: System, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(preflight, "bundled", (tmp_path / "a folder").joinpath)
    system("libGL.so.1")
    assert "Run:" not in said()
    script = tmp_path / "a folder" / "linux" / "install.sh"
    script.parent.mkdir(parents=True)
    script.touch()
    assert said().endswith(f"sh '{script}'")


@pytest.mark.usefixtures("system")
def test_no_display() -> None:
    line = said()
    assert "xvfb-run cnn-tutor" in line
    assert "--screenshot" in line


def test_display_that_answers(system: System, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    assert preflight.problem(False) is None
    system(x_error=1)
    assert "DISPLAY=:0" in said()


@pytest.mark.parametrize("error", [0, 1])
def test_a_server_that_answers_is_not_left_without_a_client(
    monkeypatch: pytest.MonkeyPatch, error: int
) -> None:
    """It may begin anew when its last client leaves, just when Qt comes."""
    xcb = MagicMock()
    xcb.xcb_connection_has_error.return_value = error
    monkeypatch.setattr(ctypes, "CDLL", lambda _: xcb)
    assert preflight._x_server_answers(":0") is not bool(error)
    assert xcb.xcb_disconnect.called is bool(error)


@pytest.mark.usefixtures("system")
@pytest.mark.parametrize(
    "platform", ["nonsense", "linuxfb;eglfs:/dev/dri", "cocoa", "\n", "xcb-egl", "minimal-"]
)
def test_a_platform_that_qt_would_end_the_process_for(
    monkeypatch: pytest.MonkeyPatch, platform: str
) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setenv("QT_QPA_PLATFORM", platform)
    assert "can't use QT_QPA_PLATFORM=" in said()
    assert preflight.problem(True) is None
    monkeypatch.setenv("QT_QPA_PLATFORM", f"{platform};xcb")
    assert preflight.problem(False) is None


@pytest.mark.usefixtures("system")
@pytest.mark.parametrize("platform", ["offscreen", "minimal", "vnc:size=800x600", "xcb;offscreen"])
def test_platform_that_needs_no_display(monkeypatch: pytest.MonkeyPatch, platform: str) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", platform)
    assert preflight.problem(False) is None


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="has no such sockets")
def test_wayland_socket(system: System, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)  # the path of a socket must be short
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-7")
    said()
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("wayland-7")
        system(wayland=None)
        said()
        system()
        assert preflight.problem(False) is None
        monkeypatch.setenv("WAYLAND_DISPLAY", str(tmp_path / "wayland-7"))
        assert preflight.problem(False) is None
        system("libwayland-cursor.so.0")
        assert "libwayland-cursor.so.0" in said()
        monkeypatch.setenv("DISPLAY", ":0")
        assert preflight.problem(False) is None
        monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
        assert preflight.problem(False) is None


def test_a_display_that_qt_is_told_not_to_use(
    system: System, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setenv("QT_QPA_PLATFORM", "wayland-egl")
    assert said().endswith("for QT_QPA_PLATFORM=wayland-egl. Run: unset QT_QPA_PLATFORM")
    system(x_error=1)
    assert "No X server" not in said()


def test_every_dependency_is_looked_for() -> None:
    declared = {
        re.split(r"[<>=!; ]", line)[0].lower()
        for line in requires("cnn-tutor") or ()
        if "extra ==" not in line
    }
    assert {name.lower() for name in preflight._PACKAGES.values()} == declared


def test_only_linux_is_asked_for_libraries(system: System, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    asked = system()
    assert preflight.problem(False) is None
    assert asked == []


OLD_PYTHON = 'case "$2" in *print*) echo Python 3.8.18 ;; *) exit 1 ;; esac'


@pytest.mark.skipif(sys.platform != "linux", reason="the script is for Linux")
@pytest.mark.parametrize(
    ("python", "found"),
    [(OLD_PYTHON, "Python 3.8.18"), ("exit 127", "none that runs")],
)
def test_the_script_says_what_is_wrong_with_the_python(
    tmp_path: Path, python: str, found: str
) -> None:
    (tmp_path / "python3").write_text(f"#!/bin/sh\n{python}\n")
    (tmp_path / "python3").chmod(0o755)
    script = ROOT / "resources/linux/install.sh"
    path = f"{tmp_path}:{os.environ['PATH']}"
    done = subprocess.run(
        ["sh", script], env={**os.environ, "PATH": path}, capture_output=True, text=True
    )
    assert done.returncode == 3
    assert len(done.stderr.splitlines()) == 1
    assert f"python3 is {found}. " in done.stderr


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="only Python 3.11 is affected")
def test_a_release_of_qt_s_bindings_that_breaks_is_named_with_the_command(monkeypatch) -> None:
    monkeypatch.setattr(PySide6, "__version__", "6.12.0")
    line = said(offscreen=True)
    assert "6.12.0" in line
    assert "pip install" in line


def started(
    tmp_path: Path, platform: str, *arguments: str, display: str = ""
) -> subprocess.CompletedProcess[str]:
    """Start the program without a display that answers, with Qt told to use a platform."""
    environment = {name: text for name, text in os.environ.items() if name not in VARIABLES}
    environment |= {
        "HOME": str(tmp_path),
        "DISPLAY": display,
        "QT_QPA_PLATFORM": platform,
        "QT_QPA_PLATFORMTHEME": "gtk3",
    }
    return python("-m", "cnn_tutor", *arguments, env=environment, cwd=tmp_path)


@pytest.mark.skipif(sys.platform != "linux", reason="platforms of Linux")
@pytest.mark.parametrize("platform", ["", "nonsense", "linuxfb", "wayland", "xcb"])
def test_what_shows_nothing_works_whatever_qt_is_told(tmp_path: Path, platform: str) -> None:
    files = ["--screenshot", "a.png"], ["--worksheet", "a.pdf"], ["--gradebook", "a.csv"]
    for arguments in (["--check"], *files):
        done = started(tmp_path, platform, *arguments)
        assert (done.returncode, done.stderr) == (0, ""), arguments


@pytest.mark.skipif(sys.platform != "linux", reason="platforms of Linux")
@pytest.mark.parametrize(
    ("platform", "display"),
    [
        ("", ""),
        ("", ":4242"),
        ("", "not a display"),
        ("nonsense", ""),
        ("wayland", ""),
        ("xcb", ""),
    ],
)
def test_a_window_without_a_display_is_refused_whatever_qt_is_told(
    tmp_path: Path, platform: str, display: str
) -> None:
    done = started(tmp_path, platform, display=display)
    assert done.returncode == 3
    assert len(done.stderr.splitlines()) == 1
