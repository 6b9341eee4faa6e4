"""Whatever is in the place of the settings, the program starts, and runs nothing out of it.

A plain run damages them some hundred times, CNN_TUTOR_LONG=1 ten thousand times.
"""

from __future__ import annotations

import argparse
import os
import pickle
import random
import shutil
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QByteArray, QDateTime, QSettings, QStandardPaths
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from cnn_tutor.app import session
from cnn_tutor.app.main_window import MainWindow
from cnn_tutor.app.preferences import Preferences
from cnn_tutor.app.settings_file import NAME, is_sound
from cnn_tutor.project import limits

LONG = "CNN_TUTOR_LONG" in os.environ
MUTATIONS = 10_000 if LONG else 150
EXAMPLES = 2_000 if LONG else 60

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")


@pytest.fixture
def folder(qapp: object) -> Path:
    QStandardPaths.setTestModeEnabled(True)
    for place in ("AppConfigLocation", "AppDataLocation"):
        where = QStandardPaths.writableLocation(getattr(QStandardPaths.StandardLocation, place))
        shutil.rmtree(where, ignore_errors=True)
        Path(where).unlink(missing_ok=True)
    config = QStandardPaths.StandardLocation.AppConfigLocation
    path = Path(QStandardPaths.writableLocation(config))
    path.mkdir(parents=True)
    return path


def use(preferences: Preferences) -> None:
    """Ask for all that is remembered, and remember something."""
    assert preferences.language in (None, "ja", "en")
    assert preferences.theme in ("system", "light", "dark")
    assert preferences.shaded in (True, False)
    assert isinstance(preferences.geometry, QByteArray)
    assert all(isinstance(path, str) for path in preferences.recent_files)
    assert "\0" not in preferences.open_path + preferences.chapter
    assert all(map(str.__len__, preferences.lesson_paths.values()))
    assert all(
        isinstance(preferences.lessons[key], str)
        for key in ("a", *preferences.lessons)
        if key in preferences.lessons
    )
    assert preferences.learner >= 0
    preferences.theme = "dark"
    assert preferences.theme == "dark"


def real(folder: Path) -> bytes:
    """Settings as they are after some days of use, and some that were written at first."""
    preferences = Preferences()
    preferences.language, preferences.theme, preferences.shaded = "ja", "dark", True
    preferences.geometry = QByteArray(bytes(range(66)))
    preferences.open_path = "/home/日本/畳み込み 1.cnnt"
    preferences.chapter = "lesson_convolution/meet"
    preferences.lesson_paths = {"own_1": "/home/a, b/c@d.toml", "own_2": '/tmp/"x"\\y;z=[#].toml'}
    preferences.lessons["lesson_convolution"] = "sum 14 meet first_cell"
    preferences.learner = 3
    before = QSettings(str(folder / NAME), QSettings.Format.IniFormat)
    before.setValue("old_geometry", QByteArray(bytes(range(256))))
    before.setValue("recent", ["@home/a.cnnt", "/b, c.cnnt"])
    before.setValue("text", "\x01a\n\t\\ @")
    before.setValue("nothing", [])
    before.sync()
    data = (folder / NAME).read_bytes()
    assert before.status() == QSettings.Status.NoError
    return data


def aside(folder: Path) -> list[Path]:
    return list(folder.glob(f"{NAME}.damaged-*"))


# --- what is sound -----------------------------------------------------------------------------


def test_what_the_program_writes_itself_is_sound_and_read_again(folder: Path) -> None:
    data = real(folder)
    assert is_sound(data)
    again = Preferences()
    assert again.notices == ()
    assert (again.language, again.theme, again.shaded, again.learner) == ("ja", "dark", True, 3)
    assert again.geometry == QByteArray(bytes(range(66)))
    assert again.lesson_paths["own_2"] == '/tmp/"x"\\y;z=[#].toml'
    assert again.lessons["lesson_convolution"] == "sum 14 meet first_cell"
    assert (folder / NAME).read_bytes() == data


