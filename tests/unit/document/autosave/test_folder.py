"""What programs leave in the work folder, beside the work."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import numpy as np

from cnn_tutor.document.autosave.folder import Head, Snapshot, read, waiting
from tests.unit.document.autosave.runs import Run, left
from tests.unit.document.test_document import project


def test_what_killed_programs_have_left_is_cleared_away(folder: Path) -> None:
    left(folder, 48)
    (work,) = folder.glob("*.work")
    gone = str(uuid4())
    for name in (f"{work.name}.AbC123", f"{gone}.work.abcdef", f"{gone}.lock", f"{work.stem}.lock"):
        (folder / name).write_bytes(b"half")
    stays = {"notes.txt", work.name, f"{gone}.work.bak", "copy.work.backup"}
    for name in stays:
        (folder / name).touch()
    run = Run(folder)
    (lock,) = folder.glob("*.lock")
    assert {path.name for path in folder.iterdir()} == stays | {lock.name}
    run.end()
    assert {path.name for path in folder.iterdir()} == stays


def test_what_a_running_program_is_writing_is_left_alone(run: Run) -> None:
    part = run.folder / f"{run.autosave._name}.work.AbC123"
    part.write_bytes(b"half")
    Run(run.folder).end()
    assert part.exists()
    run.end()
    Run(run.folder).end()
    assert list(run.folder.iterdir()) == []


def test_a_snapshot_is_what_was_put_into_it(tmp_path: Path) -> None:
    head = Head(path="/home/日本/a.cnnt", stamp="s", closed=True, number=7, aside=True, origin="x")
    (tmp_path / "a.work").write_bytes(Snapshot(project(), head).encode())
    found = read(str(tmp_path), "a")
    assert found.head == head
    np.testing.assert_array_equal(found.project.x, project().x)
    assert [(work.name, work.head) for work in waiting(str(tmp_path))] == [("a", head)]
