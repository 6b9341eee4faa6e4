"""Where the record lies: where links lead to, and it is never begun where they lead to nothing."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from cnn_tutor.study import words
from cnn_tutor.study.practice.record.store import Store, StoreError
from tests.unit.study.practice.given import answer

posix = pytest.mark.skipif(sys.platform == "win32", reason="who may make links differs there")
NAME = "practice.sqlite"


def dangling(folder: Path) -> Path:
    folder.mkdir()
    (folder / NAME).symlink_to(folder.parent / "disk" / "record.sqlite")
    return folder / NAME


def loop(folder: Path) -> Path:
    folder.mkdir()
    (folder / NAME).symlink_to(NAME)
    return folder / NAME


def folder_above(folder: Path) -> Path:
    above = folder.parent / "above"
    above.symlink_to(folder.parent / "disk")
    folder.symlink_to(above / "cnn-tutor")
    return folder


@posix
@pytest.mark.parametrize("way", [dangling, loop, folder_above])
def test_a_link_that_leads_nowhere_is_told_and_left_alone(
    tmp_path: Path, way: Callable[[Path], Path]
) -> None:
    """What it led to may be a disk that is not there just now, with the record of years on it."""
    link = way(tmp_path / "data")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(StoreError) as refusal:
        Store.open(tmp_path / "data" / NAME)
    assert (refusal.value.reason, refusal.value.values) == ("practice_link", {"file": str(link)})
    assert words.explain(refusal.value)
    assert sorted(tmp_path.rglob("*")) == before
    assert link.is_symlink()


@posix
@pytest.mark.parametrize("device", [Path.mkdir, os.mkfifo])
def test_what_is_no_file_is_told_and_left_where_it_is(
    tmp_path: Path, device: Callable[[Path], object]
) -> None:
    path = tmp_path / NAME
    path.symlink_to("elsewhere")
    device(tmp_path / "elsewhere")
    before = sorted(tmp_path.iterdir())
    with pytest.raises(StoreError) as refusal:
        Store.open(path)
    assert (refusal.value.reason, refusal.value.values) == ("practice_no_file", {"file": str(path)})
    assert str(path) in words.explain(refusal.value)
    assert sorted(tmp_path.iterdir()) == before


@posix
def test_what_a_link_leads_to_is_written_and_guarded(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    with Store.open(tmp_path / "disk" / "record.sqlite") as store:
        store.add_learner("A")
    (tmp_path / "data").symlink_to("disk")
    (tmp_path / "disk" / NAME).symlink_to("record.sqlite")
    with Store.open(tmp_path / "data" / NAME) as store:
        store.record(answer())
        with pytest.raises(StoreError):
            Store.open(tmp_path / "disk" / "record.sqlite")
    assert (tmp_path / "disk" / NAME).is_symlink()
    with Store.open(tmp_path / "disk" / "record.sqlite") as store:
        assert len(store.answers(1)) == 1
