"""Settings that are damaged, can't be read or written, or that two programs write at once."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from cnn_tutor.app.settings import settings_file
from cnn_tutor.app.settings.preferences import Preferences
from cnn_tutor.app.settings.settings_file import NAME, SettingsFile
from cnn_tutor.app.style.appearance import THEMES, Theme
from cnn_tutor.engine.errors import Refusal
from cnn_tutor.project import limits
from cnn_tutor.project.lock import Lock
from tests.helpers.settings_place import aside, assert_real, real, use

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")


def reasons(preferences: Preferences) -> list[str]:
    return [notice.reason for notice in preferences.notices]


@pytest.mark.parametrize("theme", THEMES)
def test_every_theme_is_remembered(folder: Path, theme: Theme) -> None:
    (folder / NAME).write_text('{"theme": "dark"}')  # as versions without high contrast wrote it
    preferences = Preferences()
    assert (preferences.theme, preferences.notices) == ("dark", ())
    preferences.theme = theme
    preferences.flush()
    assert Preferences().theme == theme


# --- damage --------------------------------------------------------------------------------------

DAMAGED = {
    "empty": b"",
    "cut": b'{"language": "ja", "theme": "da',
    "not text": b'{"language": "\xff\xfe"}',
    "half a letter": b'{"chapter": "\\ud800"}',
    "too large": b'{"chapter": "' + b"1" * limits.MAX_SETTINGS_BYTES + b'"}',
    "list": b'["language", "ja"]',
    "another type": b'{"language": "ja", "learner": "3"}',
    "another word": b'{"theme": "neon"}',
    "no path": b'{"recent": ["/tmp/\\u0000x"]}',
    "no geometry": b'{"geometry": "?"}',
    "deep": b"[" * 500_000,
}


@pytest.mark.parametrize("data", DAMAGED.values(), ids=DAMAGED.keys())
def test_damaged_settings_are_set_aside_and_said_once(folder: Path, data: bytes) -> None:
    (folder / NAME).write_bytes(data)
    preferences = Preferences()
    (kept,) = aside(folder)
    assert kept.read_bytes() == data
    (notice,) = preferences.notices
    assert notice.reason == "settings_set_aside"
    assert Path(str(notice.values["file"])) == kept
    assert (preferences.language, preferences.theme) == (None, "system")
    use(preferences)
    again = Preferences()
    assert again.notices == ()
    assert again.theme == "dark"
    assert aside(folder) == [kept]


def test_settings_that_are_damaged_meanwhile_are_set_aside_and_written_anew(folder: Path) -> None:
    real(folder)
    preferences, said = Preferences(), list[Refusal]()
    preferences.report = said.append
    (folder / NAME).write_bytes(bytes(99))
    for theme in ("light", "dark"):
        preferences.theme = theme
        preferences.flush()
    assert [refusal.reason for refusal in said] == ["settings_set_aside"]
    assert [path.read_bytes() for path in aside(folder)] == [bytes(99)]
    assert_real(Preferences())


# --- what can't be read or written ---------------------------------------------------------------


@posix
@pytest.mark.parametrize("put", [Path.mkdir, lambda path: path.symlink_to("gone.json")])
def test_what_is_no_file_is_said_and_left_alone(folder: Path, put: Callable[[Path], None]) -> None:
    put(folder / NAME)
    before = (folder / NAME).lstat()
    preferences, said = Preferences(), list[Refusal]()
    preferences.report = said.append
    assert reasons(preferences) == ["settings_unreadable"]
    use(preferences)  # until the program ends
    assert said == []
    assert os.path.samestat((folder / NAME).lstat(), before)
    assert [path.name for path in folder.iterdir()] == [NAME]
    shutil.rmtree(folder)


@posix
def test_what_a_link_leads_to_is_read_and_written(folder: Path, tmp_path: Path) -> None:
    real(folder)
    (folder / NAME).rename(tmp_path / "mine.json")
    (folder / NAME).symlink_to(tmp_path / "mine.json")
    preferences = Preferences()
    assert_real(preferences)
    (tmp_path / "mine.json").rename(tmp_path / "away.json")
    preferences.theme = "light"
    preferences.flush()
    assert not (tmp_path / "mine.json").exists()
    (tmp_path / "away.json").rename(tmp_path / "mine.json")  # such as a disk of the network
    preferences.flush()
    assert (folder / NAME).is_symlink()
    assert json.loads((tmp_path / "mine.json").read_text())["theme"] == "light"


@pytest.mark.parametrize("code", [errno.EACCES, errno.EIO])
def test_what_cannot_be_read_is_not_called_damaged_and_stays(
    folder: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    data = real(folder)

    def refused(*_: object) -> bytes:
        raise OSError(code, os.strerror(code))

    with monkeypatch.context() as patch:
        patch.setattr(settings_file, "content", refused)
        preferences = Preferences()
        assert reasons(preferences) == ["settings_unreadable"]
        use(preferences)
        assert (folder / NAME).read_bytes() == data
    preferences.language = "en"
    preferences.flush()  # it can be read again
    assert json.loads((folder / NAME).read_text()) == {**json.loads(data), "language": "en"}


def test_a_file_in_the_place_of_the_folder(folder: Path) -> None:
    folder.rmdir()
    folder.write_text("in the way")
    preferences = Preferences()
    assert reasons(preferences) == ["settings_not_saved"]
    use(preferences)  # until the program ends
    folder.unlink()


def test_a_failure_is_said_once_until_it_works_again(folder: Path) -> None:
    preferences, said = Preferences(), list[Refusal]()
    preferences.report = said.append
    preferences.theme = "dark"
    preferences.flush()
    assert not said
    for count, language in ((1, "ja"), (2, "en")):
        shutil.rmtree(folder)
        folder.write_text("in the way")
        preferences.theme = "light"
        preferences.flush()
        preferences.language = language
        preferences.flush()
        assert [refusal.reason for refusal in said] == ["settings_not_saved"] * count
        assert (preferences.theme, preferences.language) == ("light", language)
        folder.unlink()
        preferences.theme = "dark"
        preferences.flush()
        again = Preferences()
        assert (again.theme, again.language) == ("dark", language)


# --- two programs at once ------------------------------------------------------------------------


def test_what_another_program_has_written_stays(folder: Path) -> None:
    real(folder)
    one, two = Preferences(), Preferences()
    one.theme = "light"
    one.flush()
    two.language = "en"
    two.flush()
    one.lessons["a"] = "x 1"
    del two.lessons["own_日本"]
    one.flush()
    one.chapter = "blur"
    two.theme = "dark"
    two.flush()
    one.learner = 7
    one.flush()
    again = Preferences()
    assert (again.theme, again.language, again.chapter) == ("dark", "en", "blur")
    assert (again.learner, sorted(again.lessons)) == (7, ["a", "lesson_convolution"])


WRITER = """
import sys
from PySide6.QtCore import QCoreApplication
from cnn_tutor.app.settings import settings_file
app = QCoreApplication([])  # the timer of the settings is one of its
settings_file._PATIENCE = 60  # for the others to have as long as they need
settings = settings_file.SettingsFile(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
for number in range(40):
    settings.set("lessons", "a 1", f"{sys.argv[2]}{number}")
    settings.flush()
assert settings.notices == (), settings.notices
"""


def test_nothing_is_lost_of_what_programs_write_at_the_same_moment(tmp_path: Path) -> None:
    command = [sys.executable, "-c", WRITER, str(tmp_path)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    programs = [subprocess.Popen([*command, name], **pipes) for name in "abc"]
    assert [program.stdout.readline() for program in programs] == ["ready\n"] * 3
    for program in programs:
        program.stdin.write("go\n")
        program.stdin.flush()
    for program in programs:
        program.communicate()
    assert [program.returncode for program in programs] == [0, 0, 0]
    assert len(SettingsFile(str(tmp_path)).settings.lessons) == 120
    assert [path.name for path in tmp_path.iterdir()] == [NAME]


def test_a_lock_that_can_not_be_had_loses_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings_file, "_PATIENCE", 0.01)
    lock = Lock(folder / f"{NAME}.lock")
    for name in ("held", "a folder"):
        preferences = Preferences()
        preferences.chapter = name
        preferences.flush()
        assert Preferences().chapter == name
        lock.release()
        (folder / f"{NAME}.lock").mkdir(exist_ok=True)
    shutil.rmtree(folder)
