"""A monkey at the window: seeded events of every kind, and what has to hold after each of them.

    python -m tests.end_to_end.monkey SEED COUNT REMEMBERS

plays COUNT events, the same ones for the same seed as far as timers allow, and says what broke.
Where REMEMBERS is ``True`` the window keeps its settings and work, in a folder that is gone then.
"""

from __future__ import annotations

import faulthandler
import gc
import json
import random
import secrets
import sys
import tempfile
import threading
import traceback
import weakref
from collections.abc import Callable
from pathlib import Path
from random import Random

from PySide6.QtCore import (
    QCoreApplication,
    QStandardPaths,
    Qt,
    QThread,
    QThreadPool,
    QTimer,
    qInstallMessageHandler,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from cnn_tutor.app.main_window import MainWindow
from cnn_tutor.app.settings.preferences import Preferences
from tests.end_to_end.monkey_cage import (
    allow,
    check_numbers,
    check_undo,
    files_in,
    guard,
    keep_inside,
)
from tests.end_to_end.monkey_moves import Move, Moves
from tests.helpers.hanging import HANGS
from tests.helpers.programs import at_home, python
from tests.helpers.unsaved import restored

EVENTS_LISTED = 30
"""Events listed before one that broke something."""

_CHECK, _UNDO = 50, 700
"""Events from one look at the numbers to the next, and from one at what can be undone."""

_DEEP = 40
"""Events played in a dialog that blocks before it is left."""

_LINGERS = 60
_LOG = "events.log"
_SCREEN = {
    **{"name": "screen", "x": 0, "y": 0, "width": 1920, "height": 1080},
    **{"dpr": 1, "logicalDpi": 96, "logicalBaseDpi": 96},
}


class Monkey:
    """Plays ``count`` events in windows of the program, one after the other."""

    def __init__(self, seed: int, count: int, folder: Path, remembers: bool) -> None:
        self._rng, self._count, self._remembers = Random(seed), count, remembers
        self._folder = folder
        self._log = (folder / _LOG).open("w", encoding="utf-8", buffering=1)
        self._faults: list[str] = []
        self._played, self._deep, self._windows = 0, 0, 0
        self._moves = Moves(self._rng, files_in(folder))
        self._window: MainWindow | None = None
        self._gone: Callable[[], MainWindow | None] = lambda: None
        self._patience = 0
        self._at_first = set(map(id, QApplication.topLevelWidgets()))
        self._ticker = QTimer(singleShot=True)
        self._ticker.timeout.connect(self._tick)

    def run(self) -> list[str]:
        """Play until all is played or something broke; return what broke."""
        app = QCoreApplication.instance()
        assert isinstance(app, QApplication)
        app.setQuitOnLastWindowClosed(False)
        guard(self._fault, self._folder)
        self._ticker.start(0)
        app.exec()
        faulthandler.cancel_dump_traceback_later()
        qInstallMessageHandler(None)
        print(f"{self._played} events in {self._windows} windows")
        return self._faults

    # --- playing ---------------------------------------------------------------------------------

    def _tick(self) -> None:
        try:
            self._turn()
        except Exception:
            self._fault(traceback.format_exc())
        if self._faults:
            QCoreApplication.exit(1)
        else:
            self._ticker.start(0)

    def _turn(self) -> None:
        if self._window is not None and not isValid(self._window):
            self._window = None
            self._close()
        if self._window is None:
            if self._played >= self._count:
                QCoreApplication.exit(0)
                return
            self._open()
        assert self._window is not None
        if not self._window.isVisible() and not self._window.isMinimized():
            # Closed: it is taken apart as soon as the events have come to rest.
            self._patience += 1
            if self._patience > 100:
                raise AssertionError("the window was closed, and is still there")
            return
        self._patience = 0
        if self._played >= self._count:
            self._window.close()
            return
        if self._played % _CHECK == 0:
            check_numbers(self._window)
        if self._played % _UNDO == _UNDO - 1:
            check_undo(self._window)
        self._play(self._drawn())

    def _play(self, move: Move) -> None:
        """Make a move; while it blocks, as in a dialog of Qt's, play there."""
        what, act = move
        self._played += 1
        self._log.write(f"{self._played} {what}\n")
        faulthandler.dump_traceback_later(HANGS, exit=True)
        level = QThread.currentThread().loopLevel()
        inner = QTimer()
        inner.timeout.connect(lambda: self._nested(level))
        inner.start(5)
        keep_inside(self._folder)
        try:
            act()
        except RuntimeError as error:
            allow(error)
        finally:
            inner.stop()

    def _drawn(self) -> Move:
        try:
            return self._moves.draw()
        except RuntimeError as error:
            allow(error)
            return "nothing", lambda: None

    def _nested(self, level: int) -> None:
        if QThread.currentThread().loopLevel() <= level:
            return
        self._deep += 1
        try:
            leave = self._deep > _DEEP or bool(self._faults)
            self._play(self._moves.out() if leave else self._drawn())
        except Exception:
            self._fault(traceback.format_exc())
        if QThread.currentThread().loopLevel() <= level:
            self._deep = 0

    def _open(self) -> None:
        kept = Preferences() if self._remembers else None
        window = restored(MainWindow(kept), kept) if kept else MainWindow()
        window.setObjectName("main_window")
        window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        window.show()
        window.activateWindow()
        self._log.write("the window opens\n")
        self._window, self._gone = window, weakref.ref(window)
        self._windows += 1

    # --- what has to hold ------------------------------------------------------------------------

    def _fault(self, what: str) -> None:
        self._faults.append(what)
        if len(self._faults) <= 3:  # at once: what comes next may end the process
            print(what, file=sys.stderr, flush=True)

    def _close(self) -> None:
        """Nothing of a window that was closed may be left."""
        for _ in range(_LINGERS):  # as long as a timer still knows of it
            gc.collect()
            if self._gone() is None:
                break
            QTest.qWait(50)
        left = [w for w in QApplication.topLevelWidgets() if id(w) not in self._at_first]
        left = [w for w in left if w.metaObject().className() != "QTipLabel"]
        assert not left, f"left behind: {[(type(w), w.objectName()) for w in left]}"
        window = self._gone()
        assert window is None, f"it lives: {[type(r) for r in gc.get_referrers(window)]}"
        timers = [t for t in gc.get_objects() if isinstance(t, QTimer) and isValid(t)]
        running = [t for t in timers if t.isActive() and t is not self._ticker]
        # Those of QTimer.singleShot are nobody's, and end by themselves.
        running = [t for t in running if t.parent() is not None or not t.isSingleShot()]
        assert not running, f"timers run on: {running}"
        assert threading.enumerate() == [threading.main_thread()], threading.enumerate()
        assert QThreadPool.globalInstance().activeThreadCount() == 0


def watch(seed: int, count: int, remembers: bool = False) -> str:
    """Let it play in a process of its own; return what broke and how to see it again, or ""."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        env = at_home(folder) | {"PYTHONHASHSEED": "0"}
        Path(folder, "screens.json").write_text(json.dumps({"screens": [_SCREEN]}))
        if env.get("QT_QPA_PLATFORM", "offscreen") == "offscreen":
            env["QT_QPA_PLATFORM"] = "offscreen:configfile=screens.json"
        again = "-m", "tests.end_to_end.monkey", str(seed), str(count), str(remembers)
        done = python("-X", "faulthandler", *again, folder, env=env, cwd=folder, timeout=None)
        if done.returncode == 0:
            return ""
        log = Path(folder, _LOG)
        lines = log.read_text("utf-8").splitlines()[-EVENTS_LISTED:] if log.exists() else []
        said = f"{done.stdout}{done.stderr}"[-20_000:]
        ended = f"exit code {done.returncode}", f"python {' '.join(again)}"
        return "\n".join([said, *lines, *ended])


def play(seed: int, count: int, remembers: bool, folder: Path) -> list[str]:
    """Play in this process; return what broke."""
    random.seed(seed)
    secrets.randbelow = Random(seed).randrange  # what exercises are drawn with
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    QStandardPaths.setTestModeEnabled(True)
    app = QApplication(["cnn-tutor-monkey"])
    app.setApplicationName("cnn-tutor-monkey")
    return Monkey(seed, count, folder, remembers).run()


def main() -> None:
    seed, count, remembers, *folder = sys.argv[1:]
    how = int(seed), int(count), remembers == "True"
    sys.exit(1 if play(*how, Path(*folder)) else 0) if folder else print(watch(*how))


if __name__ == "__main__":
    main()
