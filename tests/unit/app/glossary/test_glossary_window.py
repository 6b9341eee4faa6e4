"""The glossary as a learner uses it: search, arrows, links, Esc, another language and theme."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLineEdit,
    QListWidget,
    QTextBrowser,
    QToolButton,
)

from cnn_tutor.app.glossary.glossary_window import GlossaryWindow
from cnn_tutor.app.style import appearance, language
from cnn_tutor.study.glossary import glossary, listed
from cnn_tutor.widgets.style import colours
from tests.helpers.lesson_window import settle
from tests.helpers.looking import covered, cut_off, faults_of
from tests.helpers.widgets import LEFT, OFFSCREEN, Key, focused, press, type_text


@pytest.fixture
def window(qtbot) -> GlossaryWindow:
    window = GlossaryWindow()
    qtbot.addWidget(window, before_close_func=lambda _, kept=window: None)
    window.show_term()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def field(window: GlossaryWindow) -> QLineEdit:
    return window.findChild(QLineEdit, "glossary_search")


def terms(window: GlossaryWindow) -> QListWidget:
    return window.findChild(QListWidget, "glossary_terms")


def details(window: GlossaryWindow) -> QTextBrowser:
    return window.findChild(QTextBrowser, "glossary_details")


def names(window: GlossaryWindow) -> list[str]:
    return [terms(window).item(n).text() for n in range(terms(window).count())]


def chosen(window: GlossaryWindow) -> str:
    item = terms(window).currentItem()
    return item.text() if item else ""


def text(window: GlossaryWindow) -> str:
    return details(window).toPlainText()


# --- searching -----------------------------------------------------------------------------------


def test_it_opens_ready_for_a_search_with_every_term_listed(window) -> None:
    assert focused() is field(window)
    assert names(window) == [term.term for term in listed()]
    assert chosen(window) == names(window)[0]
    assert names(window)[0] in text(window)
    assert not window.isModal()


def test_typing_leaves_what_is_found_and_shows_the_best(qtbot, window) -> None:
    type_text(qtbot, "Stride")
    assert names(window) == ["stride"]
    assert "Conv2D(strides=…)" in text(window)
    assert "nn.Conv2d(stride=…)" in text(window)
    assert "ストライド" in text(window)
    press(qtbot, *[Key.Key_Backspace] * 6)
    assert len(names(window)) == len(glossary())
    assert chosen(window) == "stride"


def test_arrows_go_from_the_field_through_the_list_and_back(qtbot, window) -> None:
    type_text(qtbot, "pooling")
    press(qtbot, Key.Key_Down)
    assert focused() is terms(window)
    assert chosen(window) == "pooling"
    press(qtbot, Key.Key_Down)
    assert chosen(window) == "max pooling"
    assert text(window).startswith("max pooling\n最大プーリング")
    press(qtbot, Key.Key_Up, Key.Key_Up)
    assert focused() is field(window)
    assert field(window).text() == "pooling"


def test_letters_typed_over_the_list_go_on_with_the_search(qtbot, window) -> None:
    type_text(qtbot, "max")
    press(qtbot, Key.Key_Down)
    type_text(qtbot, "pool")
    assert focused() is field(window)
    assert field(window).text() == "maxpool"
    assert names(window)[0] == "max pooling"


def test_what_is_not_there_is_said_with_what_to_do(qtbot, window) -> None:
    type_text(qtbot, "zebra <b>")
    nothing = window.findChild(QLabel, "glossary_nothing")
    assert nothing.isVisible()
    assert "zebra <b>" in nothing.text()
    assert "clear" in nothing.text()
    assert not terms(window).isVisible()
    settle()
    assert not [*cut_off(window), *covered(window)]
    press(qtbot, Key.Key_Down)
    assert focused() is field(window)
    clear = field(window).findChild(QToolButton)
    qtbot.mouseClick(clear, LEFT)
    assert not nothing.isVisible()
    assert len(names(window)) == len(glossary())
    assert text(window).startswith(chosen(window))


def test_ctrl_f_goes_to_the_field_from_anywhere(qtbot, window) -> None:
    type_text(qtbot, "dense")
    for part in (terms(window), details(window)):
        part.setFocus()
        QTest.keySequence(part, QKeySequence(QKeySequence.StandardKey.Find))
        assert focused() is field(window)
        assert field(window).selectedText() == "dense"


@pytest.mark.parametrize("part", [field, terms, details])
def test_esc_closes_it(qtbot, window, part) -> None:
    part(window).setFocus()
    press(qtbot, Key.Key_Escape)
    assert not window.isVisible()


# --- terms ---------------------------------------------------------------------------------------


@OFFSCREEN
def test_it_opens_at_a_term_and_again_at_one_that_the_search_left_out(qtbot, window) -> None:
    window.close()
    window.show_term("receptive_field")
    qtbot.waitUntil(window.isActiveWindow)
    assert chosen(window) == "receptive field"
    assert focused() is terms(window)
    row = terms(window).visualItemRect(terms(window).currentItem())
    assert terms(window).viewport().rect().contains(row)
    type_text(qtbot, "dense")
    window.show_term("stride")
    assert chosen(window) == "stride"
    assert not field(window).text()
    with pytest.raises(KeyError):
        window.show_term("no_such_term")
    assert chosen(window) == "stride"


def test_links_are_followed_by_keys(qtbot, window) -> None:
    type_text(qtbot, "stride")
    press(qtbot, Key.Key_Tab, Key.Key_Tab)
    assert focused() is details(window)
    assert details(window).textCursor().selectedText() == "output size"
    press(qtbot, Key.Key_Tab)
    assert details(window).textCursor().selectedText() == "padding"
    press(qtbot, Key.Key_Return)
    assert chosen(window) == "padding"
    press(qtbot, Key.Key_Tab)
    assert details(window).textCursor().selectedText() == "valid padding"
    press(qtbot, *[Key.Key_Tab] * 3)
    assert focused() is field(window)
    press(qtbot, Key.Key_Backtab)
    assert details(window).textCursor().selectedText() == "output size"


# --- looks ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("code", ["ja", "en"])
def test_nothing_is_cut_off_at_any_term(window, code, theme) -> None:
    language.apply(code)
    appearance.apply(theme)
    settle()
    page = details(window)
    for size in (window.size(), window.minimumSize()):
        window.resize(size)
        settle()
        faults = faults_of(window)
        assert not faults, "\n".join(faults)
        for row in range(terms(window).count()):
            terms(window).setCurrentRow(row)
            assert page.horizontalScrollBar().maximum() == 0, chosen(window)
            assert not broken(page), chosen(window)
        small = QFontMetrics(terms(window).font()).horizontalAdvance
        room = terms(window).visualItemRect(terms(window).item(0)).width() - 22
        assert all(small(t.other_term) * 0.87 <= room for t in glossary().values())


def broken(page: QTextBrowser) -> list[str]:
    """Return the library names that run over several lines."""
    found = []
    block = page.document().begin()
    while block.isValid():
        if block.text() in ("Keras", "PyTorch") and block.layout().lineCount() > 1:
            found.append(block.text())
        block = block.next()
    return found


def test_everything_changes_with_the_language_and_stays_where_it_was(qtbot, window) -> None:
    type_text(qtbot, "pooling")
    press(qtbot, Key.Key_Down, Key.Key_Down)
    language.apply("ja")
    settle()
    assert chosen(window) == "最大プーリング"
    assert text(window).startswith("最大プーリング\nmax pooling")
    assert "窓の中でいちばん大きい数" in text(window)
    assert names(window)[0] == "プーリング"
    assert field(window).text() == "pooling"
    window.close()
    language.apply("en")
    appearance.apply("dark")
    settle()
    window.show_term("max_pooling")
    assert text(window).startswith("max pooling\n最大プーリング")
    assert f"color:{colours.DARK.accent_text}" in details(window).toHtml()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_wears_the_theme(window, theme) -> None:
    appearance.apply(theme)
    settle()
    now = colours.current()
    assert f"color:{now.accent_text}" in details(window).toHtml()
    picture = window.grab().toImage()
    assert picture.pixelColor(4, 4).name() == now.background
    page = details(window)
    corner = page.mapTo(window, QPoint(page.width() // 2, page.height() - 20))
    assert picture.pixelColor(corner).name() == now.panel
    row = terms(window).visualItemRect(terms(window).currentItem())
    place = terms(window).viewport().mapTo(window, row.topRight() - QPoint(20, -8))
    assert picture.pixelColor(place).name() == now.accent


def test_the_keyboard_is_seen_where_it_is(qtbot, window) -> None:
    looks = []
    for part in (field, terms, details):
        part(window).setFocus(Qt.FocusReason.TabFocusReason)
        settle()
        looks.append(window.grab().toImage())
    assert looks[0] != looks[1] != looks[2] != looks[0]


def test_no_button_takes_enter(qtbot, window) -> None:
    press(qtbot, Key.Key_Return)
    assert window.isVisible()
    assert not [b for b in window.findChildren(QAbstractButton) if b.focusPolicy()]
    assert QApplication.activeWindow() is window
