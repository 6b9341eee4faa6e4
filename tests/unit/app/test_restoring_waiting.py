"""What the start says of work that it does not put back by itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from cnn_tutor.app.main_window import MainWindow
from cnn_tutor.app.settings.preferences import Preferences
from cnn_tutor.study.boards.presets import presets
from tests.helpers.lesson_window import choose
from tests.helpers.unsaved import crash, first_start, listed, next_start, value
from tests.helpers.widgets import OFFSCREEN
from tests.unit.app.cli.test_session import change, started

pytestmark = OFFSCREEN


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    return first_start(qtbot, open="blur")


def two_wait(qtbot: QtBot, window: MainWindow) -> None:
    """Leave two works, as two programs do that end at once."""
    other = started(qtbot, Preferences(), open="blur")
    change(window, 81)
    change(other, 82)
    crash(window)
    crash(other)


def test_a_second_work_is_mentioned_until_it_is_looked_after(
    qtbot: QtBot, window: MainWindow
) -> None:
    two_wait(qtbot, window)
    again, said = next_start(qtbot)
    assert value(again) == 82
    assert "Your work from" in said
    assert "More unsaved work is under File ▸ Unsaved work (1)." in said
    assert len(listed(again)) == 1


@pytest.mark.parametrize("options", [{"open": "width_quiz"}, {"file": "mine.cnnt"}])
def test_it_is_mentioned_where_something_else_was_asked_for(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, options: dict[str, str]
) -> None:
    window.files.file.save(str(tmp_path / "mine.cnnt"))
    window.files.file.attach("")
    two_wait(qtbot, window)
    if "file" in options:
        options = {"file": str(tmp_path / "mine.cnnt")}
    again, said = next_start(qtbot, **options)
    assert not again.isWindowModified()
    assert "Unsaved work from before is under File ▸ Unsaved work (2)." in said


@pytest.mark.parametrize("end", [crash, MainWindow.close])
def test_a_file_is_opened_with_the_changes_that_were_not_saved(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, end: object
) -> None:
    assert callable(end)
    path = tmp_path / "mine.cnnt"
    window.files.file.save(str(path))
    change(window, 81)
    end(window)
    again, said = next_start(qtbot, file=str(path))
    assert (value(again), again.files.file.path) == (81, str(path))
    assert again.isWindowModified()
    assert "mine.cnnt" in said
    assert "here again" in said


def test_a_file_that_was_written_since_is_opened_as_it_is(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    path = tmp_path / "mine.cnnt"
    window.files.file.save(str(path))
    change(window, 81)
    crash(window)
    path.write_bytes(path.read_bytes() + b" ")
    again, said = next_start(qtbot, file=str(path))
    assert value(again) != 81
    assert not again.isWindowModified()
    assert "Unsaved work (1)" in said


@pytest.mark.parametrize("options", [{}, {"open": "width_quiz"}])
@pytest.mark.parametrize("data", [b"", b'{"format":"cnn-tutor-work","version":7}\n{}'])
def test_work_that_cannot_be_read_is_said_to_be_there(
    qtbot: QtBot, window: MainWindow, options: dict[str, str], data: bytes
) -> None:
    assert window.autosave is not None
    folder = Path(window.autosave.folder)
    (folder / "bad.work").write_bytes(data)
    window.close()
    _, said = next_start(qtbot, **options)
    assert said == f"Some unsaved work can't be read. It stays where it is: {folder}"


def test_work_that_is_cut_off_is_said_to_be_there(qtbot: QtBot, window: MainWindow) -> None:
    change(window, 81)
    crash(window)
    assert window.autosave is not None
    (path,) = Path(window.autosave.folder).glob("*.work")
    path.write_bytes(path.read_bytes()[:-20])
    again, said = next_start(qtbot)
    assert not again.isWindowModified()
    assert "can't be read" in said
    assert path.exists()


def test_what_was_left_for_another_chapter_is_only_mentioned_beside_other_work(
    qtbot: QtBot, window: MainWindow
) -> None:
    change(window, 81)
    choose(window, presets()["width_quiz"].title)
    crash(window)
    again, said = next_start(qtbot)
    assert said == ""
    change(again, 82)
    crash(again)
    _, said = next_start(qtbot)
    assert "More unsaved work" in said
