"""Work that is in no file is kept soon, in one piece, and comes back after any end."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import numpy as np
import pytest
from PySide6.QtCore import QDateTime, QElapsedTimer, QTimer
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot
from shiboken6 import Shiboken

from cnn_tutor.document.document import Document
from cnn_tutor.document.files import DocumentFile
from cnn_tutor.document.kept_copy import KeptCopy, decode_copy
from cnn_tutor.document.kept_work import DELAY_MS, KeptWork
from cnn_tutor.project.file import FileError, encode
from cnn_tutor.project.project import Address
from tests.document.test_document import X, project

CELL = (0, 0, 0)


class Run:
    """One run of the program, as far as its work is concerned."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.document = Document(project())
        self.file = DocumentFile(self.document)
        self.kept = KeptWork(str(folder), self.document, self.file)
        self.faults: list[FileError] = []
        self.kept.failed.connect(self.faults.append)

    def edit(self, value: float, gesture: int = 0, at: Address = X) -> None:
        self.document.edit(at, {CELL: value}, "edit", gesture)

    def end(self) -> None:
        """End as a killed program does: what is kept stays as it is, and nobody locks it."""
        self.kept.release()

    @property
    def value(self) -> float:
        return float(self.document.project.x[CELL])

    @property
    def copies(self) -> list[float]:
        """What is kept in the folder now, by the number in one cell."""
        return [
            float(copy.project.x[CELL])
            for path in sorted(self.folder.glob("*.work"))
            if (copy := decoded(path))
        ]


def decoded(path: Path) -> KeptCopy:
    return decode_copy(path.read_bytes(), QDateTime.currentDateTime())


@pytest.fixture
def folder(tmp_path: Path, qapp: QGuiApplication) -> Path:
    return tmp_path / "work"


@pytest.fixture
def run(folder: Path) -> Iterator[Run]:
    run = Run(folder)
    yield run
    run.end()


def next_run(run: Run) -> tuple[Run, KeptCopy | None]:
    run.end()
    following = Run(run.folder)
    return following, following.kept.restore()


# --- when it is kept ---------------------------------------------------------------------------


def test_editing_without_a_pause_is_kept_all_the_same(qtbot: QtBot, run: Run) -> None:
    values = iter(range(1, 10_000))
    edits = QTimer()
    edits.timeout.connect(lambda: run.edit(next(values)))
    edits.start(50)
    clock = QElapsedTimer()
    clock.start()
    qtbot.waitUntil(lambda: len(run.copies) == 1, timeout=5000)
    assert clock.elapsed() < DELAY_MS + 900
    edits.stop()


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


# --- what comes back ---------------------------------------------------------------------------


def test_it_is_known_whether_the_program_was_closed_or_just_ended(run: Run) -> None:
    run.edit(48)
    run.kept.keep()
    second, copy = next_run(run)
    assert copy
    assert not copy.closed
    second.kept.keep(closing=True)
    third, copy = next_run(second)
    assert copy
    assert copy.closed
    third.kept._timer.timeout.emit()  # from now on it is running, and can be killed
    fourth, copy = next_run(third)
    assert copy
    assert not copy.closed
    assert fourth.value == 48
    fourth.end()


