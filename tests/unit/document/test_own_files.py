"""Nothing is written over what the program keeps for itself, however a path leads there."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from cnn_tutor.document import own_files
from cnn_tutor.document.own_files import is_own
from cnn_tutor.document.writing import write
from cnn_tutor.project.file import FileError

OWN = (
    "config/settings.json",
    "data/practice.sqlite",
    "data/practice.sqlite-wal",
    "data/work/5b0c.work",
    "data/log/crash.txt",
)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder with everything in it that the program keeps."""
    for name in ("config", "data"):
        monkeypatch.setattr(own_files, f"{name}_folder", lambda at=tmp_path / name: str(at))
    for name in OWN:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"own")
    return tmp_path


def refused(path: Path | str) -> bool:
    """Return whether a file is not written there, and is as it was."""
    before = _content(path)
    with pytest.raises(FileError) as refusal:
        write(str(path), b"other")
    own = refusal.value.values["detail"] == "CNN Tutor keeps files of its own there."
    return own and is_own(str(path)) and _content(path) == before


def _content(path: Path | str) -> bytes | None:
    return Path(path).read_bytes() if Path(path).is_file() else None


@pytest.mark.parametrize("name", [*OWN, "config/new.csv", "data/new.csv", "data/work/new.cnnt"])
def test_its_own_folders_are_left_alone(home: Path, name: str) -> None:
    assert refused(home / name)
    assert refused(home / "data" / ".." / name)


def test_a_relative_path_leads_there_too(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(home / "data")
    assert refused("practice.sqlite")
    assert refused("../config/settings.json")


posix = pytest.mark.skipif(sys.platform == "win32", reason="who may make links differs there")


@posix
@pytest.mark.parametrize("name", OWN)
def test_links_are_seen_through(home: Path, name: str) -> None:
    links = [home / "link", home / "folder" / "results.csv", home / "hop"]
    links[0].symlink_to(home / name)
    links[1].parent.symlink_to((home / name).parent)
    links[2].symlink_to("link")
    for link in links:
        assert refused(link), link


@posix
def test_a_link_that_leads_to_nothing_yet_is_seen_through(home: Path) -> None:
    (home / "link.csv").symlink_to(home / "data" / "work" / "later.cnnt")
    assert refused(home / "link.csv")
    assert not (home / "data" / "work" / "later.cnnt").exists()


def refused_new(path: Path) -> bool:
    write(str(path), b"other")
    return path.read_bytes() != b"other"


def test_everything_else_may_be_written(home: Path) -> None:
    for name in ("results.csv", "practice.sqlite", "data.csv", "data and more/a.csv"):
        path = home / name
        path.parent.mkdir(exist_ok=True)
        assert not refused_new(path)


def test_the_program_itself_writes_there(home: Path) -> None:
    write(str(home / OWN[0]), b"its own", own=True)
    assert (home / OWN[0]).read_bytes() == b"its own"
