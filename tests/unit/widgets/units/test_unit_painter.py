"""How connections look."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from cnn_tutor.widgets.units.unit_painter import Look, legend_lines, line_pen


def test_a_negative_weight_is_dashed_and_a_large_one_thick() -> None:
    look = Look(plain=False, highlighted=True)
    plus, minus, little = (line_pen(weight, look) for weight in (1.0, -1.0, 0.1))
    assert plus.style() == Qt.PenStyle.SolidLine
    assert minus.style() == Qt.PenStyle.CustomDashLine
    assert plus.color() != minus.color()
    assert little.widthF() < plus.widthF()
    alike = {
        line_pen(w, Look(plain=True, highlighted=False)).color().name() for w in (1.0, -1.0, 0.0)
    }
    assert len(alike) == 1


def test_a_legend_takes_as_many_lines_as_its_words_need(qapp: QApplication) -> None:
    entries = [(1.0, "weight > 0"), (0.0, "weight = 0"), (-1.0, "weight < 0")]
    font = QFont()
    font.setPixelSize(13)
    assert legend_lines(entries, 900, font) == [entries]
    lines = legend_lines(entries, 250, font)
    assert len(lines) == 2
    assert [entry for line in lines for entry in line] == entries
    assert len(legend_lines(entries, 50, font)) == 3
