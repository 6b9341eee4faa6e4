"""Work that is in no file is kept soon and in one piece, and what can't be kept is said."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QDateTime, QTimer
from pytestqt.qtbot import QtBot
from shiboken6 import Shiboken

from cnn_tutor.document.autosave.autosave import DELAY_MS
from cnn_tutor.document.autosave.snapshot import KeptCopy, decode_copy
from cnn_tutor.project.file import encode
from tests.unit.document.kept_run import Run, next_run
from tests.unit.document.test_document import project

# --- when it is kept ---------------------------------------------------------------------------


def test_editing_without_a_pause_is_kept_all_the_same(qtbot: QtBot, run: Run) -> None:
    """There is only so much that can be edited in a while, on the slowest machine even less."""
    pace = 20
    most = 2 * DELAY_MS // pace
    values = iter(range(1, most))
    edits = QTimer()
    edits.timeout.connect(lambda: run.edit(next(values, most)))
    edits.start(pace)
    qtbot.waitUntil(lambda: bool(run.copies) or run.value == most)
    edits.stop()
    assert run.copies
    assert run.copies[0] < most


def one_cell(run: Run) -> None:
    run.edit(1)


def a_drag(run: Run) -> None:
    run.edit(1, gesture=7)
    run.kept.keep()
    run.edit(2, gesture=7)  # becomes one with the edit before


def a_setting(run: Run) -> None:
    run.document.replace(project(channels=3), "replace")


def a_setting_that_is_dragged(run: Run) -> None:
    run.document.replace(project(channels=2), "replace", gesture=7)
    run.kept.keep()
    run.document.replace(project(channels=3), "replace", gesture=7)


def an_edit_that_is_undone(run: Run) -> None:
    run.edit(1)
    run.edit(2)
    run.kept.keep()
    run.document.undo_stack.undo()


def a_chapter_that_is_left_again(run: Run) -> None:
    run.edit(1)
    run.document.begin(project(channels=3), "open")
    run.kept.keep()
    run.document.undo_stack.undo()


@pytest.mark.parametrize(
    "change",
    [
        one_cell,
        a_drag,
        a_setting,
        a_setting_that_is_dragged,
        an_edit_that_is_undone,
        a_chapter_that_is_left_again,
    ],
)
def test_every_kind_of_change_is_kept_soon(run: Run, change: object) -> None:
    assert callable(change)
    change(run)
    assert run.kept._timer.isActive()
    assert run.kept._timer.interval() <= 1000
    run.kept._timer.timeout.emit()
    run.end()
    again = Run(run.folder)
    assert again.kept.restore()
    assert encode(again.document.project) == encode(run.document.project)
    assert not again.document.undo_stack.isClean()
    again.end()


def test_saving_removes_what_is_kept_at_once(run: Run, tmp_path: Path) -> None:
    run.edit(48)
    run.kept.keep()
    assert run.copies == [48]
    run.file.save(str(tmp_path / "mine.cnnt"))
    assert run.copies == []


def test_a_document_that_is_taken_apart_unsaved_leaves_what_is_kept(folder: Path) -> None:
    run = Run(folder)
    run.edit(48)
    run.kept.keep()
    Shiboken.delete(run.document)
    assert run.copies == [48]


def test_nothing_is_kept_once_it_is_released(run: Run) -> None:
    run.edit(48)
    run.end()
    run.edit(49)
    assert not run.kept._timer.isActive()


# --- where it can't be kept --------------------------------------------------------------------


def test_a_failure_is_said_once_and_ends_when_it_works_again(run: Run) -> None:
    shutil.rmtree(run.folder)
    run.folder.write_text("in the way")
    for value in (1, 2, 3):
        run.edit(value)
        assert run.kept._timer.isActive()
        run.kept._timer.timeout.emit()
    assert [fault.reason for fault in run.faults] == ["keep_failed"]
    assert run.faults[0].values["detail"]
    assert not run.document.undo_stack.isClean()
    run.folder.unlink()
    run.edit(4)
    run.kept._timer.timeout.emit()
    assert run.copies == [4]
    assert len(run.faults) == 1
    shutil.rmtree(run.folder)
    run.folder.write_text("in the way")
    run.edit(5)
    run.kept._timer.timeout.emit()
    assert len(run.faults) == 2
    run.folder.unlink()


def test_a_folder_that_is_taken_away_is_made_again_with_its_lock(run: Run) -> None:
    run.edit(48)
    run.kept.keep()
    shutil.rmtree(run.folder)
    run.edit(49)
    run.kept._timer.timeout.emit()
    assert run.copies == [49]
    assert run.faults == []
    assert Run(run.folder).kept.restore() is None  # it is still this program's
    again, _ = next_run(run)
    assert again.value == 49
    again.end()


def test_where_there_was_no_folder_to_begin_with_each_has_a_file_of_its_own(folder: Path) -> None:
    folder.write_text("in the way")
    one, two = Run(folder), Run(folder)
    folder.unlink()
    for value, run in ((1, one), (2, two)):
        run.edit(value)
        run.kept.keep()
    assert sorted(one.copies) == [1, 2]
    one.end()
    two.end()


def test_a_copy_is_what_was_put_into_it() -> None:
    copy = KeptCopy(project(), "/home/日本/a.cnnt", "stamp", closed=False)
    found = decode_copy(copy.encode(), QDateTime.currentDateTime())
    assert (found.path, found.stamp, found.closed) == (copy.path, "stamp", False)
    np.testing.assert_array_equal(found.project.x, copy.project.x)
