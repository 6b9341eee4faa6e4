"""What earlier versions remembered is taken over, and nothing in it is run."""

from __future__ import annotations

import json
import os
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QByteArray, QSettings

from cnn_tutor.app.old_settings import read_old
from cnn_tutor.app.preferences import Preferences
from cnn_tutor.app.settings_file import NAME, OLD_NAME, SettingsFile
from cnn_tutor.project import limits
from tests.app.settings_place import as_qt_writes, aside, assert_real, emptied, real, use

LONG = "CNN_TUTOR_LONG" in os.environ
MUTATIONS = 10_000 if LONG else 200
EXAMPLES = 2_000 if LONG else 60


@pytest.fixture
def folder(qapp: object) -> Path:
    return emptied()


def old(folder: Path) -> str:
    """Let the settings that are there be those of an earlier version."""
    values = json.loads(real(folder))
    (folder / NAME).unlink()
    return as_qt_writes(folder / OLD_NAME, values)


def test_all_is_taken_over_once(folder: Path) -> None:
    before = old(folder)
    assert_real(Preferences())
    preferences = Preferences()
    preferences.chapter = "lesson_convolution/meet"
    assert (folder / OLD_NAME).read_text("utf-8") == before
    (folder / OLD_NAME).write_text("[General]\nlanguage=en\n")
    assert_real(Preferences())


def test_nothing_is_taken_over_in_the_place_of_what_is_damaged(folder: Path) -> None:
    old(folder)
    (folder / NAME).write_bytes(bytes(9))
    preferences = Preferences()
    assert [notice.reason for notice in preferences.notices] == ["settings_set_aside"]
    assert preferences.language is None


def test_recent_files_are_taken_over(folder: Path, tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("a.cnnt", "b, c.cnnt", " d;=%.cnnt ", '"é日𠮷".cnnt')]
    for path in paths:
        path.touch()
    as_qt_writes(folder / OLD_NAME, {"recent": [str(path) for path in paths]})
    assert Preferences().recent_files == [str(path) for path in paths]


ODD: dict[str, object] = {
    "bytes": QByteArray(b"\x01\xd9\xd0\xcb\0\x03"),
    "none": None,
    "no text": [],
    "at": "@home",
    "one of them": ["a", "@b"],
    "object": {"a": 1},
    "nul": "a\0b",
}


@pytest.mark.parametrize("value", ODD.values(), ids=ODD.keys())
def test_what_is_no_plain_text_is_left_out(folder: Path, value: object) -> None:
    as_qt_writes(folder / OLD_NAME, {"chapter": value, "theme": "dark", "other/x": "y"})
    assert read_old(str(folder / OLD_NAME)) == {"theme": "dark"}


@pytest.mark.parametrize(
    "data",
    [
        b"",
        bytes(4096),
        b"language=\xff",
        b"language=" + b"a" * limits.MAX_SETTINGS_BYTES,
        b";" * limits.MAX_SETTINGS_BYTES + b"\nlanguage=ja",
        b"[general]\nlanguage=ja",
        b"[General\nlanguage=ja",
        b"language",
        b"language=\\",
        b'language="ja',
        b"language=\\x6a6a6a61",
        b"language=\\152a",
        b"[General]\nrecent=" + b'"\x01",' * 150_000,
    ],
)
def test_what_is_no_such_file_says_nothing(folder: Path, data: bytes) -> None:
    (folder / OLD_NAME).write_bytes(data)
    preferences = Preferences()
    assert preferences.language is None
    use(preferences)
    assert preferences.notices == ()
    assert Preferences().theme == "dark"


@given(st.dictionaries(st.text(min_size=1, max_size=4), st.text(max_size=12), min_size=1))
@settings(max_examples=EXAMPLES, deadline=None)
def test_every_text_is_read_as_qt_reads_it(
    tmp_path_factory: pytest.TempPathFactory, values: dict[str, str]
) -> None:
    path = tmp_path_factory.mktemp("old") / OLD_NAME
    written = {f"lessons/{key.replace('/', '-')}": [text, "z"] for key, text in values.items()}
    as_qt_writes(path, dict(written))
    found = read_old(str(path))
    odd = {key for key, (text, _) in written.items() if "\0" in text or text.startswith("@")}
    odd |= {key for key in written if "\0" in key}
    for key in written.keys() - odd:
        assert found[key] == written[key]


