"""Errors wherever Qt calls the program, each run in a process of its own: it lives on.

What is broken is broken from outside, and the error comes where it would come.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.programs import python

LOG = "cnn-tutor/log/cnn-tutor.log"

BROKEN = """
import functools
import sys
from PySide6.QtCore import QCoreApplication, QEvent, QTimer, Qt
from PySide6.QtWidgets import QApplication, QTableView
from PySide6.QtTest import QTest
from cnn_tutor.app.cli import command_line, session
from cnn_tutor.app.errors.error_window import ErrorWindow
from cnn_tutor.app.main_window import MainWindow

def fail(*_, **__):
    raise ZeroDivisionError("injected")

def broken(owner, name):
    # It goes on saying of itself what it said.
    setattr(owner, name, functools.wraps(getattr(owner, name))(lambda *_: fail()))

def window():
    return next(w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow))

def grid():
    return window().findChild(QTableView, "x")

def at():
    project = window().document.project
    return project.address(project.network.nodes[-1].name, "x")

def edit(value):
    window().document.edit(at(), {(0, 0, 0): value}, "edit")

def check():
    reports = [r for r in window().findChildren(ErrorWindow) if r.isVisible()]
    if not reports:
        QTimer.singleShot(50, lambda: check())
        return
    print("reports", len(reports), "injected" in reports[0]._report)
    mend()
    edit(7.0)
    print("edited", window().document.project.x[0, 0, 0], flush=True)
    window().close()

def mend():
    pass

def strike():
    pass
"""

RUN = """
class App(QApplication):
    def exec(self):
        # Again and again: what is freed too early is not missed the first time.
        for n in range(20):
            QTimer.singleShot(n, lambda: strike())
        QTimer.singleShot(100, lambda: check())
        return super().exec()

session.QApplication = App
sys.exit(command_line.run(["--open", "convolution", "--lang", "en"]))
"""

PLACES = {
    "start": "session.Session._open = fail",
    "slot": "strike = lambda: fail()",
    "key": """
from cnn_tutor.widgets.grids.tensor_grid import TensorGrid
broken(TensorGrid, "keyPressEvent")
strike = lambda: QTest.keyClick(grid(), Qt.Key.Key_Down)
""",
    "virtual": """
from cnn_tutor.widgets.grids.tensor_grid import TensorGrid
broken(TensorGrid, "resizeEvent")
strike = lambda: window().resize(1100 + id(object()) % 50, 700)
""",
    "redo": """
from cnn_tutor.project.project import Project
whole = Project.with_cells
def strike():
    Project.with_cells = fail
    edit(5.0)
    Project.with_cells = whole
    window().document.mend()
""",
    "undo": """
from cnn_tutor.project.project import Project
whole = Project.with_cells
def strike():
    edit(float(window().document.undo_stack.count() + 1))
    Project.with_cells = fail
    window().document.undo_stack.undo()
    Project.with_cells = whole
    window().document.mend()
""",
    "event filter": """
from cnn_tutor.widgets.controls import boxes
broken(boxes.CalmWheel, "eventFilter")
""",
    "paint": """
from cnn_tutor.widgets.grids import cell_delegate as part
whole = part.colours
class Broken:
    def __getattr__(self, name):
        fail()
part.colours = Broken()
def strike():
    window().repaint()
    window().grab()
def mend():
    part.colours = whole
""",
    "model": """
from cnn_tutor.widgets.grids.tensor_model import TensorModel
broken(TensorModel, "data")
strike = lambda: grid().model().index(0, 0).data()
""",
    "thread": """
import threading
def strike():
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
""",
    "timer": """
timers = []
def strike():
    timers.append(QTimer())
    timers[-1].timeout.connect(fail)
    timers[-1].start(0)
def mend():
    timers.clear()
""",
}


def run(code: str, tmp_path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    places = {"XDG_DATA_HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)}
    return python("-c", code, *arguments, env={**os.environ, **places})


def program(place: str) -> str:
    return f"{BROKEN}\n{PLACES[place]}\n{RUN}"


SHORT = ("virtual", "paint", "start")
LONG = os.environ.get("CNN_TUTOR_LONG") == "1"


@pytest.mark.parametrize("place", PLACES if LONG else SHORT)
def test_it_lives_on(place, tmp_path) -> None:
    done = run(program(place), tmp_path)
    assert done.returncode == 0, done.stderr[-3000:]
    assert "reports 1 True" in done.stdout, done.stdout + done.stderr[-3000:]
    assert "edited 7.0" in done.stdout
    assert "active painter" not in done.stderr
    log = (tmp_path / LOG).read_text("utf-8")
    assert "ZeroDivisionError: injected" in log
    assert log.count("Traceback") <= 20
    assert log.splitlines()[-1].endswith("INFO app.errors.run: End")


@pytest.mark.parametrize("arguments", [(), ("--screenshot", "page.png")])
def test_an_error_before_there_is_a_window_is_one_line_and_a_box(tmp_path, arguments) -> None:
    code = """
import sys
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox
from cnn_tutor.app.cli import command_line
from cnn_tutor.app.closing import Closing
def fail(*_):
    raise ZeroDivisionError("injected")
Closing.__init__ = fail
QGuiApplication.platformName = lambda: "xcb"
QMessageBox.exec = lambda box: print(box.text())
sys.exit(command_line.run([*sys.argv[1:], "--lang", "en"]))
"""
    done = run(code, tmp_path, *arguments)
    assert done.returncode == 2, done.stderr
    assert done.stderr.count("\n") == 1
    line = done.stderr.removeprefix("cnn-tutor: ")
    assert line.startswith("Unexpected error: ZeroDivisionError: injected")
    assert LOG in line
    assert done.stdout == ("" if arguments else line)
    assert "injected" in (tmp_path / LOG).read_text("utf-8")


def test_an_error_while_a_picture_is_drawn_spoils_it(tmp_path) -> None:
    code = """
import sys
from cnn_tutor.app.cli import command_line
from cnn_tutor.widgets.overlays.connectors import Connectors
def fail(*_):
    raise ZeroDivisionError("injected")
Connectors.paintEvent = fail
sys.exit(command_line.run(["--screenshot", sys.argv[1], "--open", "convolution"]))
"""
    done = run(code, tmp_path, str(tmp_path / "page.png"))
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].startswith("cnn-tutor: Unexpected error: ZeroDivisionError")
    assert "Traceback" in (tmp_path / LOG).read_text("utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="a signal is sent")
def test_a_crash_leaves_a_trace_that_the_next_run_logs(tmp_path) -> None:
    crash = "import faulthandler\nstrike = faulthandler._sigsegv"
    done = run(f"{BROKEN}\n{crash}\n{RUN}", tmp_path)
    assert done.returncode < 0
    trace = tmp_path / LOG.replace("cnn-tutor.log", "crash.txt")
    assert "Segmentation fault" in trace.read_text()
    assert run(program("slot"), tmp_path).returncode == 0
    assert trace.read_text() == ""
    log = (tmp_path / LOG).read_text("utf-8")
    assert "CRITICAL app.errors.run: An earlier run has crashed:\n    Fatal Python error" in log
