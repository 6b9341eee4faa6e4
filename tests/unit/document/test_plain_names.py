"""A file by whose name Qt would mean another one is neither opened nor written."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from cnn_tutor.document.cause import has_plain_name
from cnn_tutor.document.document import Document
from cnn_tutor.document.files import DocumentFile, write
from cnn_tutor.project.file import FileError, encode
from cnn_tutor.study import words
from tests.unit.document.test_document import X, project

posix = pytest.mark.skipif(sys.platform != "linux", reason="its names can be any bytes")


@posix
def test_a_name_that_is_no_text_never_writes_over_its_neighbour(
    qtbot: QtBot, tmp_path: Path
) -> None:
    neighbour = tmp_path / "a.cnnt"
    neighbour.write_bytes(encode(project(channels=3)))
    before = neighbour.read_bytes()
    odd = os.fsdecode(os.fsencode(tmp_path) + b"/a\xff.cnnt")
    Path(odd).write_bytes(encode(project()))
    document = Document(project())
    opened = DocumentFile(document)
    for do in (opened.open, opened.save):
        document.edit(X, {(0, 0, 0): 50}, "edit")
        with pytest.raises(FileError) as caught:
            do(odd)
        assert "character" in words.explain(caught.value)
        assert opened.path == ""
    assert neighbour.read_bytes() == before
    assert not document.undo_stack.isClean()


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
