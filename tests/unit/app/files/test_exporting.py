"""A file is exported whole or not at all, and onto none of the program's own."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QImage, QPixmap

from cnn_tutor.app.files.exporting import check_place, export, export_picture
from cnn_tutor.document.own_files import data_folder
from cnn_tutor.project.file import FileError


def test_bytes_are_written_or_it_is_said_that_the_export_failed(qapp, tmp_path: Path) -> None:
    export(str(tmp_path / "a.csv"), b"1,2")
    assert (tmp_path / "a.csv").read_bytes() == b"1,2"
    with pytest.raises(FileError) as refused:
        export(str(tmp_path / "none" / "a.csv"), b"1,2")
    assert refused.value.reason == "export_failed"


@pytest.mark.parametrize("name", ["a.png", "a.bmp", "a"])
def test_a_picture_is_of_the_kind_its_name_says(qapp, tmp_path: Path, name: str) -> None:
    export_picture(str(tmp_path / name), QPixmap(8, 4))
    assert QImage(str(tmp_path / name)).size().toTuple() == (8, 4)


def test_a_kind_of_picture_that_there_is_not_is_refused(qapp, tmp_path: Path) -> None:
    with pytest.raises(FileError) as refused:
        export_picture(str(tmp_path / "a.doc"), QPixmap(8, 4))
    assert refused.value.reason == "image_save"
    assert list(tmp_path.iterdir()) == []


def test_the_programs_own_folders_are_no_place(qapp, tmp_path: Path) -> None:
    check_place(str(tmp_path / "a.csv"))
    with pytest.raises(FileError):
        check_place(f"{data_folder()}/practice.sqlite")
