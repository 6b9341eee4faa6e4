"""Work that is in no file is kept soon, comes back after any end, and never costs other work."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QDateTime, QTimer
from pytestqt.qtbot import QtBot
from shiboken6 import Shiboken

from cnn_tutor.document.autosave.autosave import DELAY_MS
from cnn_tutor.document.autosave.folder import ASIDE_LIMIT, Head, Snapshot
from cnn_tutor.document.files import stamp
from cnn_tutor.project.file import FileError, encode
from tests.helpers.powerless import read_only
from tests.unit.document.autosave.runs import Run, by_value, decoded, left, next_run
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
    run.autosave.keep()
    run.edit(2, gesture=7)  # becomes one with the edit before


def a_setting(run: Run) -> None:
    run.document.replace(project(channels=3), "replace")


def an_edit_that_is_undone(run: Run) -> None:
    run.edit(1)
    run.work(2)
    run.document.undo_stack.undo()


@pytest.mark.parametrize("change", [one_cell, a_drag, a_setting, an_edit_that_is_undone])
def test_every_kind_of_change_is_kept_soon(run: Run, change: Callable[[Run], None]) -> None:
    change(run)
    assert run.autosave._timer.isActive()
    assert run.autosave._timer.interval() <= 1000
    run.wait()
    again, _ = next_run(run)
    assert encode(again.document.project) == encode(run.document.project)
    assert not again.document.undo_stack.isClean()
    again.end()


def test_saving_removes_what_is_kept_at_once(run: Run, tmp_path: Path) -> None:
    run.work(48)
    assert run.copies == [48]
    run.file.save(str(tmp_path / "mine.cnnt"))
    assert run.copies == []


def test_a_document_that_is_taken_apart_unsaved_leaves_what_is_kept(folder: Path) -> None:
    run = Run(folder)
    run.work(48)
    Shiboken.delete(run.document)
    assert run.copies == [48]


def test_nothing_is_kept_once_it_is_released(run: Run) -> None:
    run.edit(48)
    run.end()
    run.edit(49)
    assert not run.autosave._timer.isActive()


# --- where it can't be kept --------------------------------------------------------------------


def test_a_failure_is_said_once_and_ends_when_it_works_again(run: Run) -> None:
    shutil.rmtree(run.folder)
    run.folder.write_text("in the way")
    for value in (1, 2, 3):
        run.edit(value)
        assert run.autosave._timer.isActive()
        run.wait()
    assert [fault.reason for fault in run.faults] == ["keep_failed"]
    assert run.faults[0].values["detail"]
    assert not run.document.undo_stack.isClean()
    run.folder.unlink()
    run.edit(4)
    run.wait()
    assert run.copies == [4]
    assert len(run.faults) == 1
    shutil.rmtree(run.folder)
    run.folder.write_text("in the way")
    run.edit(5)
    run.wait()
    assert len(run.faults) == 2
    run.folder.unlink()


def test_a_folder_that_is_taken_away_is_made_again_with_its_lock(run: Run) -> None:
    run.work(48)
    shutil.rmtree(run.folder)
    run.edit(49)
    run.wait()
    assert run.copies == [49]
    assert run.faults == []
    assert Run(run.folder).autosave.restore() is None  # it is still this program's
    again, _ = next_run(run)
    assert again.value == 49
    again.end()


# --- what comes back ---------------------------------------------------------------------------


def test_it_is_known_whether_the_program_was_closed_or_just_ended(run: Run) -> None:
    run.work(48)
    second, copy = next_run(run)
    assert copy
    assert not copy.head.closed
    second.autosave.keep(closing=True)
    third, copy = next_run(second)
    assert copy
    assert copy.head.closed
    third.wait()  # from now on it is running, and can be killed
    fourth, copy = next_run(third)
    assert copy
    assert not copy.head.closed
    assert fourth.value == 48
    fourth.end()


def test_work_of_a_file_comes_back_with_its_file_and_unsaved(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "畳み込み 1.cnnt"
    run.file.save(str(path))
    run.work(48)
    again, copy = next_run(run)
    assert copy
    assert (again.file.path, again.value) == (str(path), 48)
    assert not again.document.undo_stack.isClean()
    again.end()


@pytest.mark.parametrize(
    "spoil", [Path.unlink, lambda path: path.write_bytes(encode(project(channels=3)))]
)
def test_a_file_that_is_gone_or_was_written_since_is_not_attached(
    run: Run, tmp_path: Path, spoil: Callable[[Path], object]
) -> None:
    """Saving would write older work over newer."""
    path = tmp_path / "mine.cnnt"
    run.file.save(str(path))
    run.work(48)
    spoil(path)
    again, copy = next_run(run)
    assert copy
    assert (copy.head.path, again.file.path, again.value) == (str(path), "", 48)
    again.end()


def test_a_kill_between_saving_and_clearing_up_attaches_older_work_to_nothing(
    run: Run, tmp_path: Path
) -> None:
    run.file.save(str(tmp_path / "mine.cnnt"))
    run.work(48)
    copy = next(run.folder.glob("*.work"))
    data = copy.read_bytes()
    run.edit(49)
    run.file.save(str(tmp_path / "mine.cnnt"))
    copy.write_bytes(data)
    again, _ = next_run(run)
    assert (again.file.path, again.value) == ("", 48)
    again.end()


def test_a_kill_just_after_saving_finds_the_work_saved(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "mine.cnnt"
    run.file.save(str(path))
    run.work(48)
    run.edit(49)
    found = list[bytes]()
    run.file.saving.connect(lambda: found.append(copy.read_bytes()))
    (copy,) = run.folder.glob("*.work")
    run.file.save(str(path))
    copy.write_bytes(found[0])
    again, _ = next_run(run)
    assert (again.file.path, again.value) == (str(path), 49)
    assert again.document.undo_stack.isClean()
    assert again.copies == []
    again.end()


def test_a_name_that_is_no_text_costs_the_work_nothing(run: Run) -> None:
    run.file.path = "/home/\udcff.cnnt"
    run.work(48)
    again, _ = next_run(run)
    assert again.value == 48
    again.end()


# --- their order -------------------------------------------------------------------------------


def test_a_clock_that_was_set_back_does_not_hide_what_is_newer(folder: Path) -> None:
    left(folder, 1, 2, 3)
    future = QDateTime.currentSecsSinceEpoch() + 10**7
    os.utime(by_value(folder)[1], (future, future))
    os.utime(by_value(folder)[3], (1e9, 1e9))
    run = Run(folder)
    assert run.waiting == [3, 2, 1]
    assert run.autosave.restore()
    assert run.value == 3
    run.end()


def test_what_is_edited_last_is_the_newest_whichever_program_began_first(folder: Path) -> None:
    one, two = Run(folder), Run(folder)
    for run, number in ((one, 1), (two, 2), (one, 3)):
        run.work(number)
    one.end()
    two.end()
    assert Run(folder).waiting == [3, 2]


# --- one of them is put back ---------------------------------------------------------------------


def test_one_that_is_taken_is_this_programs_and_unsaved(folder: Path, tmp_path: Path) -> None:
    first = Run(folder)
    first.file.save(str(tmp_path / "mine.cnnt"))
    first.work(1)
    first.end()
    left(folder, 2)
    run = Run(folder)
    run.work(5)
    run.autosave.take(run.autosave.waiting()[1].name)
    assert (run.value, run.file.path) == (1, str(tmp_path / "mine.cnnt"))
    assert not run.document.undo_stack.isClean()
    assert Run(folder).waiting == [2]  # it is locked, and what was on was given up
    assert sorted(run.copies) == [1, 2]
    run.file.save(run.file.path)
    assert run.copies == [2]
    run.end()


def test_one_that_another_program_has_by_now_stays_there(folder: Path) -> None:
    left(folder, 1)
    run, other = Run(folder), Run(folder)
    run.edit(5)
    (work,) = run.autosave.waiting()
    assert other.autosave.restore()
    with pytest.raises(FileError, match="kept_in_use"):
        run.autosave.take(work.name)
    assert run.value == 5
    run.end()
    other.end()


def test_one_that_cannot_be_read_stays_and_is_known(folder: Path) -> None:
    left(folder, 1)
    (path,) = folder.glob("*.work")
    path.write_bytes(path.read_bytes()[:-30])
    run = Run(folder)
    run.edit(5)
    with pytest.raises(FileError):
        run.autosave.take(run.autosave.waiting()[0].name)
    assert run.value == 5
    assert [work.head for work in run.autosave.waiting()] == [None]
    assert path.exists()
    run.end()


def test_the_unsaved_work_on_a_file_is_found_by_it(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "mine.cnnt"
    first = Run(folder)
    first.file.save(str(path))
    first.work(1)
    first.end()
    left(folder, 2)
    (tmp_path / "other.cnnt").write_bytes(path.read_bytes())
    run = Run(folder)
    assert run.autosave.restore_of(str(tmp_path / "other.cnnt")) is None
    assert run.autosave.restore_of(str(tmp_path / "work" / ".." / "mine.cnnt"))
    assert (run.value, run.file.path) == (1, str(path))
    run.end()
    path.write_bytes(path.read_bytes() + b" ")
    assert Run(folder).autosave.restore_of(str(path)) is None


# --- what is left for something else -------------------------------------------------------------


def test_what_is_left_waits_until_it_is_asked_for(run: Run) -> None:
    run.leave(1)
    assert run.waiting == [1]
    again, copy = next_run(run)
    assert copy is None  # it does not come back by itself
    again.autosave.take(again.autosave.waiting()[0].name)
    assert again.value == 1
    assert not again.document.undo_stack.isClean()
    assert again.autosave.waiting() == []
    again.autosave.keep()
    third, copy = next_run(again)
    assert copy
    assert third.value == 1
    third.end()


def test_work_that_is_saved_is_not_put_aside(run: Run, tmp_path: Path) -> None:
    run.edit(1)
    run.file.save(str(tmp_path / "mine.cnnt"))
    assert run.autosave.put_aside()
    assert run.copies == []


def test_who_comes_back_and_leaves_again_leaves_it_once(run: Run) -> None:
    run.leave(1)
    run.document.undo_stack.undo()
    assert run.value == 1
    assert run.autosave.put_aside()
    assert run.waiting == [1]
    (path,) = [path for path in run.folder.glob("*.work") if decoded(path).head.aside]
    path.unlink()  # another program has taken it
    assert run.autosave.put_aside()
    assert run.waiting == [1]


def test_the_oldest_of_what_was_left_go_and_nothing_else(folder: Path) -> None:
    left(folder, 99)
    run = Run(folder)
    for number in range(101, 101 + ASIDE_LIMIT + 3):
        run.leave(number)
    assert run.waiting == [*range(103 + ASIDE_LIMIT, 103, -1), 99]
    run.end()


def test_what_can_not_be_put_aside_is_said(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run.edit(1)

    def fail(*_: object, **__: object) -> None:
        raise FileError("file_save", detail="full")

    monkeypatch.setattr("cnn_tutor.document.autosave.autosave.write", fail)
    assert not run.autosave.put_aside()
    assert [fault.reason for fault in run.faults] == ["keep_failed"]


# --- what can't be read, locked or written -------------------------------------------------------

SOUND = Snapshot(project(), Head(number=7)).encode()
BAD = {
    "empty": b"",
    "cut": SOUND[:-30],
    "head only": SOUND.partition(b"\n")[0],
    "deep": b"[" * 100_000,
}


@pytest.mark.parametrize("data", BAD.values(), ids=BAD.keys())
def test_what_cannot_be_read_stays_and_is_never_written_over(folder: Path, data: bytes) -> None:
    left(folder, 48)
    bad = folder / "bad.work"
    bad.write_bytes(data)
    for _ in range(2):
        run = Run(folder)
        assert run.autosave.restore()
        assert run.value == 48
        run.autosave.keep()
        run.end()
    assert bad.read_bytes() == data


@pytest.mark.parametrize("file", ["", "diary"])
def test_a_file_of_unknown_content_is_never_attached(
    folder: Path, tmp_path: Path, file: str
) -> None:
    theirs = tmp_path / "theirs"
    theirs.write_bytes(file.encode() or encode(project(channels=3)))
    head = Head(path=str(theirs), stamp=stamp(str(theirs)) if file else "")
    folder.mkdir()
    (folder / "a.work").write_bytes(Snapshot(project(), head).encode())
    run = Run(folder)
    assert run.autosave.restore()
    assert run.file.path == ""
    run.end()


def test_work_comes_back_where_nothing_can_be_written(folder: Path) -> None:
    left(folder, 1)
    (path,) = folder.glob("*.work")
    with read_only(folder):
        run = Run(folder)
        assert run.autosave.restore()
        assert run.value == 1
        assert not run.document.undo_stack.isClean()
        run.wait()
        assert [fault.reason for fault in run.faults] == ["keep_failed"]
        assert path.exists()
    run.wait()  # later it can be written again
    assert run.copies == [1]
    assert len(list(folder.glob("*.work"))) == 2
    run.end()
