"""Looks at every visible widget of every page, in both languages and both themes.

Nothing may be cut off, lie over its neighbour, lack a name for a screen reader, or be left in
the other language. A plain run looks at every page once in each language, turn about in light and
dark; CNN_TUTOR_LONG=1 in both of both.
"""

from __future__ import annotations

import itertools
import re

import pytest
from PySide6.QtWidgets import (
    QApplication,
    QMenu,
    QMenuBar,
)

from cnn_tutor.app.main_window import MainWindow
from cnn_tutor.study import words
from cnn_tutor.study.boards.presets import presets
from tests.end_to_end.looks import in_turn, window
from tests.helpers.boards import setting
from tests.helpers.lesson_window import settle
from tests.helpers.looking import faults_of, said, visible

__all__ = ["window"]
PAGES = list(presets())
SAME_IN_BOTH = re.compile(
    r"[\W\d_]*|CNN Tutor.*|Keras|PyTorch|NumPy|\d+ (Flatten|im2col)|"
    r"valid|same|English|日本語|.*×.*|Σ = .*|[\d/ ]+"
)
"""What is written alike in both languages: names, numbers, shapes, signs."""


@pytest.mark.parametrize(
    ("page", "language", "theme"), list(in_turn(((page,) for page in PAGES), every=2))
)
def test_nothing_on_the_page_is_cut_off_or_covered(window, page, language, theme) -> None:
    show(window, page, theme, language)
    assert window.size().toTuple() == (1280, 720)
    faults = faults_of(window)
    assert not faults, "\n".join(faults)


def test_the_legend_of_coloured_cells_finds_room_too(window) -> None:
    window.set_shaded(True)
    for page, language in itertools.product(PAGES, words.LANGUAGES):
        show(window, page, "light", language)
        faults = faults_of(window)
        assert not faults, "\n".join(faults)


def test_by_side_padding_and_refusals_find_room_too(window) -> None:
    for language in words.LANGUAGES:
        show(window, "convolution", "light", language)
        window.lab.inspector.wanted.emit(setting("set:padding"), "by_side", 0)
        window.lab.inspector.wanted.emit(setting("size:kernel"), (9, 9), 0)
        settle()
        message = [w for w in visible(window) if w.objectName() == "refusal"]
        assert len(message) == 1
        faults = faults_of(window)
        assert not faults, "\n".join(faults)
        window.document.undo_stack.undo()


@pytest.mark.parametrize("page", PAGES)
def test_every_word_changes_with_the_language(window, page) -> None:
    show(window, page, "light", "en")
    english = {id(w): said(w) for w in visible(window)}
    show(window, "convolution", "light", "ja")
    show(window, page, "light", "ja")
    same = [
        text
        for widget in visible(window)
        for text, before in zip(said(widget), english.get(id(widget), ()), strict=False)
        if text == before and not SAME_IN_BOTH.fullmatch(re.sub(r"<[^>]*>", "", text))
    ]
    assert not same, f"the same in both languages: {same}"


def test_every_menu_changes_with_the_language(window) -> None:
    window.set_language("en")
    QApplication.processEvents()
    english = menu_texts(window.menuBar())
    window.set_language("ja")
    QApplication.processEvents()
    japanese = menu_texts(window.menuBar())
    assert len(english) == len(japanese) > 40
    same = {e for e, j in zip(english, japanese, strict=True) if e == j}
    assert same <= {"日本語", "English"}, same


# --- looking ---------------------------------------------------------------------------------


def show(window: MainWindow, page: str, theme: str, language: str) -> None:
    window.open_chapter(page)
    window.set_theme(theme)
    window.set_language(language)
    settle()
    window.lab.finish()
    settle()


def menu_texts(bar: QMenuBar) -> list[str]:
    texts = []
    for menu in bar.findChildren(QMenu):
        texts.append(menu.title())
        titles = {each.menuAction() for each in bar.findChildren(QMenu)}
        texts += [a.text() for a in menu.actions() if not a.isSeparator() and a not in titles]
    return [t for t in texts if t]
