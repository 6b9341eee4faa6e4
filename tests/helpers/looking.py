"""What can be wrong with how a window looks: cut off, covered, or without a name."""

from __future__ import annotations

import itertools

from PySide6.QtCore import QModelIndex, QRect, Qt
from PySide6.QtGui import QAccessible, QFontMetricsF
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QMenuBar,
    QPlainTextEdit,
    QScrollBar,
    QTabBar,
    QTextEdit,
    QWidget,
)

from cnn_tutor.app.chapters.chapter_list import ChapterList
from cnn_tutor.study import numbers
from cnn_tutor.widgets.grids.fitting import fit
from cnn_tutor.widgets.grids.tensor_grid import TensorGrid
from cnn_tutor.widgets.style.sizes import digits
from tests.helpers.boards import plain


def faults_of(window: QWidget) -> list[str]:
    """Return all that is wrong with what can be seen of a window."""
    return [*cut_off(window), *covered(window), *nameless(window)]


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
        texts.append(plain(widget))
    elif isinstance(widget, QAbstractButton):
        texts.append(widget.text())
    elif isinstance(widget, QComboBox):
        texts += [widget.itemText(n) for n in range(widget.count())]
    elif isinstance(widget, QTabBar):
        texts += [widget.tabText(n) for n in range(widget.count())]
    elif isinstance(widget, QListWidget):
        texts += [widget.item(n).text() for n in range(widget.count())]
    elif isinstance(widget, ChapterList):
        texts += [item.text(0) for item in widget.all_items()]
    return texts


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
        elif isinstance(widget, QListWidget | ChapterList):
            faults += list_cut_off(widget)
        elif isinstance(widget, TensorGrid):
            faults += cells_cut_off(widget)
    return faults


def list_cut_off(widget: QListWidget | ChapterList) -> list[str]:
    faults = []
    for index in lines_of(widget):
        rect, needed = widget.visualRect(index), widget.sizeHintForIndex(index)
        if needed.width() > rect.width() or needed.height() > rect.height():
            faults.append(f"cut off: chapter {index.data()!r}")
    return faults


def lines_of(widget: QListWidget | ChapterList) -> list[QModelIndex]:
    """Return the lines of a list that are not folded away."""
    if isinstance(widget, QListWidget):
        return [widget.model().index(row, 0) for row in range(widget.count())]
    shown = (item for item in widget.all_items() if not widget.visualItemRect(item).isEmpty())
    return [widget.indexFromItem(item) for item in shown]


def cells_cut_off(grid: TensorGrid) -> list[str]:
    faults = []
    model = grid.tensor_model
    width, height = grid.cell_size()
    for row, column in itertools.product(range(model.rowCount()), range(model.columnCount())):
        number = model.number(row, column)
        if number is None:
            continue
        text, font = fit(number, width - 6, max(9, digits(height)), grid.font().family(), True)
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
    """What the keyboard comes to without a screen reader having a name for it."""
    faults = []
    for widget in visible(window):
        if widget.focusPolicy() == Qt.FocusPolicy.NoFocus or widget.focusProxy() is not None:
            continue
        if isinstance(widget.parent(), QAbstractSpinBox | QComboBox):
            continue
        name = spoken_name(widget)
        if not name:
            faults.append(f"no accessible name: {name_of(widget)}")
        elif name == value_of(widget):
            faults.append(f"its value for a name: {name_of(widget)}")
    return faults


def spoken_name(widget: QWidget) -> str:
    """Return what a screen reader calls a widget: as its label says, or by a name of its own."""
    read = QAccessible.queryAccessibleInterface(widget)
    labels = [label for label, _ in read.relations(QAccessible.RelationFlag.Label)]
    return (labels[0] if labels else read).text(QAccessible.Text.Name).strip()


def value_of(widget: QWidget) -> str:
    """Return what has been written into a widget, or chosen."""
    if isinstance(widget, QLineEdit | QAbstractSpinBox):
        return widget.text()
    if isinstance(widget, QComboBox):
        return widget.currentText()
    return widget.toPlainText() if isinstance(widget, QTextEdit | QPlainTextEdit) else ""
