from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget

from cnn_tutor.widgets.controls.fold import Fold, FoldButton
from cnn_tutor.widgets.controls.layouts import column, named
from tests.helpers.lesson_window import settle
from tests.helpers.widgets import in_window

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def fold(qtbot) -> Fold:
    panel = named(QWidget(), "panel")
    button = FoldButton("fold_panel", lambda: "Hide", "Ctrl+B", True, panel)
    column(QLineEdit(), button, on=panel)
    fold = Fold(panel, button, lambda: "Show", "Ctrl+B", at_left=True)
    fold.toggled.connect(lambda: fold.show_open(not fold.is_open))
    in_window(qtbot, fold, size=(300, 200))
    return fold


def button(fold: Fold, name: str) -> FoldButton:
    found = fold.findChild(FoldButton, name)
    assert found is not None
    return found


def test_one_button_folds_the_panel_away_and_another_shows_it_again(fold) -> None:
    QTest.mouseClick(button(fold, "fold_panel"), LEFT)
    settle()
    edge = button(fold, "panel_edge")
    assert not fold.is_open
    assert edge.isVisible()
    assert edge.height() == fold.height()
    QTest.mouseClick(edge, LEFT)
    settle()
    assert fold.is_open
    assert not edge.isVisible()


def test_the_keyboard_stays_in_the_fold(fold) -> None:
    fold.findChild(QLineEdit).setFocus()
    QTest.mouseClick(button(fold, "fold_panel"), LEFT)
    assert button(fold, "panel_edge").hasFocus()
    QTest.keyClick(button(fold, "panel_edge"), Qt.Key.Key_Space)
    assert button(fold, "fold_panel").hasFocus()


def test_both_buttons_say_what_they_do_and_by_which_keys(fold) -> None:
    assert button(fold, "fold_panel").accessibleName() == "Hide"
    assert button(fold, "panel_edge").accessibleName() == "Show"
    for name in ("fold_panel", "panel_edge"):
        assert button(fold, name).toolTip().endswith("(Ctrl+B)")
