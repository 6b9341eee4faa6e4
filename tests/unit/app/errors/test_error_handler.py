"""An error that nobody caught: one report of it, the work is kept, and the program goes on."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton

from cnn_tutor import __version__
from cnn_tutor.app.errors import error_handler, error_report
from cnn_tutor.app.errors.error_handler import ErrorHandler
from cnn_tutor.app.errors.error_window import ErrorWindow
from cnn_tutor.app.errors.log import Log
from cnn_tutor.app.main_window import MainWindow
from cnn_tutor.app.settings.preferences import Preferences
from cnn_tutor.document.autosave.autosave import Autosave
from cnn_tutor.engine.network import Node
from cnn_tutor.pages.views.cells.layer_board import LayerBoard
from cnn_tutor.project.file import FileError
from cnn_tutor.project.project import Project
from tests.helpers.lesson_window import opened, press, read, write
from tests.unit.engine.toys import Failing, known

pytestmark = pytest.mark.qt_no_exception_capture  # here they are caught by what is tested


@pytest.fixture
def window(qtbot, preferences) -> MainWindow:
    return opened(qtbot, MainWindow(preferences))


@pytest.fixture
def listening(window, tmp_path, monkeypatch) -> Iterator[ErrorHandler]:
    monkeypatch.setattr(error_handler, "_PACE_MS", 1)
    log = Log(str(tmp_path / "log"))
    with ErrorHandler(log) as listener:
        listener.parts = window.parts
        yield listener
    log.close()


def logged(listening: ErrorHandler) -> str:
    return Path(listening._log.baseFilename).read_text("utf-8")


def reports(window: MainWindow) -> list[ErrorWindow]:
    return [report for report in window.findChildren(ErrorWindow) if report.isVisible()]


def text(window: MainWindow) -> str:
    (report,) = reports(window)
    return report.findChild(QPlainTextEdit, "error_text").toPlainText()


def message(window: MainWindow) -> str:
    return reports(window)[0].findChild(QLabel, "error_message").text()


def button(window: MainWindow, name: str) -> QPushButton:
    return reports(window)[0].findChild(QPushButton, f"error_{name}")


def click(window: MainWindow, name: str) -> None:
    QTest.mouseClick(button(window, name), Qt.MouseButton.LeftButton)


def break_shading(monkeypatch, error: Exception) -> None:
    """Have F7 fail, deep inside."""

    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(LayerBoard, "set_shaded", fail)


def back_in(qtbot, window: MainWindow) -> None:
    """Go on in the program's window, as with a click into it."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


@pytest.fixture
def strike(qtbot, window, listening, monkeypatch) -> Callable[[Exception], None]:
    """What has an error strike and be reported."""

    def strike(error: Exception) -> None:
        break_shading(monkeypatch, error)
        back_in(qtbot, window)
        press(window, "F7")
        qtbot.waitUntil(lambda: any(str(error) in text(window) for _ in reports(window)))

    return strike


def test_one_report_names_the_program_the_place_and_the_error(window, listening, strike) -> None:
    window.open_chapter("convolution")
    write(window, "x", 0, 0, "7")
    strike(ZeroDivisionError("no such shade"))
    report = text(window)
    for part in (
        f"CNN Tutor {__version__}",
        "Qt 6.",
        "NumPy ",
        "language en",
        "Page: lab",
        "Chapter: convolution",
        "ZeroDivisionError: no such shade",
        "Traceback (most recent call last)",
        "test_error_handler.py",
    ):
        assert part in report, part
    assert f"\n  {window.document.undo_stack.undoText()}\n" in report
    assert "no such shade" in logged(listening)
    assert not reports(window)[0].isModal()


def test_the_work_is_kept_at_once(qtbot, window, strike, monkeypatch) -> None:
    window.open_chapter("convolution")
    write(window, "x", 0, 0, "7")
    strike(ValueError("broken"))
    assert "has been kept" in message(window)
    monkeypatch.undo()
    window.autosave.release()  # as the end of the process does
    again = MainWindow(Preferences())
    qtbot.addWidget(again)
    assert again.autosave.restore()
    assert again.document.project.x[0, 0, 0] == 7


def test_work_that_cannot_be_kept_is_not_said_to_be(window, strike, monkeypatch) -> None:
    def full(_: Autosave) -> None:
        raise FileError("file_save", detail="disk full")

    monkeypatch.setattr(Autosave, "keep", full)
    strike(ValueError("broken"))
    assert "disk full" in message(window)
    assert "has been kept" not in message(window)
    monkeypatch.undo()


def test_the_same_error_is_counted_and_another_one_added(qtbot, window, listening, strike) -> None:
    strike(ValueError("first"))
    back_in(qtbot, window)
    for _ in range(4):
        press(window, "F7")
    qtbot.waitUntil(lambda: "(5 times)" in text(window))
    strike(TypeError("second"))
    assert text(window).index("ValueError: first") < text(window).index("TypeError: second")
    assert len(reports(window)) == 1
    assert logged(listening).count("Traceback") == 2


