"""Where the settings of the tests lie, and what is asked of them."""

from __future__ import annotations

import shutil
from pathlib import Path

from PySide6.QtCore import QByteArray, QStandardPaths

from cnn_tutor.app.settings.preferences import Preferences
from cnn_tutor.app.settings.settings_file import NAME
from cnn_tutor.app.style.appearance import THEMES


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
    assert preferences.theme in THEMES
    assert preferences.shaded in (True, False)
    assert preferences.motion in (True, False)
    assert isinstance(preferences.paper, str)
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


REMEMBERED = {
    "language": "ja",
    "theme": "dark",
    "shaded": True,
    "motion": False,
    "geometry": QByteArray(bytes(range(66))),
    "open_path": "/home/日本/畳み込み 1.cnnt",
    "paper": "b5",
    "chapter": "lesson_convolution/meet",
    "lesson_paths": {"own_1": "/home/a, b/c@d.toml", "own_2": '/tmp/"x"\\y;z=[#].toml'},
    "learner": 3,
}
LESSONS = {"lesson_convolution": "sum 14 meet first_cell", "own_日本": "a 2 a"}


def real(folder: Path) -> bytes:
    """Return settings as they are after some days of use."""
    preferences = Preferences()
    for name, value in REMEMBERED.items():
        setattr(preferences, name, value)
    for key, done in LESSONS.items():
        preferences.lessons[key] = done
    preferences.flush()
    return (folder / NAME).read_bytes()


def assert_real(preferences: Preferences) -> None:
    """Check that all of :func:`real` is remembered."""
    assert preferences.notices == ()
    assert {name: getattr(preferences, name) for name in REMEMBERED} == REMEMBERED
    assert dict(preferences.lessons) == LESSONS


def aside(folder: Path) -> list[Path]:
    """Return what was set aside."""
    return list(folder.glob(f"{NAME}.damaged-*"))
