"""A file is written whole, and keeps what it has beyond its name: owner, rights, links."""

from __future__ import annotations

import itertools
import os
import stat
import struct
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from cnn_tutor.document.writing import has_plain_name, write
from cnn_tutor.project.file import FileError

posix = pytest.mark.skipif(sys.platform == "win32", reason="other systems' files")

SIZES = {"shorter": b"new", "as long": b"the newest!", "longer": b"the new one, and it is longer"}
OLD = b"the old one"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "mine.cnnt"
    path.write_bytes(OLD)
    return path


def linked(path: Path) -> None:
    path.with_name("other name").hardlink_to(path)


def others(path: Path) -> None:
    if os.geteuid():
        pytest.skip("only root can give files away")
    os.chown(path, 65534, 65534)


def of_a_list(path: Path) -> None:
    """Let one user more read it, by a list of access as Linux keeps it."""
    entries = ((1, 6, -1), (2, 4, 65534), (4, 4, -1), (16, 4, -1), (32, 0, -1))
    little = b"".join(struct.pack("<HHi", *entry) for entry in entries)
    try:
        os.setxattr(path, "system.posix_acl_access", b"\2\0\0\0" + little)
    except (OSError, AttributeError):
        pytest.skip("this disk has no lists of access")


@posix
@pytest.mark.parametrize("data", SIZES.values(), ids=SIZES)
@pytest.mark.parametrize("more", [linked, others, of_a_list])
def test_what_has_more_to_it_than_its_name_stays_the_same_file(
    path: Path, more: Callable[[Path], None], data: bytes
) -> None:
    more(path)
    before, names = path.stat(), sorted(path.parent.iterdir())
    lists = os.listxattr(path) if sys.platform == "linux" else []
    write(str(path), data)
    after = path.stat()
    assert path.read_bytes() == data
    assert [getattr(after, f"st_{what}") for what in ("ino", "nlink", "uid", "gid", "mode")] == [
        getattr(before, f"st_{what}") for what in ("ino", "nlink", "uid", "gid", "mode")
    ]
    assert lists == (os.listxattr(path) if sys.platform == "linux" else [])
    assert sorted(path.parent.iterdir()) == names


@posix
@pytest.mark.parametrize("mode", [0o600, 0o664])
@pytest.mark.parametrize("more", [lambda path: None, linked])
def test_who_may_do_what_stays_as_it_was(
    path: Path, mode: int, more: Callable[[Path], None]
) -> None:
    more(path)
    path.chmod(mode)
    write(str(path), b"new")
    assert stat.S_IMODE(path.stat().st_mode) == mode


@posix
@pytest.mark.parametrize("more", [lambda path: None, linked])
def test_links_are_followed_to_the_end(path: Path, more: Callable[[Path], None]) -> None:
    more(path)
    path.with_name("hop").symlink_to(path.name)
    link = path.with_name("folder") / "link.cnnt"
    link.parent.mkdir()
    link.symlink_to("../hop")
    write(str(link), b"new")
    assert link.is_symlink()
    assert path.with_name("hop").is_symlink()
    assert path.read_bytes() == b"new"


@posix
def test_a_file_of_ones_own_is_still_replaced_as_a_whole(path: Path) -> None:
    before = path.stat().st_ino
    with path.open("rb") as reader:
        write(str(path), b"new")
        assert reader.read() == OLD
    assert path.stat().st_ino != before


KILLED = """
import os, sys
from cnn_tutor.document import writing
left = int(sys.argv[2])
def dying(_):
    global left
    left -= 1
    if left < 0:
        os._exit(9)
os.fsync = dying
writing.write(sys.argv[1], sys.stdin.buffer.read())
"""


@posix
@pytest.mark.parametrize("data", SIZES.values(), ids=SIZES)
@pytest.mark.parametrize("synced", [0, 1])
def test_whatever_ends_it_midway_the_new_content_is_whole(
    path: Path, data: bytes, synced: int
) -> None:
    linked(path)
    done = subprocess.run(
        [sys.executable, "-c", KILLED, path, str(synced)], input=data, check=False
    )
    assert done.returncode == 9
    assert data in [found.read_bytes() for found in path.parent.iterdir()]


@posix
@pytest.mark.parametrize("fails_at", [0, 1])
def test_where_it_can_not_be_written_into_it_is_replaced(
    path: Path, monkeypatch: pytest.MonkeyPatch, fails_at: int
) -> None:
    linked(path)
    count = itertools.count()  # the copy beside it is written first

    def failing(_: int) -> None:
        if next(count) == fails_at:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", failing)
    write(str(path), b"the new one, and it is longer")
    assert path.read_bytes() == b"the new one, and it is longer"
    assert sorted(path.parent.iterdir()) == [path, path.with_name("other name")]


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
