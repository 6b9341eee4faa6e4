"""What the program keeps is its owner's alone, and nothing that is exported is written over it."""

from __future__ import annotations

import faulthandler
import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from cnn_tutor.app.errors.log import log_folder
from cnn_tutor.app.errors.run import logged_run
from cnn_tutor.app.files.saving import save
from cnn_tutor.app.main_window import MainWindow
from cnn_tutor.app.settings.preferences import Preferences
from cnn_tutor.app.worksheet.worksheet import Worksheet, write_worksheet
from cnn_tutor.document.own_files import config_folder, data_folder
from cnn_tutor.project.private import private
from cnn_tutor.study.practice.record.store import Store
from tests.helpers.lesson_window import opened, settle
from tests.helpers.practice_window import fresh_preferences
from tests.helpers.programs import one_line, tutor
from tests.helpers.unsaved import change
from tests.helpers.widgets import OFFSCREEN
from tests.unit.study.practice.given import answer

pytestmark = OFFSCREEN
posix = pytest.mark.skipif(sys.platform == "win32", reason="nobody else gets in there anyhow")


@pytest.fixture
def _open_to_all() -> Iterator[None]:
    """Let everything that is made be everybody's, unless it is made otherwise."""
    before = os.umask(0)
    yield
    os.umask(before)


def kept() -> list[Path]:
    folders = [Path(config_folder()), Path(data_folder())]
    return [*folders, *(path for folder in folders for path in folder.rglob("*"))]


def open_to_others() -> list[str]:
    return [f"{path}: {path.stat().st_mode:o}" for path in kept() if path.stat().st_mode & 0o077]


@posix
@pytest.mark.usefixtures("_open_to_all")
def test_what_is_kept_is_its_owners_alone(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, answered in (("is_enabled", False), ("enable", None), ("disable", None)):
        monkeypatch.setattr(faulthandler, name, lambda *_, answered=answered: answered)
    fresh_preferences()
    with logged_run(log_folder()) as handler:
        handler.caught(ValueError("for the log"))
        window = opened(qtbot, MainWindow(Preferences()))
        change(window, 8)
        assert window.autosave is not None
        window.autosave.keep()
        window.open_chapter("practice")
        window.practice.store.record(answer(learner=window.practice.practice.learner.id))
        settle()
        names = {path.name for path in kept()}
        assert open_to_others() == []
        assert window.close()
    names |= {path.name for path in kept()}
    wanted = {"settings.json", "practice.sqlite", "practice.sqlite-wal", "practice.sqlite-shm"}
    wanted |= {"practice.sqlite.lock", "cnn-tutor.log", "crash.txt", "work", "log"}
    assert wanted <= names
    for part in (".work", ".lock", ".backup-"):
        assert any(part in name for name in names), part
    assert open_to_others() == []


@posix
@pytest.mark.usefixtures("_open_to_all")
def test_what_is_set_aside_and_put_back_is_too(qapp: object) -> None:
    path = Path(fresh_preferences().practice_path)
    with Store.open(path) as store:
        store.add_learner("A")
    path.write_bytes(b"damaged")
    with private():
        Path(config_folder(), "settings.json").write_bytes(b"damaged")
    assert Preferences().notices
    with Store.open(path) as store:
        assert store.notices
    path.unlink()
    Store.open(path).close()
    assert len(list(path.parent.glob("*damaged*"))) == 1
    assert open_to_others() == []


@posix
@pytest.mark.usefixtures("_open_to_all")
def test_what_the_learner_saves_is_as_the_system_makes_files(qtbot: QtBot, tmp_path: Path) -> None:
    fresh_preferences()
    window = opened(qtbot, MainWindow(Preferences()))
    window.files._save_to(str(tmp_path / "mine.cnnt"))
    assert stat.S_IMODE((tmp_path / "mine.cnnt").stat().st_mode) == 0o666


# --- nothing is written over it ------------------------------------------------------------------


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    """A home with a record and settings, as the environment names it."""
    home = {"XDG_DATA_HOME": str(tmp_path / "data"), "XDG_CONFIG_HOME": str(tmp_path / "config")}
    with Store.open(tmp_path / "data" / "cnn-tutor" / "practice.sqlite") as store:
        store.add_learner("A")
    assert tutor("--gradebook", tmp_path / "first.csv", **home).returncode == 0
    (tmp_path / "config" / "cnn-tutor").mkdir(parents=True, exist_ok=True)
    (tmp_path / "config" / "cnn-tutor" / "settings.json").write_text("{}")
    (tmp_path / "link").symlink_to(tmp_path / "data" / "cnn-tutor" / "practice.sqlite")
    return home


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such variables")
@pytest.mark.parametrize(
    ("option", "name"),
    [
        ("--gradebook", "data/cnn-tutor/practice.sqlite"),
        ("--worksheet", "data/cnn-tutor/log/cnn-tutor.log"),
        ("--gradebook", "link"),
        ("--screenshot", "config/cnn-tutor/settings.json"),
    ],
)
def test_nothing_is_exported_over_it(
    tmp_path: Path, home: dict[str, str], option: str, name: str
) -> None:
    path = tmp_path / name
    before = path.read_bytes() if path.exists() else None
    if option == "--screenshot":
        (tmp_path / "picture.png").symlink_to(path)  # a picture is known by its name
        path = tmp_path / "picture.png"
    done = tutor(option, path, **home)
    assert done.returncode == 2
    assert "files of its own" in one_line(done.stderr)
    assert (path.read_bytes() if path.exists() else None) == before
    with Store.open(tmp_path / "data" / "cnn-tutor" / "practice.sqlite") as store:
        assert [one.name for one in store.learners()] == ["A"]
        assert store.notices == ()


def test_nothing_is_saved_over_it_in_the_window(qtbot: QtBot, tmp_path: Path) -> None:
    preferences = fresh_preferences()
    path = Path(preferences.practice_path)
    Store.open(path).close()
    window = opened(qtbot, MainWindow(preferences))
    before = path.read_bytes()
    window.files._save_to(str(path))
    assert window.isWindowModified() or window.files.file.path == ""
    sheet = Worksheet("output_size", 1, 7, "en")
    save(window, "title", str(path), lambda name: write_worksheet(name, sheet))
    (box,) = window.findChildren(QMessageBox, "saving_failed")
    assert "files of its own" in box.text()
    box.close()
    assert path.read_bytes() == before
