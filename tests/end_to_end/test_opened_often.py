"""Pages, dialogs and windows are opened and closed again and again, and leave nothing behind.

A plain run opens most of it a few times and counts what is alive; CNN_TUTOR_LONG=1 opens each 500
times in a process of its own, whose memory may not grow. To look at some of it:

    python -m tests.end_to_end.test_opened_often TIMES NAME ...
"""

from __future__ import annotations

import functools
import gc
import itertools
import json
import os
import random
import sys
import weakref
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import PySide6
import pytest
from PySide6.QtCore import QObject, QStandardPaths, Qt
from PySide6.QtGui import QPixmapCache, QUndoCommand
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu

from cnn_tutor.app.main_window import MainWindow
from cnn_tutor.app.menus import help as help_boxes
from cnn_tutor.app.settings.preferences import Preferences
from cnn_tutor.study.boards.presets import presets
from cnn_tutor.study.boards.views import VIEWS
from cnn_tutor.study.lessons.library import Library
from cnn_tutor.study.practice import PRACTICE, RESULTS
from cnn_tutor.study.practice.record.answer import Answer
from tests.helpers.hanging import HANGS
from tests.helpers.programs import at_home, python
from tests.helpers.typist import settle
from tests.helpers.unsaved import change, value

OFTEN = 500
SELDOM = 7
SLOW = {"theme", "window", "window that remembers"}
"""What a plain run leaves out."""
GROWTH_LIMIT = 1.05
OF_QT = {"all pages": 16_000, "window": 48_000, "window that remembers": 48_000}
"""Bytes that Qt itself keeps each time: some 2 kB of every spin box under a style sheet."""
NOISE = 5
"""Objects of one type that counting itself may leave; what leaks does so every time."""
OF_PYSIDE = (
    {"weakref.ReferenceType", "PySide6.QtGui.QStandardItem", "builtins.tuple"}
    if PySide6.__version_info__ < (6, 10)
    else set()
)
"""What earlier versions of PySide keep of each connection, and of each item of a model.

The tuples are a few of the counting itself: 8 after 7 times, none after 40.
"""
ANSWER = f"{Answer.__module__}.{Answer.__qualname__}"
"""What is to grow: the record of what was answered."""
PATTERN = "re.Pattern"
"""Compiled at its first use, which may be late; there are no more than in the sources."""
EXPECTED = {ANSWER, PATTERN} | OF_PYSIDE

Open = Callable[[MainWindow], object]
FIRST = next(iter(presets()))


def command(keys: str) -> Open:
    """Press the keys of a command, and close the dialog that it opens."""

    def open_and_close(window: MainWindow) -> None:
        window.activateWindow()  # as a window manager does when the dialog before is closed
        settle()
        QTest.keySequence(window, keys)
        settle()
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QDialog), keys
        QTest.keyClick(dialog, Qt.Key.Key_Escape)

    return open_and_close


def worksheet(window: MainWindow) -> None:
    """Have the same worksheet each time: others fill what is remembered of sizes and rules."""
    random.seed(1)
    command("Ctrl+P")(window)


def glossary(window: MainWindow) -> None:
    window.show_glossary("padding")
    settle()
    window._glossary.close()


def asking(window: MainWindow) -> None:
    """Have unsaved work, and the question what is to become of it."""
    change(window, 1.0 - value(window))
    command("Ctrl+N")(window)


def menus(window: MainWindow) -> None:
    for menu in window.findChildren(QMenu):
        menu.popup(window.pos())
        menu.close()


def exercise(window: MainWindow) -> None:
    """Have an exercise, and its solution shown, on the page of practice."""
    window.practice.set_one("whole_output", "conv2d", 1, 1)
    window.practice.page.drill.hint()
    settle()
    window.practice.leave()


def chapter(key: str) -> Open:
    return lambda window: window.open_chapter(key)


def view(key: str) -> Open:
    return lambda window: (window.lab.state.show_view(key), settle(), window.lab.finish())


def next_page() -> Open:
    """Go round all pages, one after the other."""
    keys = itertools.cycle((*Library(), *presets(), PRACTICE, RESULTS))
    return lambda window: window.open_chapter(next(keys))


def switched(method: str, *choices: str) -> Open:
    def switch(window: MainWindow) -> None:
        for choice in choices:
            getattr(window, method)(choice)
            settle()

    return switch


def another_window(*given: Callable[[], Preferences]) -> Open:
    def open_and_close(_: MainWindow) -> None:
        window = MainWindow(*(make() for make in given))
        window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        window.show()
        settle()
        window.open_chapter(PRACTICE)
        settle()
        window.close()

    return open_and_close


