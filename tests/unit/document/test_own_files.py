"""Nothing is written over what the program keeps for itself, however a path leads there."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from cnn_tutor.document import own_files
from cnn_tutor.document.own_files import is_own
from cnn_tutor.document.writing import write
from cnn_tutor.project.file import FileError

OWN = ("config/settings.json", "data/practice.sqlite", "data/work/5b0c.work")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder with what the program keeps in it."""
    for name in ("config", "data"):
        monkeypatch.setattr(own_files, f"{name}_folder", lambda at=tmp_path / name: str(at))
    for name in OWN:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"own")
    return tmp_path


def check_refused(path: Path | str) -> None:
    with pytest.raises(FileError) as refusal:
        write(str(path), b"other")
    assert refusal.value.values["detail"] == "CNN Tutor keeps files of its own there."
    assert is_own(str(path))
    assert not Path(path).is_file() or Path(path).read_bytes() == b"own"


@pytest.mark.parametrize("name", [*OWN, "data/work/new.cnnt"])
def test_its_own_folders_are_left_alone(
    home: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    check_refused(home / name)
    check_refused(home / "data" / ".." / name)
    monkeypatch.chdir(home / "data")
    check_refused(f"../{name}")


@pytest.mark.skipif(sys.platform == "win32", reason="who may make links differs there")
@pytest.mark.parametrize("name", [OWN[1], "data/work/later.cnnt"])
def test_links_are_seen_through(home: Path, name: str) -> None:
    (home / "link").symlink_to(home / name)
    (home / "hop").symlink_to("link")
    (home / "folder").symlink_to((home / name).parent)
    for link in ("link", "hop", f"folder/{Path(name).name}"):
        check_refused(home / link)


def test_everything_else_may_be_written(home: Path) -> None:
    for name in ("results.csv", "practice.sqlite", "data and more/a.csv"):
        path = home / name
        path.parent.mkdir(exist_ok=True)
        write(str(path), b"other")
        assert path.read_bytes() == b"other"


def test_the_program_itself_writes_there(home: Path) -> None:
    write(str(home / OWN[0]), b"its own", own=True)
    assert (home / OWN[0]).read_bytes() == b"its own"
