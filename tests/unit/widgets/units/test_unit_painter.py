"""How connections look."""

from __future__ import annotations

from PySide6.QtCore import Qt

from cnn_tutor.widgets.units.unit_painter import Look, line_pen


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
