from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from cnn_tutor.app.style import appearance
from cnn_tutor.pages.panels.side_panel import SidePanel, lay_out_page
from tests.helpers.widgets import in_window


class Panel(SidePanel):
    """Counts how often it is written in the colours of another theme."""

    restyled = 0

    def restyle(self) -> None:
        self.restyled += 1


@pytest.fixture
def panel(qtbot) -> Panel:
    page, panel = QWidget(), Panel("side", 14)
    for n in range(40):
        panel.column.addWidget(QLabel(f"line {n}"))
    lay_out_page(page, QWidget(), panel, QWidget())
    in_window(qtbot, page, size=(900, 400))
    return panel


def test_it_stands_at_the_right_and_scrolls_up_and_down_alone(panel) -> None:
    assert panel.geometry().right() == panel.parentWidget().rect().right()
    assert panel.verticalScrollBar().maximum() > 0
    assert panel.horizontalScrollBar().maximum() == 0


def test_it_is_written_anew_once_for_another_theme(panel) -> None:
    appearance.apply("dark")
    assert panel.restyled == 1
    appearance.apply("dark")
    assert panel.restyled == 1
