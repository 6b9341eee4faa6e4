"""Looks at every visible widget of every page, in both languages and both themes.

Nothing may be cut off, lie over its neighbour, lack a name for a screen reader, or be left in
the other language. A plain run looks at every page once in each language, turn about in light and
dark; CNN_TUTOR_LONG=1 in both of both.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetricsF, QTextDocument
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QMenu,
    QMenuBar,
    QScrollBar,
    QTabBar,
    QWidget,
)

from cnn_tutor.app.main_window import MainWindow
from cnn_tutor.study import numbers
from cnn_tutor.study.boards.presets import presets
from cnn_tutor.widgets.grids.fitting import fit
from cnn_tutor.widgets.grids.tensor_grid import TensorGrid
from tests.helpers.boards import setting

PAGES = list(presets())
LANGUAGES = ("ja", "en")
THEMES = ("light", "dark")
LONG = (
    pytest.mark.long,
    pytest.mark.skipif(
        "'CNN_TUTOR_LONG' not in os.environ and 'long' not in config.option.markexpr",
        reason="CNN_TUTOR_LONG=1 looks at every page in both themes of both languages",
    ),
)

SAME_IN_BOTH = re.compile(
    r"[\W\d_]*|CNN Tutor.*|Keras|PyTorch|NumPy|\d+ (Flatten|im2col)|"
    r"valid|same|English|日本語|.*×.*|Σ = .*|[\d/ ]+"
)
"""What is written alike in both languages: names, numbers, shapes, signs."""


@pytest.fixture
def window(qtbot) -> MainWindow:
    window = MainWindow()
    qtbot.addWidget(window)
    window.resize(1280, 720)
    window.show()
    qtbot.waitExposed(window)
    return window


def looks() -> Iterator[object]:
    for (i, page), (j, language), (k, theme) in itertools.product(
        enumerate(PAGES), enumerate(LANGUAGES), enumerate(THEMES)
    ):
        marks = LONG if (i + j + k) % 2 else ()
        yield pytest.param(page, theme, language, marks=marks, id=f"{language}-{theme}-{page}")


@pytest.mark.parametrize(("page", "theme", "language"), list(looks()))
def test_nothing_on_the_page_is_cut_off_or_covered(window, page, theme, language) -> None:
    show(window, page, theme, language)
    assert window.size().toTuple() == (1280, 720)
    faults = [*cut_off(window), *covered(window), *nameless(window)]
    assert not faults, "\n".join(faults)


def test_the_legend_of_coloured_cells_finds_room_too(window) -> None:
    window.set_shaded(True)
    for page, language in itertools.product(PAGES, LANGUAGES):
        show(window, page, "light", language)
        faults = [*cut_off(window), *covered(window), *nameless(window)]
        assert not faults, "\n".join(faults)


def test_by_side_padding_and_refusals_find_room_too(window) -> None:
    for language in LANGUAGES:
        show(window, "convolution", "light", language)
        window.lab.inspector.wanted.emit(setting("set:padding"), "by_side", 0)
        window.lab.inspector.wanted.emit(setting("size:kernel"), (9, 9), 0)
        settle()
        message = [w for w in visible(window) if w.objectName() == "refusal"]
        assert len(message) == 1
        faults = [*cut_off(window), *covered(window), *nameless(window)]
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


def settle() -> None:
    """Let layouts within layouts ask for room and get it: a round of events for each."""
    for _ in range(4):
        QApplication.processEvents()


def visible(window: QWidget) -> list[QWidget]:
    return [
        w for w in window.findChildren(QWidget) if w.isVisible() and not w.visibleRegion().isEmpty()
    ]


def name_of(widget: QWidget) -> str:
    return f"{type(widget).__name__} {widget.objectName()!r} {said(widget)}"


def said(widget: QWidget) -> list[str]:
    """Everything that a widget shows or says."""
    texts = [widget.accessibleName(), widget.toolTip()]
    if isinstance(widget, QLabel):
        document = QTextDocument()
        document.setHtml(widget.text())
        texts.append(document.toPlainText())
    elif isinstance(widget, QAbstractButton):
        texts.append(widget.text())
    elif isinstance(widget, QComboBox):
        texts += [widget.itemText(n) for n in range(widget.count())]
    elif isinstance(widget, QTabBar):
        texts += [widget.tabText(n) for n in range(widget.count())]
    elif isinstance(widget, QListWidget):
        texts += [widget.item(n).text() for n in range(widget.count())]
    return texts


def menu_texts(bar: QMenuBar) -> list[str]:
    texts = []
    for menu in bar.findChildren(QMenu):
        texts.append(menu.title())
        titles = {each.menuAction() for each in bar.findChildren(QMenu)}
        texts += [a.text() for a in menu.actions() if not a.isSeparator() and a not in titles]
    return [t for t in texts if t]


def cut_off(window: QWidget) -> list[str]:
    faults = []
    for widget in visible(window):
        room, needed = widget.contentsRect(), widget.sizeHint()
        if isinstance(widget, QLabel) and widget.text():
            high = widget.heightForWidth(widget.width()) if widget.wordWrap() else needed.height()
            wide = widget.minimumSizeHint().width() if widget.wordWrap() else needed.width()
            if wide > widget.width() + 1 or high > widget.height() + 1:
                faults.append(f"cut off: {name_of(widget)}: {wide}×{high} in {widget.size()}")
        elif isinstance(widget, QAbstractButton | QTabBar | QMenuBar):
            if needed.width() > widget.width() + 1 or needed.height() > widget.height() + 1:
                faults.append(f"cut off: {name_of(widget)}: {needed} in {widget.size()}")
        elif isinstance(widget, QComboBox):
            text = widget.fontMetrics().horizontalAdvance(widget.currentText())
            if text > room.width() - 24:
                faults.append(f"cut off: {name_of(widget)}")
        elif isinstance(widget, QLineEdit) and not isinstance(widget.parent(), QComboBox):
            text = widget.fontMetrics().horizontalAdvance(widget.text())
            if text > room.width():
                faults.append(f"cut off: {name_of(widget)}: {widget.text()!r}")
        elif isinstance(widget, QListWidget):
            faults += list_cut_off(widget)
        elif isinstance(widget, TensorGrid):
            faults += cells_cut_off(widget)
    return faults


def list_cut_off(widget: QListWidget) -> list[str]:
    faults = []
    for row in range(widget.count()):
        item, rect = widget.item(row), widget.visualItemRect(widget.item(row))
        needed = widget.sizeHintForIndex(widget.indexFromItem(item))
        if needed.width() > rect.width() or needed.height() > rect.height():
            faults.append(f"cut off: chapter {item.text()!r}")
    return faults


def cells_cut_off(grid: TensorGrid) -> list[str]:
    faults = []
    model = grid.tensor_model
    width, height = grid.cell_size()
    for row, column in itertools.product(range(model.rowCount()), range(model.columnCount())):
        number = model.number(row, column)
        if number is None:
            continue
        text, font = fit(
            number, width - 6, max(9, round(height * 0.44)), grid.font().family(), True
        )
        if QFontMetricsF(font).horizontalAdvance(text) > width - 4 or font.pixelSize() > height:
            faults.append(f"cut off: {number} in {grid.objectName()}[{row},{column}]")
        if text not in (numbers.show(number), numbers.brief(number)):
            faults.append(f"shortened: {number} in {grid.objectName()}[{row},{column}]")
    return faults


def covered(window: QWidget) -> list[str]:
    """Pairs of brothers and sisters that lie over each other without being meant to."""
    faults = []
    for parent in [window, *visible(window)]:
        if isinstance(parent, QAbstractScrollArea | QAbstractSpinBox | QComboBox):
            continue
        children = [
            c
            for c in parent.children()
            if isinstance(c, QWidget)
            and c.isVisible()
            and not c.isWindow()
            and not c.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            and not isinstance(c, QScrollBar)
        ]
        for a, b in itertools.combinations(children, 2):
            common: QRect = a.geometry() & b.geometry()
            if common.width() > 1 and common.height() > 1:
                faults.append(f"over each other: {name_of(a)} and {name_of(b)}: {common}")
    return faults


def nameless(window: QWidget) -> list[str]:
    faults = []
    for widget in visible(window):
        if widget.focusPolicy() == Qt.FocusPolicy.NoFocus or widget.focusProxy() is not None:
            continue
        if isinstance(widget.parent(), QAbstractSpinBox | QComboBox):
            continue
        spoken = widget.accessibleName() or (
            widget.text() if isinstance(widget, QAbstractButton) else ""
        )
        if not spoken.strip():
            faults.append(f"no accessible name: {name_of(widget)}")
    return faults
