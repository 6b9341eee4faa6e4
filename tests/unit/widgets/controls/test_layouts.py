from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from cnn_tutor.widgets.controls.layouts import column, named, row


def test_parts_stand_in_their_order_with_their_shares_of_the_room(qtbot) -> None:
    window, first, last = QWidget(), named(QLabel("a"), "first"), QLabel("b")
    qtbot.addWidget(window)
    inner = column((last, 0, Qt.AlignmentFlag.AlignTop), 1, spacing=3)
    whole = row(first, 2, (inner, 5), on=window, margins=(1, 2, 3, 4), spacing=7)
    assert window.layout() is whole
    assert window.findChild(QLabel, "first") is first
    assert [whole.stretch(n) for n in range(whole.count())] == [0, 2, 5]
    assert whole.itemAt(2).layout() is inner
    assert inner.itemAt(0).alignment() == Qt.AlignmentFlag.AlignTop
    margins = whole.contentsMargins()
    assert (margins.left(), margins.top(), margins.right(), margins.bottom()) == (1, 2, 3, 4)
    assert (whole.spacing(), inner.spacing()) == (7, 3)
