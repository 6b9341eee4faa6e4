"""Files are read in whole, or not at all; what is none is never waited for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from cnn_tutor.project.reading import NotAFile, content


def test_a_file_is_read_up_to_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"x" * 3_000_000)
    assert content(path, 3_000_000) == b"x" * 3_000_000
    assert content(str(path), 2_999_999) is None
    os.truncate(path, 2**40)
    assert content(path, 2**20) is None


@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="there are no such files here")
def test_a_file_that_does_not_say_how_long_it_is_is_read_no_further_than_the_limit() -> None:
    assert content("/proc/self/maps", 100) is None
    assert content("/proc/self/comm", 100)


@pytest.mark.parametrize("name", ["/dev/zero", "/dev/tty", "pipe"])
def test_a_pipe_or_a_device_is_not_opened(tmp_path: Path, name: str, monkeypatch) -> None:
    os.mkfifo(tmp_path / "pipe")
    path = tmp_path / name
    if not path.exists():
        pytest.skip("there is no such device here")
    monkeypatch.setattr(Path, "open", lambda *_: pytest.fail("it is opened"))
    with pytest.raises(NotAFile):
        content(path, 10)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("nothing", FileNotFoundError),
        (".", IsADirectoryError),
        ("loop", OSError),
        ("a\0b", OSError),
        ("\ud800", OSError),
        ("x" * 5000, OSError),
        ("file/a", NotADirectoryError),
    ],
)
def test_what_can_t_be_opened_says_so(tmp_path: Path, name: str, kind: type[OSError]) -> None:
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    (tmp_path / "file").touch()
    with pytest.raises(kind) as refused:
        content(tmp_path / name, 10)
    assert refused.value.strerror


def test_a_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x")
    (tmp_path / "link").symlink_to(tmp_path / "file")
    assert content(tmp_path / "link", 10) == b"x"
