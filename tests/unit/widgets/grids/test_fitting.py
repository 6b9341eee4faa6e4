"""How a number is written into a cell: whole where there is room, honest elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QFont, QFontMetricsF
from PySide6.QtWidgets import QApplication

from cnn_tutor.study import numbers
from cnn_tutor.widgets.grids.fitting import fit

VALUES = [0, 7, -7, 10, -12, 123, -0.5, 1 / 3, -1 / 3, 1e6, -1e6, -999999.5, 1234.5678, 0.001234,
          1e-7, -1e-7, 1.5e15, -1.5e15, 1e12]  # fmt: skip
SIZES = (9, 12, 17, 20, 35)
SMALLEST = 9
"""Letters do not get smaller than this many pixels where a shorter number would do."""


def advance(text: str, font: QFont) -> float:
    return QFontMetricsF(font).horizontalAdvance(text)


def written(width: int) -> Iterator[tuple[float, str, QFont]]:
    """Write every number in a width at every size, thin and bold."""
    family = QApplication.font().family()
    for value in VALUES:
        for size in SIZES:
            for bold in (False, True):
                text, font = fit(float(value), width, size, family, bold)
                assert font.bold() == bold
                assert font.pixelSize() <= size
                yield value, text, font


@pytest.mark.parametrize("width", [46, 60, 80, 140])
def test_no_number_is_wider_than_its_cell(qapp: QApplication, width: int) -> None:
    for value, text, font in written(width):
        assert advance(text, font) <= width, value
        assert font.pixelSize() >= SMALLEST, value


@pytest.mark.parametrize("width", [14, 20, 30])
def test_no_number_is_wider_than_a_narrow_cell(qapp: QApplication, width: int) -> None:
    for value, text, font in written(width):
        if len(numbers.show(value)) <= 4:
            assert advance(text, font) <= width, value


@pytest.mark.parametrize("width", [14, 30, 46, 60, 80, 140])
def test_a_number_that_is_not_whole_says_so(qapp: QApplication, width: int) -> None:
    for value, text, _ in written(width):
        assert text == numbers.show(value) or text.endswith("…") or text.startswith("≈")


def test_a_number_is_whole_and_large_where_there_is_room(qapp: QApplication) -> None:
    family = QApplication.font().family()
    for value in VALUES:
        for size in SIZES:
            font = QFont(family)
            font.setPixelSize(size)
            room = int(advance(numbers.show(value), font)) + 1
            text, chosen = fit(float(value), room, size, family, False)
            assert text == numbers.show(value)
            assert chosen.pixelSize() == size


def test_a_number_is_whole_where_small_letters_make_room(qapp: QApplication) -> None:
    for width in range(40, 140):
        for value, text, font in written(width):
            small = QFont(font)
            small.setPixelSize(SMALLEST)
            if advance(numbers.brief(value), small) <= width:
                assert text in (numbers.show(value), numbers.brief(value)), (value, width)


def test_a_shortened_number_starts_like_the_whole_one(qapp: QApplication) -> None:
    text, _ = fit(1234.56789012, 46, 12, QApplication.font().family(), False)
    assert text.endswith("…")
    assert numbers.show(1234.56789012).startswith(text[:-1])
