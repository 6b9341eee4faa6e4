"""What programs leave in the work folder, beside the work."""

from __future__ import annotations

import os
from pathlib import Path
from uuid import uuid4

from tests.unit.document.kept_run import Run, old_form


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
        os.utime(folder / name, (1, 1))
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
