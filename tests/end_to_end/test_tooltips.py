"""Each button without words says what it does; where a key does the same, it says that, too."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QTabBar, QToolButton, QWidget

from cnn_tutor.app.main_window import MainWindow
from cnn_tutor.study.exam import EXAM
from cnn_tutor.study.practice import PRACTICE, RESULTS
from tests.end_to_end.looks import window
from tests.helpers.driver import settle
from tests.helpers.lesson_window import part, press
from tests.helpers.widgets import OFFSCREEN

__all__ = ["window"]
pytestmark = OFFSCREEN

PAGES = ("convolution", "rgb", "deep", "lesson_convolution", PRACTICE, RESULTS, EXAM)

BESIDE = {  # buttons that do what an action of a menu does, by its text
    "step_play": "Play or pause",
    "step_first": "First",
    "step_back": "Back",
    "step_forward": "Forward",
    "step_last": "Last",
    "lesson_next": "Next step",
    "lesson_back": "Back one step",
    "lesson_restore": "Back to the lesson",
    "lesson_show": "Show me how",
    "fold_chapters": "Chapters",
    "sidebar_edge": "Chapters",
    "fold_panel": "Panel beside the board",
    "inspector_edge": "Panel beside the board",
}


def keys_of(window: MainWindow, text: str) -> str:
    (keys,) = {
        action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        for action in window.findChildren(QAction)
        if action.text().replace("&", "") == text and action.shortcut().toString()
    }
    return keys


def expected(window: MainWindow) -> Iterator[tuple[QWidget, str, str]]:
    """Go through all buttons in sight, with their tooltip and the key that is to end it."""
    for button in window.findChildren(QAbstractButton):
        if not button.isVisible():
            continue
        keys = ""
        if button.objectName() in BESIDE:
            keys = keys_of(window, BESIDE[button.objectName()])
        elif isinstance(button, QToolButton) and button.defaultAction() is not None:
            shortcut = button.defaultAction().shortcut()
            keys = shortcut.toString(QKeySequence.SequenceFormat.NativeText)
        if keys or not button.text():
            yield button, button.toolTip(), keys


@pytest.mark.parametrize("page", PAGES)
def test_buttons_say_what_they_do_and_their_key(window: MainWindow, page: str) -> None:
    window.open_chapter("blur")  # there is something to undo then
    window.open_chapter(page)
    settle()
    buttons = list(expected(window))
    assert buttons
    for button, tooltip, keys in buttons:
        name = f"{button.objectName()} {button.accessibleName()}"
        assert tooltip, name
        assert tooltip.endswith(f"({keys})" if keys else tooltip), (name, tooltip)


def test_tabs_of_views_say_their_key_and_the_menu_ticks_the_one_that_is_on(window) -> None:
    window.open_chapter("deep")
    settle()
    tabs = part(window, "views")
    assert isinstance(tabs, QTabBar)
    for place in range(tabs.count()):
        keys = keys_of(window, tabs.tabText(place))
        assert tabs.tabToolTip(place) == f"{tabs.tabText(place)} ({keys})"
        press(window, keys)
        texts = {tabs.tabText(n) for n in range(tabs.count())}
        views = [a for a in window.findChildren(QAction) if a.isCheckable() and a.text() in texts]
        assert [a.text() for a in views if a.isChecked()] == [tabs.tabText(place)]
