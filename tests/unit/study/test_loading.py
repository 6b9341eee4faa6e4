"""Reading a file, or saying why it can't be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from cnn_tutor.project.file import FileError
from cnn_tutor.study.loading import load


def test_a_file_is_read_if_it_is_not_too_large(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"12345")
    assert load(str(tmp_path / "a"), 5) == b"12345"
    with pytest.raises(FileError) as refused:
        load(str(tmp_path / "a"), 4)
    assert refused.value.reason == "file_too_large"


@pytest.mark.parametrize("name", ["none", "."])
def test_why_a_file_can_not_be_read_is_said(tmp_path: Path, language: str, name: str) -> None:
    with pytest.raises(FileError) as refused:
        load(str(tmp_path / name), 5)
    assert refused.value.reason == "file_open"
    said = str(refused.value.values["detail"])
    assert said
    assert str(tmp_path) not in said
