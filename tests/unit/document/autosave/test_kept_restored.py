"""Work that is in no file comes back after any end, with its file if that is safe."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from cnn_tutor.document.autosave.snapshot import KeptCopy
from cnn_tutor.project.file import encode
from tests.unit.document.kept_run import Run, next_run, old_form
from tests.unit.document.test_document import project


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
    lock = copy.with_suffix(".lock")
    lock.write_bytes(junk)
    os.utime(lock, (1, 1))
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
