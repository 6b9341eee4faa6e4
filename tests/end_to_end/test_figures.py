"""Figures from the command line: each kind of view in each kind of file, in both languages."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader
from PySide6.QtGui import QColor, QImage

from cnn_tutor.study.exercises.code import encode
from cnn_tutor.widgets.style.colours import DARK, LIGHT
from tests.helpers.programs import tutor

VIEWS = {
    "convolution": ("en", "light", "Filter"),
    "im2col": ("ja", "dark", "フィルタ"),
    "local_or_full": ("ja", "light", "入力"),
    "deck_network": ("en", "dark", "Dropout"),
}
"""A preset for each kind of view, a language, a theme, and a word that stands there."""

EXERCISE = encode(("one_output_cell", "conv2d", 3, 4))


def drawn(path: Path, *arguments: object) -> bytes:
    done = tutor("--figure", path, *arguments, DISPLAY="", WAYLAND_DISPLAY="", QT_QPA_PLATFORM="")
    assert (done.returncode, done.stderr) == (0, "")
    return path.read_bytes()


@pytest.mark.parametrize("chapter", VIEWS)
def test_every_kind_of_view_is_drawn_in_every_kind_of_file(tmp_path, chapter) -> None:
    code, theme, word = VIEWS[chapter]
    how = ("--open", chapter, "--lang", code, "--theme", theme)
    colours = {"light": LIGHT, "dark": DARK}[theme]
    png = QImage.fromData(drawn(tmp_path / "a.png", *how))
    assert png.pixelColor(4, 4) == QColor(colours.background)
    svg = drawn(tmp_path / "a.svg", *how).decode()
    texts = re.findall(r"<text[^>]*>([^<]+)</text>", svg)
    assert any(word in text for text in texts)
    assert colours.background in svg
    pdf = drawn(tmp_path / "a.pdf", *how)
    assert len(pdf) <= 200_000
    (page,) = PdfReader(BytesIO(pdf)).pages
    assert word in page.extract_text()
    gif, webp = (
        Image.open(BytesIO(drawn(tmp_path / f"a.{kind}", *how, "--step", "3")))
        for kind in ("gif", "webp")
    )
    assert gif.n_frames == webp.n_frames == 3
    assert gif.convert("RGB").getpixel((4, 4)) == QColor(colours.background).getRgb()[:3]


def test_a_step_and_a_size_are_taken(tmp_path) -> None:
    first, last, small = (
        QImage.fromData(drawn(tmp_path / f"{n}.png", "--open", "convolution", *how))
        for n, how in enumerate((("--step", 1), ("--step", 9), ("--size", "640x480")))
    )
    assert first.size() == last.size()
    assert first != last
    assert small.width() < last.width()


def test_an_exercise_with_its_answer_is_drawn(tmp_path) -> None:
    asked, answered = (
        drawn(tmp_path / f"{n}.svg", "--open", EXERCISE, *how, "--lang", "ja")
        for n, how in enumerate(((), ("--answer", "29")))
    )
    assert b"29" in answered
    assert b">29<" not in asked


def test_a_lesson_is_drawn_without_what_points_at_its_board(tmp_path) -> None:
    svg = drawn(tmp_path / "a.svg", "--open", "lesson_convolution", "--step", "2").decode()
    assert svg.count("<text") > 20