# --- what could be run -------------------------------------------------------------------------


class Trap:
    """Leaves a file behind when Qt reads it."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __reduce__(self) -> tuple[object, ...]:
        return Path.touch, (self._path,)


@pytest.fixture
def sprung(tmp_path: Path) -> Path:
    return tmp_path / "sprung"


@pytest.fixture
def trap(tmp_path: Path, sprung: Path) -> str:
    """Old settings that run a program in whatever reads them as Qt does."""
    return as_qt_writes(tmp_path / "trap.ini", {"language": Trap(sprung)})


DISGUISES = [
    "@Variant(",
    r"\x40Variant(",
    r"\100Variant(",
    r"@\x56\x61riant(",
    '@""Variant(',
    '"@" "Variant(',
    '"@"\tVariant(',
    '"@" Variant(',
    '"@";Variant(',
    '@Var" "iant(',
    "\\x40\ufeffVariant(",
    "\ufeff@Variant(",
    r"@Var\qiant(",
    "@Var\\\niant(",
    "a, @Variant(",
    '" @Variant(',
]


@pytest.mark.parametrize("name", [NAME, OLD_NAME])
@pytest.mark.parametrize("heading", ["[General]", "[lessons]", "[%47eneral]", ""])
@pytest.mark.parametrize("disguise", DISGUISES)
def test_no_program_in_the_settings_is_run(
    folder: Path, trap: str, sprung: Path, disguise: str, heading: str, name: str
) -> None:
    text = trap.replace("@Variant(", disguise).replace("[General]", heading)
    assert disguise in text
    (folder / name).write_text(text, "utf-8", newline="")
    preferences = Preferences()
    use(preferences)
    (folder / name).write_text(text, "utf-8", newline="")  # it may be put there at any time
    preferences.flush()
    preferences.theme = "light"
    use(preferences)
    assert not sprung.exists()
    assert len(aside(folder)) == 2 * (name == NAME)


def test_no_text_is_taken_for_a_program(folder: Path, trap: str, sprung: Path) -> None:
    value = QByteArray(trap.partition("language=")[2].encode()).data().decode()
    (folder / NAME).write_text(json.dumps({"language": value, "chapter": value}))
    preferences = Preferences()
    use(preferences)
    assert preferences.chapter == value
    use(Preferences())
    assert not sprung.exists()


def test_the_trap_is_one(tmp_path: Path, trap: str, sprung: Path) -> None:
    """Without this, the tests above could not fail."""
    for number, disguise in enumerate(("@Variant(", '"@"\tVariant(', "\\x40\ufeffVariant(")):
        path = tmp_path / f"{number}.ini"
        path.write_text(trap.replace("@Variant(", disguise), "utf-8")
        QSettings(str(path), QSettings.Format.IniFormat).value("language")
        assert sprung.exists()
        sprung.unlink()


def test_any_damage_is_lived_with(folder: Path, trap: str, sprung: Path) -> None:
    data, rng, sound = (old(folder) + trap).encode(), random.Random(0), 0
    signs = (b"@Variant(", b"@", b"\\x", b'"', b"=", b"\n", b"[", b",", b"\\", b"%U", b" ")
    for _ in range(MUTATIONS):
        changed = bytearray(data)
        for _ in range(rng.randint(1, 9)):
            at, size = rng.randrange(len(changed)), rng.choice((0, 0, 1, 8, 64))
            changed[at : at + size] = rng.choice((rng.choice(signs), rng.randbytes(size)))
        (folder / OLD_NAME).write_bytes(changed)
        preferences = SettingsFile(str(folder))
        sound += bool(preferences.text("language"))
        use(Preferences())
        (folder / NAME).unlink()
    assert MUTATIONS / 50 < sound < MUTATIONS
    assert not sprung.exists()
