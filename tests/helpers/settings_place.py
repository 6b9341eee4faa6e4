"""Where the settings of the tests lie, and what is asked of them."""

from __future__ import annotations

import shutil
from pathlib import Path

from PySide6.QtCore import QByteArray, QStandardPaths

from cnn_tutor.app.settings.preferences import Preferences
from cnn_tutor.app.settings.settings_file import NAME


def emptied() -> Path:
    """Return the folder of the settings, without any in it."""
    QStandardPaths.setTestModeEnabled(True)
    for place in ("AppConfigLocation", "AppDataLocation"):
        where = QStandardPaths.writableLocation(getattr(QStandardPaths.StandardLocation, place))
        shutil.rmtree(where, ignore_errors=True)
        Path(where).unlink(missing_ok=True)
    config = QStandardPaths.StandardLocation.AppConfigLocation
    path = Path(QStandardPaths.writableLocation(config))
    path.mkdir(parents=True, mode=0o700)
    return path


def use(preferences: Preferences) -> None:
    """Ask for all that is remembered, and remember something."""
    assert preferences.language in (None, "ja", "en")
    assert preferences.theme in ("system", "light", "dark")
    assert preferences.shaded in (True, False)
    assert isinstance(preferences.geometry, QByteArray)
    assert all(isinstance(path, str) for path in preferences.recent_files)
    assert "\0" not in preferences.open_path
    assert all(map(str.__len__, preferences.lesson_paths.values()))
    lessons = preferences.lessons
    for key in ("a", *lessons):
        assert isinstance(lessons.get(key, ""), str)
    assert preferences.learner >= 0
    preferences.theme = "dark"
    assert preferences.theme == "dark"
    preferences.flush()


def real(folder: Path) -> bytes:
    """Return settings as they are after some days of use."""
    preferences = Preferences()
    preferences.language, preferences.theme, preferences.shaded = "ja", "dark", True
    preferences.geometry = QByteArray(bytes(range(66)))
    preferences.open_path = "/home/日本/畳み込み 1.cnnt"
    preferences.chapter = "lesson_convolution/meet"
    preferences.lesson_paths = {"own_1": "/home/a, b/c@d.toml", "own_2": '/tmp/"x"\\y;z=[#].toml'}
    preferences.lessons["lesson_convolution"] = "sum 14 meet first_cell"
    preferences.lessons["own_日本"] = "a 2 a"
    preferences.learner = 3
    preferences.flush()
    return (folder / NAME).read_bytes()


def assert_real(preferences: Preferences) -> None:
    """Check that all of :func:`real` is remembered."""
    assert preferences.notices == ()
    chosen = (preferences.language, preferences.theme, preferences.shaded, preferences.learner)
    assert chosen == ("ja", "dark", True, 3)
    assert preferences.geometry == QByteArray(bytes(range(66)))
    assert preferences.open_path == "/home/日本/畳み込み 1.cnnt"
    assert preferences.chapter == "lesson_convolution/meet"
    assert preferences.lesson_paths == {
        "own_1": "/home/a, b/c@d.toml",
        "own_2": '/tmp/"x"\\y;z=[#].toml',
    }
    assert dict(preferences.lessons) == {
        "lesson_convolution": "sum 14 meet first_cell",
        "own_日本": "a 2 a",
    }


def aside(folder: Path) -> list[Path]:
    """Return what was set aside."""
    return list(folder.glob(f"{NAME}.damaged-*"))
