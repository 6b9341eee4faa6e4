"""A label whose wrapped text always has the height it needs, and no more."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from cnn_tutor.app.style import appearance
from cnn_tutor.widgets.controls.wrapped_label import WrappedLabel
from cnn_tutor.widgets.style import colours
from cnn_tutor.widgets.style.rich_text import marked
from tests.helpers.widgets import LEFT, Key, focused, in_window, inked, picture, press

LONG = "A filter slides over the input. " * 12


def needed(text: str, width: int) -> int:
    """Return the height that a text takes in a width."""
    label = QLabel(text)
    label.setWordWrap(True)
    return label.heightForWidth(width)


def shown(qtbot: QtBot, text: str, width: int) -> tuple[QWidget, WrappedLabel]:
    label = WrappedLabel()
    label.setText(text)
    window = in_window(qtbot, label, size=(width, 500))
    window.layout().addStretch(1)
    return window, label


def test_another_text_gets_more_height_or_gives_some_back(qtbot: QtBot) -> None:
    _, label = shown(qtbot, "short", 300)
    for text in (LONG, LINKED, "short"):
        label.setText(text)
        qtbot.waitUntil(lambda: label.height() >= needed(label.text(), label.width()))
        assert label.minimumHeight() == needed(text, label.width())


def test_another_width_gets_more_height_or_gives_some_back(qtbot: QtBot) -> None:
    window, label = shown(qtbot, LONG, 800)
    for low, width, high in ((0, 300, 300), (800, 900, 900)):
        window.resize(width, 500)
        qtbot.waitUntil(lambda low=low, high=high: low < label.width() < high)
        qtbot.waitUntil(lambda: label.height() >= needed(LONG, label.width()))
        assert label.minimumHeight() == needed(LONG, label.width())


# --- links -------------------------------------------------------------------------------------

LINKED = marked("The [filter](filter) moves in [**steps**](stride) & reads. " + LONG)


@pytest.fixture
def label(qtbot: QtBot) -> WrappedLabel:
    """A label with two links, between two other things to tab to."""
    label, before, after = WrappedLabel(), QLineEdit(), QLineEdit()
    before.setObjectName("before")
    after.setObjectName("after")
    label.setObjectName("label")
    label.setText(LINKED)
    in_window(qtbot, before, label, after)
    before.setFocus()
    return label


def on_link(label: WrappedLabel) -> QPoint:
    """Return a place on the first link: right over the left end of the dots under it."""
    return QPoint(8, -4) + QPoint(*inked(label, colours.current().accent_text)[0].tolist())


def test_tab_stops_at_every_link_and_goes_on(qtbot: QtBot, label: WrappedLabel) -> None:
    seen = []
    for key in [*[Key.Key_Tab] * 3, *[Key.Key_Backtab] * 3, Key.Key_Tab]:
        press(qtbot, key)
        seen.append((focused().objectName(), label.selectedText()))
    assert seen == [
        ("label", "filter"),
        ("label", "steps"),
        ("after", ""),
        ("label", "steps"),
        ("label", "filter"),
        ("before", ""),
        ("label", "filter"),
    ]


def test_links_are_followed_by_clicks_and_by_enter(qtbot: QtBot, label: WrappedLabel) -> None:
    addresses: list[str] = []
    label.linkActivated.connect(addresses.append)
    qtbot.mouseClick(label, LEFT, pos=on_link(label))
    assert addresses == ["term:filter"]
    assert focused().objectName() == "before"  # the keyboard stays where it is
    plain = picture(label)
    press(qtbot, Key.Key_Tab)
    assert picture(label) != plain  # a ring is around the first link
    press(qtbot, Key.Key_Return, Key.Key_Tab, Key.Key_Enter)
    assert addresses == ["term:filter", "term:filter", "term:stride"]


@pytest.mark.parametrize("keys", ["Esc", "F1", "Alt+Left", "Ctrl+Z"])
def test_keys_of_the_window_reach_it_from_a_link(
    qtbot: QtBot, label: WrappedLabel, keys: str
) -> None:
    pressed: list[str] = []
    QShortcut(QKeySequence(keys), label.window()).activated.connect(lambda: pressed.append(keys))
    press(qtbot, Key.Key_Tab)
    QTest.keySequence(focused(), QKeySequence(keys))
    assert pressed == [keys]


def test_keys_that_it_has_no_use_for_go_to_what_it_is_in(qtbot: QtBot) -> None:
    keys = []

    class Page(QWidget):
        def keyPressEvent(self, event: QKeyEvent) -> None:
            keys.append(event.key())

    page = Page()
    label = WrappedLabel(page)
    label.setText(LINKED)
    in_window(qtbot, page)
    label.setFocus(Qt.FocusReason.TabFocusReason)
    press(qtbot, Key.Key_Escape, Key.Key_Down)
    assert keys == [Key.Key_Escape, Key.Key_Down]


def test_it_is_read_out_as_plain_text_as_long_as_it_can_be_stopped_at(
    qtbot: QtBot, label: WrappedLabel
) -> None:
    assert label.accessibleName() == "The filter moves in steps & reads. " + LONG
    assert label.focusPolicy() == Qt.FocusPolicy.TabFocus
    press(qtbot, Key.Key_Tab)
    label.setText("no links")
    assert label.focusPolicy() == Qt.FocusPolicy.NoFocus
    assert not label.accessibleName()
    assert focused().objectName() == "after"
    label.setText(LINKED)
    press(qtbot, Key.Key_Backtab)
    assert focused() is label


def test_links_follow_the_theme(qtbot: QtBot, label: WrappedLabel) -> None:
    light = colours.current().accent_text
    appearance.apply("dark")
    dark = colours.current().accent_text
    qtbot.waitUntil(lambda: len(inked(label, dark)) > 0)
    assert not len(inked(label, light))
    assert label.text() == LINKED
