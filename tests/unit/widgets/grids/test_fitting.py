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
SMALLEST = 12
"""Letters do not get smaller than this many pixels where a shorter number would do."""


def advance(text: str, font: QFont) -> float:
    return QFontMetricsF(font).horizontalAdvance(text)


def written(width: int) -> Iterator[tuple[float, str, QFont, int]]:
    """Write every number in a width at every size, thin and bold."""
    family = QApplication.font().family()
    for value in VALUES:
        for size in SIZES:
            for bold in (False, True):
                text, font = fit(float(value), width, size, family, bold)
                assert font.bold() == bold
                assert font.pixelSize() <= size
                yield value, text, font, size


@pytest.mark.parametrize("width", [14, 30, 46, 60, 80, 140])
def test_no_number_is_wider_than_its_cell_and_one_that_is_not_whole_says_so(
    qapp: QApplication, width: int
) -> None:
    for value, text, font, size in written(width):
        whole, brief = numbers.show(value), numbers.brief(value)
        if width > 40 or len(whole) <= 4:
            assert advance(text, font) <= width, value
        least = min(SMALLEST, size)
        if width > 60:
            assert font.pixelSize() >= least, value
        small = QFont(font)
        small.setPixelSize(least)
        if advance(brief, small) <= width:
            assert text in (whole, brief), value
        elif text not in (whole, brief):
            assert text.startswith("≈") or whole.startswith(text.removesuffix("…")), value


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
