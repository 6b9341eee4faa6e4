"""The command line, run as a user runs it: each in a process of its own."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage

from cnn_tutor import __version__
from cnn_tutor.app.cli.command_line import _THEMES, run
from cnn_tutor.app.style.appearance import THEMES
from cnn_tutor.bundled import bundled
from cnn_tutor.project.file import encode
from cnn_tutor.study.boards.presets import presets
from cnn_tutor.study.exercises.board_code import exercise_over
from cnn_tutor.study.exercises.code import encode as encode_code
from cnn_tutor.study.lessons.library import Library
from tests.helpers.hanging import HANGS
from tests.helpers.programs import one_line, python, tutor

LESSON = bundled("lessons", "activation.toml")
FULL = Path("/dev/full")
BUFFERED = {**os.environ, "PYTHONUNBUFFERED": ""}


def test_list_prints_a_key_a_line() -> None:
    done = tutor("--list")
    assert done.returncode == 0
    assert done.stdout.split() == [*Library(), *presets(), "practice", "exam", "results"]
    assert done.stdout.split()[0] == "lesson_convolution"


@pytest.mark.skipif(os.name != "posix", reason="a pipe that is closed is no error there")
@pytest.mark.parametrize(
    "arguments",
    [("--list",), ("--help",), ("--version",), ("--check", LESSON), ("--check", "nothing.toml")],
)
def test_who_stops_reading_is_told_nothing(arguments) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    where = {"stdout": writer, "stderr": subprocess.PIPE}
    expected = 0
    if arguments[-1] == "nothing.toml":  # which is said elsewhere
        where, expected = {"stdout": subprocess.PIPE, "stderr": writer}, 2
    command = [sys.executable, "-m", "cnn_tutor", *map(str, arguments)]
    done = subprocess.run(command, env=BUFFERED, text=True, timeout=HANGS, check=False, **where)
    os.close(writer)
    assert (done.returncode, done.stdout or "", done.stderr or "") == (expected, "", "")


@pytest.mark.skipif(not FULL.exists(), reason="only Linux has a full disk at hand")
def test_what_cannot_be_printed_is_a_fault() -> None:
    command = [sys.executable, "-m", "cnn_tutor", "--version"]
    where = {"stderr": subprocess.PIPE, "env": BUFFERED}
    with FULL.open("w") as full:
        done = subprocess.run(command, stdout=full, text=True, timeout=HANGS, check=False, **where)
    assert done.returncode == 2
    assert one_line(done.stderr).startswith("cnn-tutor: ")


def test_every_theme_can_be_asked_for() -> None:
    assert sorted(_THEMES) == sorted(THEMES)


def test_version_and_help() -> None:
    assert __version__ in tutor("--version").stdout
    assert "--screenshot" in tutor("--help").stdout


@pytest.mark.parametrize("theme", ["light", "dark", "high-contrast"])
def test_a_screenshot_needs_no_display(tmp_path, theme) -> None:
    out = tmp_path / "page.png"
    done = tutor(
        *("--screenshot", out, "--size", "1280x720", "--theme", theme, "--lang", "ja"),
        *("--open", "convolution_same", "--step", "9"),
        DISPLAY="",
        WAYLAND_DISPLAY="",
        QT_QPA_PLATFORM="",
    )
    assert (done.returncode, done.stderr) == (0, "")
    image = QImage(str(out))
    assert image.size().toTuple() == (1280, 720)
    background = {"light": "#f6f7f9", "dark": "#14181f", "high-contrast": "#000000"}[theme]
    assert image.pixelColor(400, 640) == QColor(background)
    colours = {image.pixel(x, y) for x in range(0, 1280, 4) for y in range(0, 720, 4)}
    assert len(colours) > 20


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--figure", "board.bmp"), "board.bmp: The name of a figure has to end in"),
        (("--figure", "/no/such/folder/board.svg"), "can't be saved there"),
        (("--figure", "board.svg", "--open", "results"), "no board on this page"),
        (("--figure", "board.gif", "--open", "deep"), "5760 steps"),
        (("--figure", "board.svg", "--skill", "mix"), "--skill can't go with --figure"),
    ],
)
def test_a_figure_that_cannot_be_made_is_a_fault(tmp_path, arguments, said) -> None:
    done = python("-m", "cnn_tutor", *arguments, "--lang", "en", cwd=tmp_path)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert said in done.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("chapter", "steps"), [("convolution", (1, 9)), ("lesson_pooling", (1, 4, 999))]
)
def test_a_page_is_drawn_at_a_step(tmp_path, chapter, steps) -> None:
    pictures = []
    for step in steps:
        out = tmp_path / f"{step}.png"
        assert tutor("--open", chapter, "--step", step, "--screenshot", out).returncode == 0
        pictures.append(QImage(str(out)))
    assert all(one != other for one, other in itertools.pairwise(pictures))


def test_check_passes_the_installation_and_says_what_is_wrong_with_a_file(tmp_path) -> None:
    assert tutor("--check").returncode == 0
    path = tmp_path / "mine.cnnt"
    path.write_bytes(b"{")
    done = tutor("--check", path, "--lang", "ja")
    assert done.returncode == 2
    assert "mine.cnnt" in one_line(done.stderr)


@pytest.mark.parametrize(
    "arguments",
    [
        ("--size", "1x1"),
        ("--lang", "fr"),
        ("--open", "no_such_chapter"),
        ("--check", "/no/such/file.cnnt"),
        ("--screenshot", "/no/such/folder/out.png"),
        ("/no/such/file.cnnt", "--screenshot", "unwritten.png"),
    ],
)
def test_faults_need_no_display(arguments) -> None:
    done = tutor(*arguments, DISPLAY="", QT_QPA_PLATFORM="")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert any(argument in done.stderr for argument in arguments)


CODE = encode_code(("whole_output", "conv2d", 1, 7))
_RELU = presets()["relu"].project()
BOARD = exercise_over(_RELU.network.nodes[0].layer, {"x": _RELU.x}).board


def test_the_code_of_a_board_opens_its_exercise(tmp_path) -> None:
    out = tmp_path / "out.png"
    done = tutor("--open", BOARD, "--answer", "1", "--screenshot", out)
    assert (done.returncode, done.stderr) == (0, "")
    assert out.exists()


@pytest.mark.parametrize(
    ("code", "why"),
    [
        (CODE[:-1] + "?", "no such chapter"),
        (CODE[:-1] + ("A" if CODE[-1] != "A" else "B"), "mistyped"),
        ("00000-00000-0000", "older version"),
        (encode_code(("whole_output", "no_such_kind", 1, 7)), "kind of exercise"),
        (BOARD[:-3], "mistyped"),
        (BOARD.replace("CNNT1", "CNNT2"), "newer version"),
    ],
)
def test_codes_that_open_nothing_are_refused(code, why, capsys) -> None:
    assert run(["--open", code, "--lang", "en"]) == 2
    assert why in one_line(capsys.readouterr().err)


def test_what_is_logged_can_be_read_along(tmp_path) -> None:
    good = tmp_path / "good.cnnt"
    good.write_bytes(encode(presets()["blur"].project()))
    assert tutor("--check", good).stderr == ""
    done = tutor("--check", good, "--verbose")
    assert (done.returncode, done.stdout) == (0, "OK\n")
    assert "DEBUG cnn_tutor.app.cli.command_line: CNN Tutor" in done.stderr
    assert "DEBUG cnn_tutor.project.file: Read a project of 1 layers" in done.stderr
    assert "DEBUG cnn_tutor.engine.network: Computed 1 layers" in done.stderr
