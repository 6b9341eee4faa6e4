"""The dialogs of files show names as they are, and are gone when they are closed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QDialogButtonBox, QFileDialog, QLineEdit, QMessageBox, QWidget

from cnn_tutor.app.files.dialogs import file_dialog, message_box
from cnn_tutor.app.style import language
from tests.helpers.foreign import HTML
from tests.helpers.lesson_window import settle


@pytest.mark.parametrize("text", HTML)
def test_a_text_is_no_html(bare_window: QWidget, text: str) -> None:
    box = message_box(bare_window, "box", QMessageBox.Icon.Warning, text)
    assert (box.text(), box.textFormat()) == (text, Qt.TextFormat.PlainText)
    assert box.testAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)


@pytest.mark.parametrize(("code", "all_files"), [("en", "All files (*)"), ("ja", "すべて")])
def test_other_kinds_of_files_can_be_seen_too(
    bare_window: QWidget, code: str, all_files: str
) -> None:
    language.apply(code)
    settle()
    dialog = file_dialog(bare_window, "files", "Open", "/", "Tables (*.csv)")
    own, others = dialog.nameFilters()
    assert own == "Tables (*.csv)"
    assert others.startswith(all_files)
    dialog.open()
    dialog.close()
    settle()
    assert not [w for w in bare_window.findChildren(QFileDialog) if w.isVisible()]


@pytest.mark.parametrize("code", ["en", "ja"])
def test_a_dialog_speaks_the_language_that_is_on(
    bare_window: QWidget, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    language.apply(code)
    for system in ("ja", "en"):
        monkeypatch.setattr(QLocale, "system", lambda system=system: QLocale(system))
        dialog = file_dialog(bare_window, "files", "Open", "/")
        own = dialog.testOption(QFileDialog.Option.DontUseNativeDialog)
        assert own == (system != code)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    cancel = dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Cancel)
    menu = QLineEdit("1", bare_window).createStandardContextMenu()
    texts = [action.text().partition("\t")[0] for action in menu.actions()]
    said = {"en": ("Cancel", "&Copy"), "ja": ("キャンセル", "コピー(&C)")}[code]
    assert (cancel.text(), texts[4]) == said
