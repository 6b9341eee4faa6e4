"""Whatever is in the place of the settings, the program starts.

A plain run damages them some hundred times, CNN_TUTOR_LONG=1 ten thousand times.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from cnn_tutor.app.cli import session
from cnn_tutor.app.main_window import MainWindow
from cnn_tutor.app.settings.preferences import Preferences
from cnn_tutor.app.settings.settings_file import NAME, SettingsFile
from cnn_tutor.project import limits
from tests.helpers.settings_place import aside, assert_real, emptied, real, use

LONG = "CNN_TUTOR_LONG" in os.environ
MUTATIONS = 10_000 if LONG else 500

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")


@pytest.fixture
def folder(qapp: object) -> Path:
    return emptied()


# --- what is sound -----------------------------------------------------------------------------


def test_what_the_program_writes_itself_is_read_again(folder: Path) -> None:
    data = real(folder)
    assert_real(Preferences())
    Preferences().flush()
    assert (folder / NAME).read_bytes() == data
    assert [path.name for path in folder.iterdir()] == [NAME]


def test_nothing_is_written_that_is_there_already(folder: Path) -> None:
    real(folder)
    preferences, before = Preferences(), (folder / NAME).stat()
    preferences.language, preferences.theme, preferences.learner = "ja", "dark", 3
    preferences.lessons["own_日本"] = "a 2 a"
    preferences.flush()
    after = (folder / NAME).stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_what_is_forgotten_stays_so(folder: Path) -> None:
    real(folder)
    preferences = Preferences()
    del preferences.lessons["own_日本"]
    assert list(preferences.lessons) == ["lesson_convolution"]
    preferences.flush()
    assert list(Preferences().lessons) == ["lesson_convolution"]


def test_a_name_that_is_no_text_can_be_remembered(folder: Path) -> None:
    preferences = Preferences()
    preferences.open_path = "/tmp/a\udcff.cnnt"
    preferences.flush()
    assert preferences.notices == ()
    assert Preferences().open_path == "/tmp/a?.cnnt"


def test_what_an_editor_puts_before_it_does_no_harm(folder: Path) -> None:
    data = real(folder)
    (folder / NAME).write_bytes(b"\xef\xbb\xbf" + data)
    assert_real(Preferences())


# --- what is not -------------------------------------------------------------------------------


DAMAGED = {
    "empty": b"",
    "zeros": bytes(4096),
    "cut": b'{"language": "ja", "theme": "da',
    "not text": b'{"language": "\xff\xfe"}',
    "half a sign": b'{"language": "\\ud800"}',
    "picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
    "too large": b'{"a": "' + b"1" * limits.MAX_SETTINGS_BYTES + b'"}',
    "list": b'["language", "ja"]',
    "number": b'{"language": "ja", "learner": 3}',
    "null": b'{"language": null}',
    "object": b'{"lessons": {"a": "b"}}',
    "list in a list": b'{"recent": [["a"]]}',
    "deep": b"[" * 500_000,
    "deep objects": b'{"a":' * 200_000,
    "two": b"{}{}",
    "of qt": b"[General]\nlanguage=ja\n",
}


@pytest.mark.parametrize("data", DAMAGED.values(), ids=DAMAGED.keys())
def test_damaged_settings_are_set_aside_and_said(folder: Path, data: bytes) -> None:
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
    preferences, said = Preferences(), []
    preferences.on_failure(said.append)
    (folder / NAME).write_bytes(bytes(99))
    preferences.theme = "light"
    preferences.flush()
    assert [refusal.reason for refusal in said] == ["settings_set_aside"]
    (kept,) = aside(folder)
    assert kept.read_bytes() == bytes(99)
    preferences.theme = "dark"
    preferences.flush()
    assert len(said) == 1
    assert_real(Preferences())


HOSTILE: dict[str, dict[str, object]] = {
    "none": {},
    "words": {"language": "klingon", "theme": "1e999", "shaded": "", "learner": "-1"},
    "lists": {"language": ["ja"], "theme": [], "open_path": ["a"], "learner": ["1", "2"]},
    "texts": {"recent": "/tmp", "lesson_files": "own_1 /tmp/a.toml"},
    "no number": {"learner": "9" * 100_000},
    "other digits": {"learner": "²", "geometry": "٣٣"},
    "nul": {"open_path": "/tmp/\0x", "recent": ["\0", "a\0"], "lesson_files": ["k \0", "\0 k"]},
    "nul in a key": {"lessons/\0": "a 1", "\0": "a", "": "b", "lessons/": "x"},
    "nested": {"language/x": "1", "lessons/a/b": "c", "lessons//": "d", "lessons": "e"},
    "many keys": {f"lessons/k{n}": "a 1" for n in range(20_000)},
    "many recent": {"recent": [f"/tmp/no/{n}" for n in range(40_000)]},
    "empty texts": {"recent": [""] * 200_000, "lesson_files": [" "] * 10_000},
    "long": {"geometry": "00" * 400_000, "open_path": "/" * 90_000, "chapter": "a/" * 40_000},
    "odd hex": {"geometry": "abc"},
    "backwards": {"open_path": "\u202e\u200b", "chapter": "../../etc/passwd\n"},
    "object of qt": {"language": "@Variant(\0\0\0\x10)", "recent": ["@Invalid()"]},
}


@pytest.mark.parametrize("values", HOSTILE.values(), ids=HOSTILE.keys())
def test_strange_values_count_as_none(folder: Path, values: dict[str, object]) -> None:
    (folder / NAME).write_text(json.dumps(values))
    preferences = Preferences()
    assert preferences.notices == ()
    assert preferences.language is None
    use(preferences)
    assert not {"\0", ""} & {*preferences.recent_files, *preferences.lesson_paths.values()}
    assert preferences.learner == 0
    assert Preferences().theme == "dark"


def test_more_than_can_be_read_again_is_not_written(folder: Path) -> None:
    full = {"a": "1" * (limits.MAX_SETTINGS_BYTES - 20)}
    (folder / NAME).write_text(json.dumps(full))
    preferences, said = Preferences(), []
    preferences.on_failure(said.append)
    assert preferences.notices == ()
    preferences.open_path = "/tmp/x.cnnt"
    preferences.flush()
    preferences.chapter = "blur"
    preferences.flush()
    assert [refusal.reason for refusal in said] == ["settings_too_large"]
    assert json.loads((folder / NAME).read_text()) == full


def a_folder(path: Path) -> None:
    (path / "inside").mkdir(parents=True)


def a_pipe(path: Path) -> None:
    os.mkfifo(path)


def a_hundred_megabytes(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(100 * 2**20)


@posix
@pytest.mark.parametrize("put", [a_folder, a_pipe, a_hundred_megabytes])
def test_what_is_no_settings_file_is_set_aside(folder: Path, put: object) -> None:
    assert callable(put)
    put(folder / NAME)
    preferences = Preferences()
    assert [notice.reason for notice in preferences.notices] == ["settings_set_aside"]
    use(preferences)
    assert (folder / NAME).is_file()
    for path in aside(folder):
        shutil.rmtree(path) if path.is_dir() else path.unlink()


# --- any damage --------------------------------------------------------------------------------


def damaged(data: bytes, rng: random.Random) -> bytes:
    """Return settings with some bytes changed, lost, doubled, or put in."""
    changed = bytearray(data)
    for _ in range(rng.randint(1, 3)):
        at, size = rng.randrange(len(changed) or 1), rng.choice((1, 1, 2, 8, 64))
        match rng.randrange(5):
            case 0:
                changed[at : at + size] = rng.randbytes(size)
            case 1:
                del changed[at : at + size]
            case 2:
                changed[at:at] = changed[at : at + size] * rng.randint(1, 9)
            case 3:
                signs = (b'"', b"[", b"{", b",", b":", b"\\", b"\\u0000", b"\\ud83d", b"1", b"@")
                changed[at:at] = rng.choice(signs)
            case 4 if changed:
                changed[at] ^= 1 << rng.randrange(8)
    return bytes(changed)


def test_any_damage_is_lived_with(folder: Path) -> None:
    data, rng, sound = real(folder), random.Random(0), 0
    for _ in range(MUTATIONS):
        changed = damaged(data, rng)
        (folder / NAME).write_bytes(changed)
        preferences = Preferences()
        reasons = [notice.reason for notice in preferences.notices]
        assert reasons in ([], ["settings_set_aside"])
        assert [path.read_bytes() for path in aside(folder)] == [changed] * len(reasons)
        use(preferences)
        sound += not reasons
        assert Preferences().notices == ()
        for path in aside(folder):
            path.unlink()
    assert MUTATIONS / 50 < sound < MUTATIONS


def test_any_text_comes_back(folder: Path) -> None:
    rng = random.Random(1)
    for _ in range(MUTATIONS // 10):
        signs = ['"', "\\", "\n", "\0", "@", ",", "日", "𠮷", "\x7f", "\u2028", "/", " ", "\ufeff"]
        written = {
            "".join(rng.choices(signs, k=3)): "".join(rng.choices(signs, k=rng.randrange(9)))
            for _ in range(9)
        }
        settings = SettingsFile(str(folder))
        for key, value in written.items():
            settings.set(key, value)
        settings.flush()
        again = SettingsFile(str(folder))
        for key, value in written.items():
            assert again.text(key) == ("" if "\0" in value else value)
            assert again.texts(key) == ([] if "\0" in value or not value else [value])


# --- the whole window --------------------------------------------------------------------------

WINDOWS: list[bytes] = [
    bytes(4096),
    json.dumps({"geometry": "01d9d0cb0003000000000000" + "7fffffff" * 12}).encode(),
    json.dumps({"geometry": "ff" * 66, "open_path": "/dev/zero"}).encode(),
    json.dumps({"open_path": "/proc/self/mem", "chapter": "blur/x", "learner": "77"}).encode(),
    json.dumps({"lesson_files": [f"own_{n} /tmp/no/{n}" for n in range(30_000)]}).encode(),
]


@pytest.mark.parametrize("data", WINDOWS, ids=range(len(WINDOWS)))
def test_the_window_opens_and_says_what_happened(qtbot: QtBot, folder: Path, data: bytes) -> None:
    (folder / NAME).write_bytes(data)
    preferences = Preferences()
    window = MainWindow(preferences)
    qtbot.addWidget(window)
    options = argparse.Namespace(file=None, open=None, step=None, screenshot=None)
    assert session.Session(options)._open(window, preferences) is None
    window.restoreGeometry(preferences.geometry)
    window.show()
    if aside(folder):
        notice = window.findChild(QLabel, "page_notice")
        qtbot.waitUntil(notice.isVisible)
        assert NAME in notice.text()
    assert window.screen().virtualGeometry().intersects(window.frameGeometry())
    window.close()
    assert Preferences().geometry == preferences.geometry