def test_the_place_of_the_window_is_read_as_it_was_written_at_first(folder: Path) -> None:
    old = QSettings(str(folder / NAME), QSettings.Format.IniFormat)
    old.setValue("geometry", QByteArray(b"\x01\xd9\xd0\xcb\0\x03\0\xff"))
    old.sync()
    preferences = Preferences()
    assert preferences.notices == ()
    assert preferences.geometry == QByteArray(b"\x01\xd9\xd0\xcb\0\x03\0\xff")


# --- what is not -------------------------------------------------------------------------------


class Trap:
    """Leaves a file behind when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __reduce__(self) -> tuple[object, ...]:
        return Path.touch, (self._path,)


DISGUISES = [
    ("@Variant(", "@Variant("),
    ("@Variant(", r"\x40Variant("),
    ("@Variant(", r"\x00000000000000040Variant("),
    ("@Variant(", r"\x10040Variant("),
    ("@Variant(", r"\100Variant("),
    ("@Variant(", r"\00000000000100Variant("),
    ("@Variant(", r"@\x56\x61riant("),
    ("@Variant(", '@""Variant('),
    ("@Variant(", r"@Var\qiant("),
    ("@Variant(", "@Var\\\niant("),
    ("@Variant(", "@Var\\\r\niant("),
    ("@Variant(", "a, @Variant("),
    ("=", " = "),
]


@pytest.mark.parametrize("heading", ["[General]", "[lessons]", "[%47eneral]", "[anything]", ""])
@pytest.mark.parametrize(("plain", "disguise"), DISGUISES)
def test_no_program_in_the_settings_is_run(
    folder: Path, tmp_path: Path, plain: str, disguise: str, heading: str
) -> None:
    trap, sprung = QSettings(str(tmp_path / "trap.ini"), QSettings.Format.IniFormat), tmp_path / "x"
    trap.setValue("language", Trap(sprung))
    trap.sync()
    text = (tmp_path / "trap.ini").read_text("utf-8").replace(plain, disguise)
    text = text.replace("[General]", heading)
    assert disguise in text
    (folder / NAME).write_text(text, "utf-8", newline="")
    use(Preferences())
    assert not sprung.exists()
    assert len(aside(folder)) == 1


def test_the_trap_is_one(folder: Path, tmp_path: Path) -> None:
    """Without this, the test above could not fail."""
    pickle.loads(pickle.dumps(Trap(tmp_path / "x")))
    assert (tmp_path / "x").exists()


DAMAGED = {
    "zeros": bytes(4096),
    "nul": b"[General]\nlanguage=j\0a\n",
    "not text": b"[General]\nlanguage=\xff\xfe\n",
    "no key": b"[General]\nlanguage\n",
    "no heading": b"[General\nlanguage=ja\n",
    "picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
    "one too many": b"a=" + b"1" * (limits.MAX_SETTINGS_BYTES - 1),
    "date": b"[General]\nlanguage=@DateTime(\\0\\0\\0\\x10\\0\\0\\0\\0)\n",
    "lying length": b"[General]\ngeometry=@Variant(\\0\\0\\0\\f\\x7f\\xff\\xff\\xff)\n",
    "picture inside": b"[General]\nx=@Variant(\\0\\0\\0\\x41\\0\\0\\0\\x1\\x89PNG)\n",
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


HOSTILE = {
    "empty": b"",
    "words": b"[General]\nlanguage=klingon\ntheme=1e999\nshaded=\nlearner=-1\nchapter=..\n",
    "lists": b"[General]\nlanguage=ja, en\ntheme=,,,\nopen_path=a, b\nlearner=1, 2\n",
    "invalid": b"[General]\nlanguage=@Invalid()\nrecent=@Invalid()\nlesson_files=@Invalid()\n",
    "rects": b"[General]\nlanguage=@Rect(1 2 3 4)\ntheme=@Size(9 9)\nchapter=@Point(1 1)\n",
    "bytes": b"[General]\nlanguage=@ByteArray(ja)\nrecent=@ByteArray(x)\nlearner=@ByteArray(3)\n",
    "no number": b"[General]\nlearner=99999999999999999999\n",
    "nul inside": b"[General]\nopen_path=/tmp/\\0x\nrecent=\\0, a\\0\nlesson_files=k \\0\n",
    "nested": b"[General]\nlanguage/x=1\n[language]\n%2f=1\n",
    "many keys": b"[lessons]\n" + b"".join(b"k%d=a 1\n" % n for n in range(20_000)),
    "many files": b"[General]\nrecent=" + b", ".join(b"/tmp/no/%d" % n for n in range(50_000)),
    "commas": b"[General]\nrecent=" + b"," * 900_000,
    "spaces": b"[General]\n" + b" " * 500_000 + b"=" + b" " * 500_000,
    "long": b"[General]\ngeometry=" + b"00" * 400_000,
    "escapes": b"[General]\nlanguage=" + b"\\x41" * 200_000,
    "quotes": b"[General]\nlanguage=" + b'"' * 900_001,
    "odd hex": b"[General]\ngeometry=abc\n",
    "bom": b"\xef\xbb\xbf[General]\nlanguage=ja\n",
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE.keys())
def test_strange_values_count_as_none(folder: Path, data: bytes) -> None:
    (folder / NAME).write_bytes(data)
    use(Preferences())


def a_folder(path: Path) -> None:
    (path / "inside").mkdir(parents=True)


def a_pipe(path: Path) -> None:
    os.mkfifo(path)


def a_link_to_itself(path: Path) -> None:
    path.symlink_to(path)


def a_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def a_hundred_megabytes(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(100 * 2**20)


@posix
@pytest.mark.parametrize("put", [a_folder, a_pipe, a_link_to_itself, a_device, a_hundred_megabytes])
def test_what_is_no_settings_file_is_set_aside(folder: Path, put: object) -> None:
    assert callable(put)
    put(folder / NAME)
    preferences = Preferences()
    assert [notice.reason for notice in preferences.notices] == ["settings_set_aside"]
    use(preferences)
    assert (folder / NAME).is_file()
    for path in aside(folder):
        shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()


# --- where nothing can be written --------------------------------------------------------------


def test_a_file_in_the_place_of_the_folder(folder: Path) -> None:
    folder.rmdir()
    folder.write_text("in the way")
    preferences = Preferences()
    assert [notice.reason for notice in preferences.notices] == ["settings_not_saved"]
    use(preferences)  # until the program ends
    folder.unlink()


def test_a_lock_that_nobody_can_take_keeps_nobody_waiting(folder: Path) -> None:
    (folder / NAME).write_text("[General]\nlanguage=ja\n")
    (folder / f"{NAME}.lock" / "x").mkdir(parents=True)
    preferences = Preferences()
    assert [notice.reason for notice in preferences.notices] == ["settings_not_saved"]
    use(preferences)
    assert (folder / NAME).read_text() == "[General]\nlanguage=ja\n"


def test_a_lock_that_says_nothing_is_taken_over(folder: Path) -> None:
    (folder / f"{NAME}.lock").write_bytes(bytes(30))
    preferences = Preferences()
    use(preferences)
    assert preferences.notices == ()
    assert Preferences().theme == "dark"


def test_a_failure_is_said_once_until_it_works_again(folder: Path) -> None:
    preferences, said = Preferences(), []
    preferences.on_failure(said.append)
    preferences.theme = "dark"
    assert not said
    for count, language in ((1, "ja"), (2, "en")):
        shutil.rmtree(folder)
        folder.write_text("in the way")
        preferences.theme = "light"
        preferences.language = language
        assert [refusal.reason for refusal in said] == ["settings_not_saved"] * count
        assert (preferences.theme, preferences.language) == ("light", language)
        folder.unlink()
        preferences.theme = "dark"
        assert Preferences().theme == "dark"
        assert Preferences().language == language


# --- any damage --------------------------------------------------------------------------------


def damaged(data: bytes, rng: random.Random) -> bytes:
    """Return settings with some bytes or lines changed, lost, doubled, or in another order."""
    changed = bytearray(data)
    for _ in range(rng.randint(1, 6)):
        at, size = rng.randrange(len(changed) or 1), rng.choice((1, 1, 2, 8, 64))
        match rng.randrange(7):
            case 0:
                changed[at : at + size] = rng.randbytes(size)
            case 1:
                del changed[at : at + size]
            case 2:
                changed[at:at] = changed[at : at + size] * rng.randint(1, 9)
            case 3:
                changed[at:at] = rng.choice((b"@Variant(", b"@DateTime(", b"@", b"\\x", b'"', b"="))
            case 4:
                changed[at : at + 1] = bytes(
                    [changed[at] ^ 1 << rng.randrange(8)] if changed else b""
                )
            case 5:
                del changed[at:]
            case 6:
                lines = bytes(changed).split(b"\n")
                rng.shuffle(lines)
                changed[:] = b"\n".join(lines)
    return bytes(changed)


def check(path: Path, data: bytes) -> None:
    """Let Qt read what passes for sound: there is nothing but texts in it."""
    if not is_sound(data):
        return
    path.write_bytes(data)
    read = QSettings(str(path), QSettings.Format.IniFormat)
    plain = (str, list, QByteArray, type(None))
    harmless = ("QRect", "QSize", "QPoint")
    for key in read.allKeys():
        value = read.value(key)
        for item in value if isinstance(value, list) else [value]:
            assert isinstance(item, plain) or type(item).__name__ in harmless, (key, item)


def test_any_damage_is_lived_with(folder: Path, tmp_path: Path) -> None:
    data, rng, sound = real(folder), random.Random(0), 0
    trap = QSettings(str(tmp_path / "trap.ini"), QSettings.Format.IniFormat)
    trap.setValue("trap", QDateTime.currentDateTime())
    trap.sync()
    data += (tmp_path / "trap.ini").read_bytes() if rng.random() < 0.5 else b""
    for number in range(MUTATIONS):
        changed = damaged(data, rng)
        check(tmp_path / f"{number}.ini", changed)
        (folder / NAME).write_bytes(changed)
        preferences = Preferences()
        use(preferences)
        sound += not preferences.notices
        for path in aside(folder):
            path.unlink()
    assert MUTATIONS / 50 < sound < MUTATIONS


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("settings") / NAME


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.sampled_from(
            [
                "@",
                "Variant",
                "(",
                ")",
                "\\",
                "x40",
                "100",
                '"',
                ",",
                "=",
                "\n",
                "[a]",
                "a",
                "DateTime",
                "\\x",
                "\\0",
                " ",
                ";",
                "x56",
                "%40",
                "\\\n",
                "\r",
                "\\x40",
                "@@",
                "\\x1@",
                "V",
            ]
        ),
        max_size=30,
    )
)
def test_nothing_passes_for_sound_that_qt_makes_an_object_of(place: Path, parts: list[str]) -> None:
    text = "a=@Variant(\\0\\0\\0\\x10)".replace("@V", "".join(parts)) + "\n" + "".join(parts)
    for data in (("a=" + "".join(parts)).encode(), text.encode()):
        # A name of its own, for Qt keeps in mind what it has read.
        check(place.with_name(f"{hash(data)}.ini"), data)


# --- the whole window --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        bytes(4096),
        b"[General]\ngeometry=" + b"01d9d0cb0003000000000000" + b"7fffffff" * 12 + b"\n",
        b"[General]\ngeometry=" + b"ff" * 66 + b"\nopen_path=/dev/zero\n",
        b"[General]\nopen_path=/proc/self/mem\nchapter=lesson_convolution/nowhere\nlearner=77\n",
        HOSTILE["many files"].replace(b"recent", b"lesson_files"),
    ],
)
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
