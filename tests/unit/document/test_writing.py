"""A file is written whole or not at all, where its name leads, with the rights it had."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from cnn_tutor.document.writing import has_plain_name, write
from cnn_tutor.project.file import FileError

posix = pytest.mark.skipif(sys.platform == "win32", reason="other systems' files")

OLD = b"the old one"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "mine.cnnt"
    path.write_bytes(OLD)
    return path


@posix
@pytest.mark.parametrize("mode", [0o600, 0o664])
def test_who_may_do_what_stays_as_it_was(path: Path, mode: int) -> None:
    path.chmod(mode)
    write(str(path), b"new")
    assert stat.S_IMODE(path.stat().st_mode) == mode


@posix
def test_links_are_followed_to_the_end(path: Path) -> None:
    path.with_name("hop").symlink_to(path.name)
    link = path.with_name("folder") / "link.cnnt"
    link.parent.mkdir()
    link.symlink_to("../hop")
    write(str(link), b"new")
    assert link.is_symlink()
    assert path.with_name("hop").is_symlink()
    assert path.read_bytes() == b"new"


@posix
def test_a_file_is_replaced_as_a_whole(path: Path) -> None:
    with path.open("rb") as reader:
        write(str(path), b"new")
        assert reader.read() == OLD
    assert path.read_bytes() == b"new"
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("name", ["a\udcff.cnnt", "a\0b.cnnt"])
def test_nothing_is_written_under_such_a_name(qtbot: QtBot, tmp_path: Path, name: str) -> None:
    with pytest.raises(FileError):
        write(f"{tmp_path}/{name}", b"data")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("path", "plain"),
    [
        ("/home/畳み込み 1.cnnt", True),
        ("/home/ポ.cnnt", True),
        ("/home/e\u0301.cnnt", True),
        ("mine.cnnt", True),
        ("/home/😀/100%.cnnt", True),
        (":/mine.cnnt", False),
        ("/home/\udcff/mine.cnnt", False),
    ],
)
def test_which_names_are_plain(qtbot: QtBot, path: str, plain: bool) -> None:
    assert has_plain_name(path) == plain