OPENED: dict[str, Open] = {
    "lab": chapter("blur"),
    "lesson": chapter("lesson_pooling"),
    RESULTS: chapter(RESULTS),
    "all pages": next_page(),
    **{f"view {key}": view(key) for key in VIEWS},
    "exercise": exercise,
    "glossary": glossary,
    "about": lambda window: help_boxes.show_about(window).close(),
    "worksheet": worksheet,
    "open": command("Ctrl+O"),
    "unsaved work": asking,
    "menus": menus,
    "theme": switched("set_theme", "dark", "light"),
    "language": switched("set_language", "ja", "en"),
    "window": another_window(),
    "window that remembers": another_window(Preferences),
}


# --- counting ------------------------------------------------------------------------------------


def rest(window: MainWindow) -> None:
    """Go back to where every count is taken: the first lab, with nothing to undo."""
    window.practice.leave()
    window.lab.state.show_view(next(iter(VIEWS)))
    window.document.begin(presets()[FIRST].project(), "")
    window.document.undo_stack.clear()
    settle()
    window.lab.finish()
    settle()
    for cache in (o for o in gc.get_objects() if isinstance(o, functools._lru_cache_wrapper)):
        if cache.cache_parameters()["maxsize"]:  # it would stop growing by itself
            cache.cache_clear()


def alive(window: MainWindow) -> Counter[str]:
    """Count what there is: Python's objects by their type, Qt's widgets and other objects."""
    for _ in range(3):  # tuples of tuples of numbers are let go of from the inside out
        gc.collect()
    # Qt's own objects have a face in Python only while somebody looks; they are counted by Qt.
    found = Counter(
        f"{type(o).__module__}.{type(o).__qualname__}"
        for o in gc.get_objects()
        if not (isinstance(o, QObject) and type(o).__module__.startswith("PySide6"))
    )
    # What is left of a cursor of the record, until the connection tidies up, is no object's.
    found["weakref.ReferenceType"] -= sum(
        isinstance(o, weakref.ReferenceType) and o() is None for o in gc.get_objects()
    )
    commands = sum(isinstance(o, QUndoCommand) for o in gc.get_objects())
    found["widgets of Qt"] = len(QApplication.allWidgets())
    found["objects of Qt in the window"] = len(window.findChildren(QObject))
    found["steps to undo"] = commands
    return found


def resident() -> int:
    """Return the bytes of memory that the process has; 0 where the system doesn't say."""
    try:
        pages = Path("/proc/self/statm").read_text().split()[1]
    except OSError:
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def look(names: list[str], times: int) -> Iterator[dict[str, object]]:
    """Open each of some so many times, and report what has grown."""
    QStandardPaths.setTestModeEnabled(True)
    app = QApplication(["cnn-tutor-tests"])
    app.setQuitOnLastWindowClosed(False)
    QPixmapCache.setCacheLimit(512)  # kB; it would take 10 MB before it stops growing
    window = MainWindow()
    window.show()
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window, HANGS * 1000)
    gc.collect()
    gc.freeze()  # what is there by now need not be looked through each time
    for name in names:
        open_it = OPENED[name]
        for _ in range(max(4, times // 4)):
            open_it(window)
            settle()
        rest(window)
        alive(window)
        used, before = resident(), dict(alive(window))
        for _ in range(times):
            open_it(window)
            settle()
        used_then = resident()
        rest(window)
        grown = {kind: n - before.get(kind, 0) for kind, n in alive(window).items()}
        yield {
            "name": name,
            "grown": {kind: n for kind, n in grown.items() if n > NOISE and kind not in EXPECTED},
            "memory": [used, used_then],
        }


# --- the tests -----------------------------------------------------------------------------------


def looked_at(folder: Path, names: Iterable[str], times: int) -> list[dict]:
    """Look in a process of its own, with settings and work of its own."""
    program = "-m", __name__, times, *names
    done = python(*program, env=at_home(folder), cwd=folder, timeout=None)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_what_is_opened_and_closed_leaves_nothing_behind(tmp_path) -> None:
    for found in looked_at(tmp_path, [name for name in OPENED if name not in SLOW], SELDOM):
        # Where a way round all pages is broken off, what belongs to the last of them is left.
        assert not found["grown"] or found["name"] == "all pages", found


@pytest.mark.long
@pytest.mark.parametrize("name", OPENED)
def test_what_is_opened_500_times_takes_no_more_memory(name, tmp_path) -> None:
    (found,) = looked_at(tmp_path, [name], OFTEN)
    assert not found["grown"] or name == "all pages", found
    before, after = found["memory"]
    most = before * GROWTH_LIMIT + OFTEN * OF_QT.get(name, 0)
    assert after <= most, found


def main() -> None:
    for line in look(sys.argv[2:] or list(OPENED), int(sys.argv[1])):
        print(json.dumps(line), flush=True)


if __name__ == "__main__":
    main()
