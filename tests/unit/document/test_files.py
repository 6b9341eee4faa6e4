"""Saving the open work and opening it again: whole or not at all."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QSaveFile
from pytestqt.qtbot import QtBot

from cnn_tutor.document.document import Document
from cnn_tutor.document.files import DocumentFile
from cnn_tutor.project import limits
from cnn_tutor.project.file import FileError, encode
from cnn_tutor.study import words
from tests.unit.document.test_document import BIAS, KERNEL, X, assert_up_to_date, listen, project


def opened() -> tuple[Document, DocumentFile]:
    document = Document(project())
    return document, DocumentFile(document)


def test_what_is_saved_is_what_is_opened(qtbot: QtBot, tmp_path: Path) -> None:
    document, file = opened()
    document.edit(X, {(0, 0, 0): 1 / 3, (4, 5, 0): -1e-7}, "edit")
    file.save(str(tmp_path / "work.cnnt"))
    other, other_file = opened()
    other_file.open(str(tmp_path / "work.cnnt"))
    for address in (X, KERNEL, BIAS):
        np.testing.assert_array_equal(
            other.project.tensor(address), document.project.tensor(address)
        )
    assert other.project.network.nodes[0].layer == document.project.network.nodes[0].layer
    assert other.project.origin == "deck"
    assert_up_to_date(other)


def test_saving_names_the_file_and_makes_the_work_clean(qtbot: QtBot, tmp_path: Path) -> None:
    document, file = opened()
    document.edit(X, {(0, 0, 0): 50}, "edit")
    assert not document.undo_stack.isClean()
    with qtbot.waitSignal(file.path_changed):
        file.save(str(tmp_path / "畳み込み 1.cnnt"))
    assert document.undo_stack.isClean()
    assert file.path == str(tmp_path / "畳み込み 1.cnnt")
    assert file.name == "畳み込み 1.cnnt"
    assert document.undo_stack.canUndo()
    document.undo_stack.undo()
    assert not document.undo_stack.isClean()


def test_a_relative_path_is_kept_when_the_folder_changes(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    _, file = opened()
    file.save("work.cnnt")
    assert Path(file.path) == tmp_path / "work.cnnt"


def test_starting_anew_lets_the_file_go(qtbot: QtBot, tmp_path: Path) -> None:
    document, file = opened()
    file.save(str(tmp_path / "work.cnnt"))
    other = project()
    with qtbot.waitSignal(file.path_changed):
        file.new(other)
    assert document.project is other
    assert file.path == ""


def fail_to_commit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QSaveFile, "commit", lambda _: False)


def fail_to_write(monkeypatch: pytest.MonkeyPatch) -> None:
    real = QSaveFile.write
    monkeypatch.setattr(QSaveFile, "write", lambda file, data: real(file, data[:20]))


@pytest.mark.parametrize("fail", [fail_to_commit, fail_to_write])
def test_a_failed_save_leaves_the_old_file_byte_for_byte(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fail: object
) -> None:
    assert callable(fail)
    document, file = opened()
    path = tmp_path / "work.cnnt"
    file.save(str(path))
    before = path.read_bytes()
    document.edit(X, {(0, 0, 0): 50}, "edit")
    fail(monkeypatch)
    with pytest.raises(FileError) as refused:
        file.save(str(path))
    assert refused.value.reason == "file_save"
    del refused
    assert path.read_bytes() == before
    assert not document.undo_stack.isClean()
    assert file.path == str(path)


def test_a_save_that_fails_elsewhere_keeps_the_name_of_the_old_file(
    qtbot: QtBot, tmp_path: Path
) -> None:
    document, file = opened()
    file.save(str(tmp_path / "work.cnnt"))
    document.edit(X, {(0, 0, 0): 50}, "edit")
    folder = tmp_path / "folder.cnnt"
    folder.mkdir()
    for path in (tmp_path / "missing" / "work.cnnt", folder):
        with pytest.raises(FileError) as refused:
            file.save(str(path))
        assert refused.value.reason == "file_save"
        assert refused.value.values["detail"]
        assert file.path == str(tmp_path / "work.cnnt")
        assert not document.undo_stack.isClean()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["folder.cnnt", "work.cnnt"]
    assert not list(folder.iterdir())


BAD = {
    "empty": b"",
    "newer": b'{"format": "cnn-tutor", "version": 99}',
    "cut": encode(project())[:-40],
    "huge": b" " * (limits.MAX_FILE_BYTES + 1),
}


@pytest.mark.parametrize("data", BAD.values(), ids=BAD.keys())
def test_a_bad_file_leaves_the_open_work_alone(qtbot: QtBot, tmp_path: Path, data: bytes) -> None:
    document, file = opened()
    good, bad = tmp_path / "good.cnnt", tmp_path / "bad.cnnt"
    file.save(str(good))
    bad.write_bytes(data)
    document.edit(X, {(0, 0, 0): 50}, "edit")
    changes, replaced = listen(document)
    with pytest.raises(FileError):
        file.open(str(bad))
    assert document.project.x[0, 0, 0] == 50
    assert document.undo_stack.count() == 1
    assert not document.undo_stack.isClean()
    assert file.path == str(good)
    assert not changes
    assert not replaced


def test_what_cannot_be_read_is_refused(qtbot: QtBot, tmp_path: Path) -> None:
    _, file = opened()
    for path in (tmp_path / "missing.cnnt", tmp_path):
        with pytest.raises(FileError) as refused:
            file.open(str(path))
        assert refused.value.reason == "file_open"
        assert refused.value.values["detail"]
    assert file.path == ""


@pytest.mark.skipif(sys.platform != "linux", reason="its names can be any bytes")
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
