"""Settings that can't be read or written, that are links, or that two programs write at once."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cnn_tutor.app.settings import settings_file
from cnn_tutor.app.settings.preferences import Preferences
from cnn_tutor.app.settings.settings_file import NAME, SettingsFile
from cnn_tutor.document.lock import locked
from cnn_tutor.engine.errors import Refusal
from cnn_tutor.study import words
from tests.helpers.settings_place import aside, assert_real, emptied, real, use

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")


@pytest.fixture
def folder(qapp: object) -> Path:
    return emptied()


def reasons(preferences: Preferences) -> list[str]:
    return [notice.reason for notice in preferences.notices]


# --- links -------------------------------------------------------------------------------------


@posix
def test_what_a_link_leads_to_is_read_and_written(folder: Path, tmp_path: Path) -> None:
    real(folder)
    (folder / NAME).rename(tmp_path / "mine.json")
    (tmp_path / "hop").symlink_to("mine.json")
    (folder / NAME).symlink_to(tmp_path / "hop")
    preferences = Preferences()
    assert_real(preferences)
    preferences.theme = "light"
    preferences.flush()
    assert (folder / NAME).is_symlink()
    assert (tmp_path / "hop").is_symlink()
    assert json.loads((tmp_path / "mine.json").read_text())["theme"] == "light"
    assert Preferences().theme == "light"


@posix
@pytest.mark.parametrize("target", ["gone/mine.json", "gone.json", NAME, "/dev/zero", "/", "\n"])
def test_a_link_that_leads_to_no_file_is_left_alone(folder: Path, target: str) -> None:
    (folder / NAME).symlink_to(target)
    preferences, said = Preferences(), []
    preferences.on_failure(said.append)
    assert reasons(preferences) == ["settings_link"]
    use(preferences)  # until the program ends
    preferences.flush()
    assert said == []
    assert str((folder / NAME).readlink()) == target
    assert [path.name for path in folder.iterdir()] == [NAME]


@posix
def test_what_a_link_leads_to_may_come_back(folder: Path, tmp_path: Path) -> None:
    data = real(folder)
    (folder / NAME).unlink()
    (folder / NAME).symlink_to(tmp_path / "later.json")
    preferences = Preferences()
    preferences.theme = "light"
    preferences.flush()
    assert not (tmp_path / "later.json").exists()
    (tmp_path / "later.json").write_bytes(data)
    preferences.chapter = "blur"
    preferences.flush()
    assert json.loads((tmp_path / "later.json").read_text()) == {
        **json.loads(data),
        "theme": "light",
        "chapter": "blur",
    }


# --- where nothing can be read or written ------------------------------------------------------


@pytest.mark.parametrize("cause", [errno.EACCES, errno.EIO, errno.ELOOP, errno.EMFILE])
def test_what_cannot_be_read_is_not_called_damaged_and_stays(
    folder: Path, monkeypatch: pytest.MonkeyPatch, cause: int
) -> None:
    data = real(folder)

    def refused(*_: object) -> bytes:
        raise OSError(cause, os.strerror(cause))

    with monkeypatch.context() as patch:
        patch.setattr(settings_file, "content", refused)
        preferences = Preferences()
        assert reasons(preferences) == ["settings_unreadable"]
        said = words.explain(preferences.notices[0])
        assert NAME in said
        assert "can't be read" in said
        use(preferences)
        assert (folder / NAME).read_bytes() == data
        assert not aside(folder)
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
    preferences.on_failure(said.append)
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
        assert Preferences().theme == "dark"
        assert Preferences().language == language


def test_settings_that_are_thrown_away_meanwhile_are_written_again(folder: Path) -> None:
    real(folder)
    preferences = Preferences()
    shutil.rmtree(folder)
    preferences.flush()
    assert_real(Preferences())


# --- two programs at once ----------------------------------------------------------------------


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
    assert sorted(again.lessons) == ["a", "lesson_convolution"]


class Clock:
    """One that only goes on while a pause is made."""

    def __init__(self) -> None:
        self.paused_ms = 0

    def monotonic(self) -> float:
        return self.paused_ms / 1000

    def msleep(self, milliseconds: int) -> None:
        self.paused_ms += milliseconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(settings_file, "monotonic", made.monotonic)
    monkeypatch.setattr(settings_file, "QThread", made)
    return made


WRITER = """
import sys
from PySide6.QtCore import QCoreApplication
from cnn_tutor.app.settings import settings_file
app = QCoreApplication([])  # the timer of the settings is one of its
settings_file.monotonic = lambda: 0  # for the others to have as long as they need
settings = settings_file.SettingsFile(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
for number in range(40):
    settings.set(f"lessons/{sys.argv[2]}{number}", "a 1")
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
    assert len(SettingsFile(str(tmp_path)).keys("lessons")) == 120
    assert [path.name for path in tmp_path.iterdir()] == [NAME]


def a_folder(lock: Path) -> None:
    (lock / "x").mkdir(parents=True)


def of_another_machine(lock: Path) -> None:
    lock.write_text("1234\npython3\nanother-machine\n\n\n")


def of_nobody(lock: Path) -> None:
    lock.write_bytes(bytes(30))
    os.utime(lock, (1, 1))


def of_a_program_that_ended(lock: Path) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    lock.write_text(f"{ended.pid}\npython3\n{os.uname().nodename}\n\n\n")


@posix
@pytest.mark.parametrize("lock", [a_folder, of_another_machine, of_nobody, of_a_program_that_ended])
def test_a_lock_that_nobody_gives_back_keeps_nobody_waiting(
    folder: Path, lock: object, clock: Clock
) -> None:
    real(folder)
    assert callable(lock)
    lock(folder / f"{NAME}.lock")
    preferences = Preferences()
    for number in range(40):
        preferences.lessons["a"] = f"x {number}"
        preferences.flush()
    assert clock.paused_ms == 0
    assert preferences.notices == ()
    assert Preferences().lessons["a"] == "x 39"


def test_a_lock_that_is_held_for_long_is_waited_for_once(folder: Path, clock: Clock) -> None:
    held = locked(str(folder / f"{NAME}.lock"))
    assert held is not None
    settings = SettingsFile(str(folder))
    for number in range(40):
        settings.set("a", str(number))
        settings.flush()
    assert clock.paused_ms == 1000 * settings_file._PATIENCE
    assert SettingsFile(str(folder)).text("a") == "39"
    held.unlock()
