"""What macOS moves out of the menus is what it should be, in every language."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMenu

from cnn_tutor.app.main_window import MainWindow
from cnn_tutor.project.file import encode
from cnn_tutor.study import words
from tests.helpers.practice_window import fresh_preferences

ROLES = QAction.MenuRole


def actions(menu: QMenu) -> Iterator[QAction]:
    """Go through all that is in a menu and those below it, filled as for being shown."""
    menu.aboutToShow.emit()
    for action in menu.actions():
        yield action
        below = action.menu()
        if isinstance(below, QMenu):
            yield from actions(below)


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_only_quit_and_about_leave_their_menus(qtbot, tmp_path, language: str) -> None:
    preferences = fresh_preferences()
    window = MainWindow(preferences)
    qtbot.addWidget(window)
    window.set_language(language)
    QApplication.processEvents()
    for name in ("Setup.cnnt", "about.cnnt", "quit.cnnt"):
        (tmp_path / name).write_bytes(encode(window.document.project))
        preferences.add_recent(str(tmp_path / name))
    found: dict[QAction.MenuRole, list[str]] = {}
    for bar_action in window.menuBar().actions():
        for action in actions(bar_action.menu()):
            found.setdefault(action.menuRole(), []).append(action.text())
    assert set(found) == {ROLES.NoRole, ROLES.QuitRole, ROLES.AboutRole}
    texts = {"en": ("&Quit", "&About CNN Tutor"), "ja": ("終了(&Q)", "CNN Tutor について(&A)")}
    assert (found[ROLES.QuitRole], found[ROLES.AboutRole]) == tuple([t] for t in texts[language])
    assert any("Setup.cnnt" in text for text in found[ROLES.NoRole])