def test_a_closed_report_comes_back_for_another_error_only(
    qtbot, window, listening, strike
) -> None:
    window.open_chapter("convolution")
    strike(ValueError("first"))
    click(window, "close")
    assert not reports(window)
    back_in(qtbot, window)
    press(window, "F7")
    qtbot.waitUntil(lambda: listening.faults.list[0].times == 2)
    qtbot.waitUntil(lambda: not listening._timer.isActive())
    assert not reports(window)
    window.open_chapter("blur")
    strike(TypeError("second"))
    assert "(2 times)" in text(window)
    assert "Chapter: blur" in text(window)  # where this one struck


def test_an_error_of_a_thread_is_reported_too(qtbot, window, listening) -> None:
    def fail() -> None:
        raise OSError("in a thread")

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: bool(reports(window)))
    assert "OSError: in a thread" in text(window)


def test_an_edit_that_fails_inside_leaves_the_board_as_it_was(
    qtbot, window, listening, monkeypatch
) -> None:
    window.open_chapter("convolution")
    before = read(window, "x"), read(window, "output")

    def fail(*_: object) -> None:
        raise ZeroDivisionError("inside a command")

    with monkeypatch.context() as broken:
        broken.setattr(Project, "with_cells", fail)
        write(window, "x", 0, 0, "7")
        qtbot.waitUntil(lambda: bool(reports(window)))
    assert (read(window, "x"), read(window, "output")) == before
    press(reports(window)[0], "Esc")
    back_in(qtbot, window)
    write(window, "x", 0, 0, "7")
    assert read(window, "x")[0][0] == "7"


def test_a_layer_with_a_fault_is_reported_with_its_cause_and_changes_nothing(
    qtbot, window, listening
) -> None:
    class Fussy(Failing):
        kind = "fussy"

        def forward(self, tensors):
            return super().forward({**tensors, "x": tensors["x"] * 6}) / 6

    with known(Fussy):
        nodes = (Node("fussy_1", Fussy(), {"scale": np.array([2.0])}),)
        window.document.open(Project.chain(np.full((2, 2, 1), 3.0), nodes))
        write(window, "x", 0, 0, "7")
        write(window, "x", 0, 1, "9")
        qtbot.waitUntil(lambda: bool(reports(window)))
        assert read(window, "x") == [["7", "3"], ["3", "3"]]
        assert read(window, "output") == [["14", "6"], ["6", "6"]]
    reported = "In the layer fussy_1 (fussy) over an input of shape (2, 2, 1)."
    assert "ValueError: strange" in text(window)
    assert reported in text(window)
    assert reported in logged(listening)
    assert "has been kept" in message(window)
    assert notice(window) == ""


def test_a_log_that_cannot_be_made_is_not_named(qtbot, window, tmp_path, monkeypatch) -> None:
    (tmp_path / "file").write_text("")
    with ErrorHandler(Log(f"{tmp_path}/file/log")) as listener:
        listener.parts = window.parts
        break_shading(monkeypatch, ValueError("broken"))
        press(window, "F7")
        qtbot.waitUntil(lambda: bool(reports(window)))
        assert "\nLog: none\n" in text(window)
        assert "file/log" not in text(window)
        assert not button(window, "log_folder").isVisible()


def notice(window: MainWindow) -> str:
    shown = window.findChild(QLabel, "page_notice")
    return shown.text() if shown.isVisible() else ""


def test_a_report_that_failed_once_comes_when_the_same_error_does(
    qtbot, window, listening, strike, monkeypatch
) -> None:
    window.open_chapter("convolution")
    write(window, "x", 0, 0, "7")
    break_shading(monkeypatch, ValueError("broken"))

    def fail(*_: object) -> str:
        raise RuntimeError("no facts")

    with monkeypatch.context() as broken:
        broken.setattr(error_report, "circumstances", fail)
        press(window, "F7")
        qtbot.waitUntil(lambda: bool(notice(window)))
    assert "ValueError: broken" in notice(window)
    assert listening._log.file.rpartition("/")[2] in notice(window)
    assert not reports(window)
    kept = [path.suffix for path in Path(window._preferences.work_folder).iterdir()]
    assert ".work" in kept, "what is left of the work is kept, however the report comes out"
    strike(ValueError("broken"))
    assert "ValueError: broken (test_error_handler.py" in text(window)


def test_a_report_that_fails_itself_is_logged_and_not_tried_without_a_pause(
    qtbot, window, listening, monkeypatch
) -> None:
    tried = []
    monkeypatch.setattr(error_handler, "_PACE_MS", 10**6)

    def fail(*_: object) -> None:
        tried.append(1)
        raise RuntimeError("no window")

    monkeypatch.setattr(ErrorWindow, "show_report", fail)
    break_shading(monkeypatch, ValueError("broken"))
    press(window, "F7")
    qtbot.waitUntil(lambda: bool(tried))
    press(window, "F7")
    qtbot.waitUntil(lambda: listening.faults.list[0].times == 2)
    qtbot.waitUntil(listening._timer.isActive)
    assert len(tried) == 1
    assert "The report fails: RuntimeError('no window')" in logged(listening)
