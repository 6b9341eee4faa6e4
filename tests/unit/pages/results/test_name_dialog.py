"""A line is asked for, and what is wrong with it is said in place."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QDialogButtonBox, QLabel, QLineEdit

from cnn_tutor.app.style import language
from cnn_tutor.engine.errors import Refusal
from cnn_tutor.pages.results.name_dialog import NameDialog
from tests.helpers.widgets import OFFSCREEN, Key, focused, press, type_text
from tests.unit.pages.results_look import LANGUAGES, faults, settle

pytestmark = OFFSCREEN


@pytest.fixture
def kept() -> list[str]:
    return []


@pytest.fixture(params=LANGUAGES)
def dialog(qtbot, kept, request) -> NameDialog:
    """A dialog that takes no name twice."""
    language.apply(request.param)

    def keep(name: str) -> None:
        if name in ("Ben", *kept):
            raise Refusal("practice_name_taken", name=name)
        kept.append(name)

    dialog = NameDialog("Rename", "Ben", keep)
    dialog.open()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def test_what_cannot_be_taken_is_refused_in_place(qtbot, dialog, kept) -> None:
    field = focused()
    assert field.selectedText() == "Ben"
    press(qtbot, Key.Key_Return)
    settle()
    message = dialog.findChild(QLabel, "refusal")
    assert dialog.isVisible()
    assert message.isVisible()
    assert message.text() == message.accessibleName() != ""
    assert not faults(dialog)
    assert focused() is field
    type_text(qtbot, "Eva")  # what was refused is selected, so it goes at once
    assert not message.isVisible()
    press(qtbot, Key.Key_Return)
    assert kept == ["Eva"]


@pytest.mark.parametrize("way", ["escape", "cancel"])
def test_escape_and_cancel_keep_nothing(qtbot, dialog, kept, way) -> None:
    type_text(qtbot, "Zoe")
    if way == "escape":
        press(qtbot, Key.Key_Escape)
    else:
        buttons = dialog.findChild(QDialogButtonBox)
        buttons.button(QDialogButtonBox.StandardButton.Cancel).click()
    assert kept == []


def test_the_field_is_called_what_is_asked_for(qtbot) -> None:
    dialog = NameDialog("Open", "", lambda text: None, asks="code")
    qtbot.addWidget(dialog)
    assert dialog.findChild(QLineEdit, "code").accessibleName() == "Code"
