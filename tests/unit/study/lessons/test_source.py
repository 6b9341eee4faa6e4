"""The files that a lesson is read from: its own, and those of boards beside it."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from cnn_tutor.project import reading
from cnn_tutor.project.file import encode
from cnn_tutor.study import words
from cnn_tutor.study.boards.presets import presets
from cnn_tutor.study.lessons import source
from tests.unit.study.lessons.written import changed, opened, refused, written

GIVEN = 'kind = "conv2d"\ntensors.x.rows'
STEP = '\n[[steps]]\nid = "%s"\nboard = "a"\ncaption = { ja = "。", en = "." }\n'
SAME_STEP = STEP.replace('board = "a"\n', "") % "watch"
FILE = "title = { ja = '。', en = '.' }\n\n[boards.a]\nfile = \"a.cnnt\"\n" + STEP % "s0"


@pytest.fixture(autouse=True)
def _english() -> None:
    words.speak("en")


def with_file(name: str) -> str:
    """The example with a board of a file; its steps have no tasks then."""
    text = changed(GIVEN, f"file = {name}\n# ")
    return re.sub(r"^tensors.*\n", "", text, flags=re.MULTILINE)


@pytest.fixture
def project() -> bytes:
    return encode(presets()["convolution"].project())


def test_a_project_beside_the_lesson_is_its_board(tmp_path: Path, project: bytes) -> None:
    (tmp_path / "boards").mkdir()
    written(tmp_path, project, "mine.cnnt")
    written(tmp_path / "boards", project, "mine.cnnt")
    for name in ('"mine.cnnt"', '"./mine.cnnt"', '"boards/mine.cnnt"', '"boards/../mine.cnnt"'):
        fault = refused(tmp_path, with_file(name) + SAME_STEP)
        assert fault.reason == "lesson_id", name  # so far everything is right


def test_no_file_outside_of_the_folder_is_opened(tmp_path: Path, project: bytes) -> None:
    written(tmp_path, project, "secret.cnnt")
    folder = tmp_path / "lessons"
    (folder / "sub").mkdir(parents=True)
    (folder / "link.cnnt").symlink_to(tmp_path / "secret.cnnt")
    (folder / "away").symlink_to(tmp_path)
    (folder / "loop").symlink_to(folder / "loop")
    (folder / "there").symlink_to("back")
    (folder / "back").symlink_to("there")
    sibling = tmp_path / "lessons_too"
    sibling.mkdir()
    written(sibling, project, "a.cnnt")
    names = [
        "../secret.cnnt",
        "sub/../../secret.cnnt",
        str(tmp_path / "secret.cnnt"),
        str(folder / "sub"),
        "link.cnnt",
        "away/secret.cnnt",
        "../lessons_too/a.cnnt",
        "~/secret.cnnt/../../../../../etc/passwd",
        "/etc/passwd",
        "/dev/zero",
        "/dev/stdin",
        "a\\u0000b",
    ]
    for name in names:
        fault = refused(folder, with_file(f'"{name}"'))
        assert fault.reason == "lesson_outside", name
        assert fault.key == "boards.small.file"
        assert fault.line == 5
    for name in ("loop", "loop/a.cnnt", "there", "sub/../back"):
        assert refused(folder, with_file(f'"{name}"')).reason in ("file_open", "lesson_no_file")


def test_what_is_no_project_in_the_folder(tmp_path: Path, project: bytes) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    written(tmp_path, project[:-20], "cut.cnnt")
    written(tmp_path, b"", "empty.cnnt")
    written(tmp_path, b"\xff\xfe\x00", "noise.cnnt")
    for name in ("folder", "pipe", "none.cnnt", "x" * 300, ".", "file:///etc/passwd"):
        assert refused(tmp_path, with_file(f'"{name}"')).reason in ("lesson_no_file", "file_open")
    for name in ("cut", "empty", "noise", "mine.toml"):
        name = name if "." in name else f"{name}.cnnt"
        fault = refused(tmp_path, with_file(f'"{name}"'))
        assert fault.reason.startswith("file_"), name
        assert fault.key == "boards.small.file"
        assert words.explain(fault)


def test_a_link_that_takes_the_place_of_a_file_is_not_followed(tmp_path: Path, monkeypatch) -> None:
    folder = tmp_path / "lessons"
    folder.mkdir()
    written(tmp_path, encode(presets()["blur"].project()), "secret.cnnt")
    path = written(folder, b"", "a.cnnt")
    real = os.open

    def swap(opened: Path, flags: int) -> int:
        if str(opened).endswith(".cnnt"):
            path.unlink()
            path.symlink_to(tmp_path / "secret.cnnt")
        return real(opened, flags)

    monkeypatch.setattr(reading.os, "open", swap)
    assert refused(folder, FILE).reason == "file_open"


def test_a_file_of_several_boards_is_read_once(tmp_path: Path, monkeypatch) -> None:
    written(tmp_path, encode(presets()["blur"].project()), "a.cnnt")
    read_so_far = []
    real = source.decode
    monkeypatch.setattr(source, "decode", lambda data: read_so_far.append(1) or real(data))
    boards = "".join(f'[boards.b{n}]\nfile = "./a.cnnt"\n' for n in range(9))
    assert opened(tmp_path, changed("[boards.a]\n", f"{boards}[boards.a]\n", FILE))
    assert len(read_so_far) == 1


def test_where_in_the_file_of_a_board_something_is_wrong(tmp_path: Path) -> None:
    damaged = encode(presets()["blur"].project()).replace(b'"conv2d"', b'"conv4d"')
    written(tmp_path, damaged, "a.cnnt")
    fault = refused(tmp_path, FILE)
    assert (fault.key, fault.inside, fault.line) == ("boards.a.file", "nodes[0].kind", 4)
    assert "boards.a.file (nodes[0].kind)" in words.explain(fault)
