"""Several works wait in the folder: in their order, each for itself, and none of them for ever."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtCore import QDateTime

from cnn_tutor.document.autosave import folder as work_folder
from cnn_tutor.document.autosave.kept_head import MAX_NUMBER
from cnn_tutor.document.autosave.snapshot import KeptCopy, decode_copy
from cnn_tutor.document.files import stamp
from cnn_tutor.project.file import FileError, encode
from tests.unit.document.kept_run import CELL, Run, decoded, next_run, old_form
from tests.unit.document.test_document import project


def values(run: Run) -> list[float]:
    """What waits, in its order, by the number in one cell."""
    found = [work_folder.read(str(run.folder), work.name) for work in run.kept.waiting()]
    return [float(copy.project.x[CELL]) for copy in found]


def leave(folder: Path, *numbers: int) -> None:
    """Leave works in the folder, one after the other, as killed programs do."""
    runs = [Run(folder) for _ in numbers]
    for run, number in zip(runs, numbers, strict=True):
        run.edit(number)
        run.kept.keep()
    for run in runs:
        run.end()


def by_value(folder: Path) -> dict[int, Path]:
    return {int(decoded(path).project.x[CELL]): path for path in folder.glob("*.work")}


# --- their order -------------------------------------------------------------------------------


def test_a_clock_that_was_set_back_does_not_hide_what_is_newer(folder: Path) -> None:
    leave(folder, 1, 2, 3)
    future = QDateTime.currentSecsSinceEpoch() + 10**7
    os.utime(by_value(folder)[1], (future, future))
    os.utime(by_value(folder)[3], (1e9, 1e9))
    run = Run(folder)
    assert values(run) == [3, 2, 1]
    assert run.kept.restore()
    assert run.value == 3
    run.end()


def test_what_is_edited_last_is_the_newest_whichever_program_began_first(folder: Path) -> None:
    one, two = Run(folder), Run(folder)
    for run, number in ((one, 1), (two, 2), (one, 3)):
        run.edit(number)
        run.kept.keep()
    one.end()
    two.end()
    assert values(Run(folder)) == [3, 2]


def test_what_has_no_number_comes_after_what_has_one_by_its_time(folder: Path) -> None:
    old_form(folder, "older", 1, age=200)
    old_form(folder, "old", 2, age=100)
    leave(folder, 3)
    (newest,) = folder.glob("*.work")
    os.utime(newest, (1e9, 1e9))
    assert values(Run(folder)) == [3, 2, 1]


@pytest.mark.parametrize("number", [-1, MAX_NUMBER + 1, 2**64, 10**40])
def test_a_number_that_can_be_none_spoils_nothing(folder: Path, number: int) -> None:
    leave(folder, 1)
    path = by_value(folder)[1]
    path.write_bytes(path.read_bytes().replace(b'"number":1,', b'"number":%d,' % number, 1))
    leave(folder, 2)
    run = Run(folder)
    assert run.kept.restore()
    assert run.value == 2
    run.end()


# --- one of them is put back ---------------------------------------------------------------------


def test_one_that_is_taken_is_this_programs_and_unsaved(folder: Path, tmp_path: Path) -> None:
    first = Run(folder)
    first.file.save(str(tmp_path / "mine.cnnt"))
    first.edit(1)
    first.kept.keep()
    first.end()
    leave(folder, 2)
    run = Run(folder)
    run.edit(5)
    run.kept.keep()
    run.kept.take(run.kept.waiting()[1].name)
    assert (run.value, run.file.path) == (1, str(tmp_path / "mine.cnnt"))
    assert not run.document.undo_stack.isClean()
    assert values(Run(folder)) == [2]  # it is locked, and what was on was given up
    assert sorted(run.copies) == [1, 2]
    run.file.save(run.file.path)
    assert run.copies == [2]
    run.end()


def test_one_that_another_program_has_by_now_stays_there(folder: Path) -> None:
    leave(folder, 1)
    run, other = Run(folder), Run(folder)
    run.edit(5)
    (work,) = run.kept.waiting()
    assert other.kept.restore()
    with pytest.raises(FileError, match="kept_in_use"):
        run.kept.take(work.name)
    assert run.value == 5
    run.end()
    other.end()


@pytest.mark.parametrize("spoil", [lambda data: data[:-30], lambda data: b"junk"])
def test_one_that_cannot_be_read_stays_and_is_known(folder: Path, spoil: object) -> None:
    assert callable(spoil)
    leave(folder, 1)
    (path,) = folder.glob("*.work")
    path.write_bytes(spoil(path.read_bytes()))
    run = Run(folder)
    run.edit(5)
    with pytest.raises(FileError):
        run.kept.take(run.kept.waiting()[0].name)
    assert run.value == 5
    assert [work.head for work in run.kept.waiting()] == [None]
    assert path.exists()
    run.end()


@pytest.mark.parametrize("version", ["", "diary"])
def test_a_file_that_holds_no_project_is_never_attached(
    folder: Path, tmp_path: Path, version: str
) -> None:
    diary = tmp_path / "diary.txt"
    diary.write_text("Dear diary")
    copy = KeptCopy(project(), str(diary), stamp(str(diary)) if version else "")
    folder.mkdir()
    (folder / "a.work").write_bytes(copy.encode())
    run = Run(folder)
    assert run.kept.restore()
    assert run.file.path == ""
    run.end()


def test_a_file_of_unknown_version_is_not_attached(folder: Path, tmp_path: Path) -> None:
    theirs = tmp_path / "theirs.cnnt"
    theirs.write_bytes(encode(project(channels=3)))
    folder.mkdir()
    (folder / "a.work").write_bytes(KeptCopy(project(), str(theirs)).encode())
    run = Run(folder)
    assert run.kept.restore()
    assert run.file.path == ""
    run.end()


def test_the_unsaved_work_on_a_file_is_found_by_it(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "mine.cnnt"
    first = Run(folder)
    first.file.save(str(path))
    first.edit(1)
    first.kept.keep()
    first.end()
    leave(folder, 2)
    (tmp_path / "other.cnnt").write_bytes(path.read_bytes())
    run = Run(folder)
    assert run.kept.restore_of(str(tmp_path / "other.cnnt")) is None
    assert run.kept.restore_of(str(tmp_path / "work" / ".." / "mine.cnnt"))
    assert (run.value, run.file.path) == (1, str(path))
    run.end()
    path.write_bytes(path.read_bytes() + b" ")
    assert Run(folder).kept.restore_of(str(path)) is None


# --- what is left for something else -------------------------------------------------------------


def go_on(run: Run, number: int) -> None:
    run.edit(number)
    assert run.kept.put_aside()
    run.document.begin(project(channels=3), "open")
    run.kept._timer.timeout.emit()


def test_what_is_left_waits_until_it_is_asked_for(run: Run) -> None:
    go_on(run, 1)
    assert values(run) == [1]
    again, copy = next_run(run)
    assert copy is None  # it does not come back by itself
    again.kept.take(again.kept.waiting()[0].name)
    assert again.value == 1
    assert not again.document.undo_stack.isClean()
    assert again.kept.waiting() == []
    again.kept.keep()
    third, copy = next_run(again)
    assert copy
    assert third.value == 1
    third.end()


def test_work_that_is_saved_is_not_put_aside(run: Run, tmp_path: Path) -> None:
    run.edit(1)
    run.file.save(str(tmp_path / "mine.cnnt"))
    assert run.kept.put_aside()
    assert run.copies == []


def test_who_comes_back_and_leaves_again_leaves_it_once(run: Run) -> None:
    go_on(run, 1)
    run.document.undo_stack.undo()
    assert run.value == 1
    assert run.kept.put_aside()
    assert values(run) == [1]
    (path,) = [path for path in run.folder.glob("*.work") if decoded(path).aside]
    path.unlink()  # another program has taken it
    assert run.kept.put_aside()
    assert values(run) == [1]


def test_the_oldest_of_what_was_left_go_and_nothing_else(folder: Path) -> None:
    leave(folder, 99)
    run = Run(folder)
    for number in range(101, 101 + work_folder.MOST_ASIDE + 3):
        go_on(run, number)
    assert values(run) == [*range(103 + work_folder.MOST_ASIDE, 103, -1), 99]
    run.end()


def test_what_can_not_be_put_aside_is_said(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run.edit(1)

    def fail(*_: object, **__: object) -> None:
        raise FileError("file_save", detail="full")

    monkeypatch.setattr("cnn_tutor.document.autosave.autosave.write", fail)
    assert not run.kept.put_aside()
    assert [fault.reason for fault in run.faults] == ["keep_failed"]


def test_a_copy_keeps_what_tells_it_from_others() -> None:
    copy = KeptCopy(project(), number=7, aside=True)
    found = decode_copy(copy.encode(), QDateTime.currentDateTime())
    assert (found.number, found.aside, found.head.origin) == (7, True, "deck")