def test_work_of_a_file_comes_back_with_its_file_and_unsaved(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "畳み込み 1.cnnt"
    run.file.save(str(path))
    run.edit(48)
    run.kept.keep()
    again, copy = next_run(run)
    assert copy
    assert (again.file.path, again.value) == (str(path), 48)
    assert not again.document.undo_stack.isClean()
    again.end()


def test_a_file_that_is_gone_is_not_attached(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "mine.cnnt"
    run.file.save(str(path))
    run.edit(48)
    run.kept.keep()
    path.unlink()
    again, copy = next_run(run)
    assert copy
    assert (copy.path, again.file.path, again.value) == (str(path), "", 48)
    again.end()


def test_a_file_that_was_written_since_is_not_attached(run: Run, tmp_path: Path) -> None:
    """Saving would write older work over newer."""
    path = tmp_path / "mine.cnnt"
    run.file.save(str(path))
    run.edit(48)
    run.kept.keep()
    path.write_bytes(encode(project(channels=3)))
    again, copy = next_run(run)
    assert copy
    assert (copy.path, again.file.path, again.value) == (str(path), "", 48)
    again.end()


def test_a_kill_between_saving_and_clearing_up_attaches_older_work_to_nothing(
    run: Run, tmp_path: Path
) -> None:
    run.file.save(str(tmp_path / "mine.cnnt"))
    run.edit(48)
    run.kept.keep()
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
    run.edit(48)
    run.kept.keep()
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


def old_form(folder: Path, name: str, value: float, path: str = "", age: int = 0) -> None:
    folder.mkdir(exist_ok=True)
    document = Document(project())
    document.edit(X, {CELL: value}, "edit")
    (folder / f"{name}.cnnt").write_bytes(encode(document.project))
    (folder / f"{name}.path").write_text(path, "utf-8")
    moment = (folder / f"{name}.cnnt").stat().st_mtime - age
    os.utime(folder / f"{name}.cnnt", (moment, moment))


def test_work_that_was_kept_as_two_files_comes_back(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "mine.cnnt"
    path.write_bytes(encode(project()))
    old_form(folder, "an-old-one", 48, str(path))
    first = Run(folder)
    copy = first.kept.restore()
    assert copy
    assert copy.closed
    assert (first.value, first.file.path) == (48, str(path))
    first.kept.keep()
    assert first.copies == [48]
    assert not list(folder.glob("*.cnnt")) + list(folder.glob("*.path"))
    again, _ = next_run(first)
    assert (again.value, again.file.path) == (48, str(path))
    again.end()


def test_the_newest_comes_first_and_the_others_in_their_turn(folder: Path) -> None:
    for number in (3, 1, 2):
        old_form(folder, f"run {number}", number, age=100 * number)
    found = []
    for _ in range(3):
        run = Run(folder)
        assert run.kept.restore()
        found.append(run.value)
        run.kept.keep()
        run.file.new(project())  # the learner lets it go
        run.end()
    assert found == [1, 2, 3]
    assert Run(folder).kept.restore() is None


def test_work_of_a_program_that_runs_is_not_taken(run: Run) -> None:
    run.edit(48)
    run.kept.keep()
    other = Run(run.folder)
    assert other.kept.restore() is None
    other.edit(49)
    other.kept.keep()
    assert sorted(run.copies) == [48, 49]
    other.end()


BAD = {
    "empty": b"",
    "zeros": bytes(3000),
    "cut": KeptCopy(project()).encode()[:-30],
    "head only": KeptCopy(project()).encode().partition(b"\n")[0],
    "newer": KeptCopy(project()).encode().replace(b'"version":1', b'"version":7', 1),
    "deep": b"[" * 100_000,
    "not text": b'{"format":"\xff\xfe"}\n' + encode(project()),
    "project": encode(project()),
}


@pytest.mark.parametrize("data", BAD.values(), ids=BAD.keys())
def test_what_cannot_be_read_stays_and_is_never_written_over(folder: Path, data: bytes) -> None:
    folder.mkdir()
    bad = folder / "bad.work"
    bad.write_bytes(data)
    old_form(folder, "bad", 5, age=100)  # what is older than it does not pass for it
    old_form(folder, "good", 48, age=200)
    for _ in range(2):
        run = Run(folder)
        assert run.kept.restore()
        assert run.value == 48
        run.kept.keep()
        run.end()
    assert bad.read_bytes() == data
    assert (folder / "bad.cnnt").exists()


@pytest.mark.parametrize("junk", [b"", b"\0" * 40, b"junk\n\n\n"])
def test_a_lock_that_says_nothing_locks_nothing(run: Run, junk: bytes) -> None:
    run.edit(48)
    run.kept.keep()
    run.end()
    (copy,) = run.folder.glob("*.work")
    copy.with_suffix(".lock").write_bytes(junk)
    again = Run(run.folder)
    assert again.kept.restore()
    again.end()


def test_a_name_that_is_no_text_costs_the_work_nothing(run: Run) -> None:
    run.file.path = "/home/\udcff.cnnt"
    run.edit(48)
    run.kept.keep()
    again, _ = next_run(run)
    assert again.value == 48
    again.end()


# --- what is left over -------------------------------------------------------------------------


def test_what_killed_programs_have_left_is_cleared_away(folder: Path) -> None:
    kept, gone = str(uuid4()), str(uuid4())
    old_form(folder, kept, 48)
    for name in (
        f"{kept}.cnnt.AbC123",
        f"{kept}.work.AbC123",
        f"{gone}.work.abcdef",
        f"{gone}.path.ABCDEF",
        f"{gone}.lock",
        f"{gone}.path",
    ):
        (folder / name).write_bytes(b"half")
    stays = ["notes.txt", f"{kept}.cnnt", f"{kept}.path", f"{gone}.work.bak", "copy.work.backup"]
    for name in stays:
        (folder / name).touch()
    run = Run(folder)
    lock = {path.name for path in folder.glob("*.lock")}
    assert len(lock) == 1
    assert {path.name for path in folder.iterdir()} - lock == set(stays)
    run.end()
    assert {path.name for path in folder.iterdir()} == set(stays)


def test_what_a_running_program_is_writing_is_left_alone(run: Run) -> None:
    part = run.folder / f"{run.kept._name}.work.AbC123"
    part.write_bytes(b"half")
    Run(run.folder).end()
    assert part.exists()
    run.end()
    Run(run.folder).end()
    assert list(run.folder.iterdir()) == []


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
