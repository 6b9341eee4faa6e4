"""Refusals and "not yet" stand beside what they are about, and cover nothing that is to be read."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractSlider,
    QApplication,
    QLabel,
    QLineEdit,
    QScrollBar,
    QStyle,
    QTableView,
    QTextEdit,
    QWidget,
)

from cnn_tutor.app.main_window import MainWindow
from cnn_tutor.app.style import language
from cnn_tutor.study.boards.views import CELLS, MATRICES, NETWORK
from cnn_tutor.widgets.grids.tensor_grid import TensorGrid
from cnn_tutor.widgets.maps.map_columns import MapColumns
from cnn_tutor.widgets.overlays.notice import Notice
from tests.helpers.boards import enter, setting
from tests.helpers.lesson_window import LEFT, NONE, click, on_screen, part, said, settle
from tests.helpers.practice_player import PracticePlayer
from tests.helpers.practice_window import CELL, GRID, LINE

NEAR = 200
"""So far a message may be from what it is about, in pixels, where letters are wide."""

CONTROL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture(params=["en", "ja"])
def small(request, window) -> MainWindow:
    """The window at its usual least, in either language."""
    language.apply(request.param)
    window.resize(1280, 720)
    settle()
    return window


def grid_of(window: QWidget, name: str) -> QTableView:
    (found,) = (g for g in window.findChildren(QTableView, name) if g.isVisible())
    return found


def cell(grid: QTableView, row: int, column: int) -> QRect:
    place = grid.visualRect(grid.model().index(row, column)) & grid.viewport().rect()
    return place.translated(grid.viewport().mapToGlobal(QPoint()))


def typed(window: QWidget, name: str, row: int, column: int, text: str) -> QRect:
    """Type into a cell, end with Enter, and return where it is."""
    grid = grid_of(window, name)
    grid.scrollTo(grid.model().index(row, column))
    at = grid.visualRect(grid.model().index(row, column)).center()
    QTest.mouseClick(grid.viewport(), LEFT, NONE, at)
    for letter in text:
        QTest.keyClicks(QApplication.focusWidget(), letter)
    place = cell(grid, row, column)
    if QApplication.focusWidget() is not grid:
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    settle()
    return place


def is_told_at(window: MainWindow, cause: QRect) -> None:
    """Check that one message is shown, near its cause and over nothing that is to be read."""
    (notice,) = (n for n in window.findChildren(Notice) if n.isVisible())
    message = on_screen(notice)
    assert notice.text()
    assert on_screen(window).contains(message)
    assert not message.intersects(cause)
    assert message.adjusted(-NEAR, -NEAR, NEAR, NEAR).intersects(cause), (message, cause)
    hidden = [name for name, rect in readable(window) if rect.intersects(message)]
    assert not hidden, (message, hidden)


def readable(window: MainWindow) -> list[tuple[str, QRect]]:
    """Formulas, tasks, titles, sums, the slider, and numbers that are asked."""
    found = []
    for widget in window.findChildren(QWidget):
        seen = widget.visibleRegion().boundingRect()
        if seen.isEmpty() or isinstance(widget, Notice | QScrollBar):
            continue
        rects = []
        if isinstance(widget, QLabel):
            rects = [_letters(widget) & seen]
        elif isinstance(widget, QTextEdit | QAbstractSlider):
            rects = [seen]
        elif isinstance(widget, MapColumns):
            rects = [QRect(0, 0, widget.width(), 30) & seen]
        elif isinstance(widget, TensorGrid):
            model = widget.tensor_model
            cells = ((r, c) for r in range(model.rowCount()) for c in range(model.columnCount()))
            rects = [widget.cell_rect(*at) & seen for at in cells if model.is_asked(*at)]
        name = f"{type(widget).__name__} {widget.objectName()} {widget.property('text') or ''}"
        found += [(name, r.translated(widget.mapToGlobal(QPoint()))) for r in rects if r.isValid()]
    return found


def _letters(label: QLabel) -> QRect:
    """Where the letters of a label are."""
    if not label.text() or label.wordWrap():
        return label.rect() if label.text() else QRect()
    size = label.sizeHint().boundedTo(label.size())
    return QStyle.alignedRect(label.layoutDirection(), label.alignment(), size, label.rect())


def goes_with_escape(window: MainWindow) -> None:
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    settle()
    assert not [n for n in window.findChildren(Notice) if n.isVisible()]


@pytest.mark.parametrize(
    ("chapter", "name", "row", "column", "text"),
    [
        ("convolution", "x", 0, 4, "x"),
        ("convolution", "x", 4, 4, "x"),
        ("convolution", "x", 0, 0, "1e9"),
        ("convolution", "bias", 0, 0, "x"),
        ("convolution", "output", 2, 2, "7"),
        ("convolution_same", "x", 5, 5, "x"),
        ("rgb", "x[0]", 1, 5, "x"),
        ("rgb", "kernel[1,0]", 1, 1, "x"),
        ("six_filters", "output[5]", 0, 0, "7"),
        ("dropout", "mask", 1, 2, "0.5"),
        ("max_pooling", "output", 0, 0, "7"),
        ("dense", "kernel", 1, 1, "x"),
    ],
)
def test_what_a_cell_does_not_take_is_told_beside_it(
    small, chapter, name, row, column, text
) -> None:
    small.open_chapter(chapter)
    small.lab.state.show_view(CELLS)
    settle()
    is_told_at(small, typed(small, name, row, column, text))
    goes_with_escape(small)


@pytest.mark.parametrize(("chapter", "side"), [("convolution", 20), ("rgb", 24)])
@pytest.mark.parametrize("at", [(0, 0), (6, 6), (19, 19)])
def test_on_a_board_that_is_full_of_cells_as_well(small, chapter, side, at) -> None:
    small.open_chapter(chapter)
    small.lab.inspector.wanted.emit(setting("size:x"), (side, side), 0)
    small.lab.inspector.wanted.emit(setting("size:kernel"), (5, 5), 0)
    settle()
    name = "x" if chapter == "convolution" else "x[0]"
    grid = grid_of(small, name)
    place = grid.tensor_model.cell_of((*at, 0))
    is_told_at(small, typed(small, name, *place, "x"))
    goes_with_escape(small)


def test_padding_that_is_clicked_says_so_beside_it(small) -> None:
    small.open_chapter("convolution_same")
    settle()
    for row, column in ((0, 0), (0, 6), (6, 6), (3, 0)):
        grid = grid_of(small, "x")
        at = cell(grid, row, column)
        QTest.mouseClick(grid.viewport(), LEFT, NONE, grid.viewport().mapFromGlobal(at.center()))
        is_told_at(small, at)


def test_in_the_matrices_it_is_told_beside_the_cell(small) -> None:
    small.open_chapter("im2col")
    small.lab.state.show_view(MATRICES)
    settle()
    for name, row, column in (("matrix[x]", 0, 2), ("matrix[kernel]", 4, 0)):
        is_told_at(small, typed(small, name, row, column, "x"))


def test_an_edit_and_another_size_take_the_message_away(small) -> None:
    small.open_chapter("convolution")
    settle()
    typed(small, "x", 0, 4, "x")
    typed(small, "kernel", 0, 0, "7")
    assert not [n for n in small.findChildren(Notice) if n.isVisible()]
    typed(small, "x", 0, 4, "x")
    small.resize(1400, 800)
    settle()
    assert not [n for n in small.findChildren(Notice) if n.isVisible()]


@pytest.mark.parametrize("lab", ["convolution", "rgb", "dropout"])
def test_a_setting_is_refused_under_its_row_where_it_can_be_read(small, lab: str) -> None:
    small.open_chapter(lab)
    small.resize(small.minimumSize())
    QTest.keyClick(small, Qt.Key.Key_B, CONTROL_SHIFT)  # the window is too narrow for its panel
    if lab != "dropout":
        small.lab.inspector.wanted.emit(setting("set:padding"), "by_side", 0)
    settle()
    form = small.lab.inspector.form
    for key in form.keys:
        box = form.row(key)[1]
        editor = next(e for e in form.editors if box.isAncestorOf(e))
        if not hasattr(editor, "selectAll"):
            continue
        editor.setFocus()
        editor.selectAll()
        QTest.keyClicks(editor, "x")
        QTest.keyClick(editor, Qt.Key.Key_Return)
        settle()
        (message,) = (w for w in form.findChildren(QLabel, "refusal") if w.isVisible())
        assert message.visibleRegion().boundingRect() == message.rect(), key
        assert 0 <= on_screen(message).top() - on_screen(editor).bottom() <= 12
        assert not [n for n in small.findChildren(Notice) if n.isVisible()]


def test_what_a_task_still_needs_is_told_at_the_task(small) -> None:
    small.open_chapter("lesson_convolution")
    settle()
    told = 0
    for step in range(len(small.guide.lesson.steps)):
        small.guide.go_to(step)
        settle()
        click(small, "lesson_next")
        if any(n.isVisible() for n in small.findChildren(Notice)):
            is_told_at(small, on_screen(part(small, "caption_card")))
            told += 1
    assert told > 3


def test_a_wrong_answer_of_a_task_is_told_at_its_cell(small) -> None:
    small.open_chapter("lesson_convolution")
    small.guide.go_to(3)
    settle()
    is_told_at(small, typed(small, "output", 0, 2, "8"))


def test_what_has_no_place_covers_no_title_of_a_map(small) -> None:
    small.open_chapter("deep")
    small.lab.state.show_view(NETWORK)
    settle()
    small.open_path("/nowhere/missing.cnnt")
    settle()
    views = on_screen(small.lab.views)
    is_told_at(small, QRect(views.center().x(), views.top(), 1, 1))


@pytest.mark.parametrize("facts", [CELL, GRID])
def test_in_practice_what_is_no_number_is_told_beside_its_cell(small, facts) -> None:
    player = PracticePlayer(small)
    exercise = player.open(*facts)
    settle()
    blank = exercise.blanks[0]
    at = typed(small.practice.page, "output", *blank.index[:2], "x")
    is_told_at(small, at)
    given = typed(small.practice.page, "x", 1, 1, "7")
    is_told_at(small, given)
    goes_with_escape(small)


def test_a_caption_is_there_as_long_as_it_is_true(drive) -> None:
    lab = drive("max_pooling")
    caption = lab.part("caption")
    before = caption.text()
    lab.write("x", 0, 0, "7")
    assert caption.text() == before
    enter(lab, "set:strides[0]", "1")
    assert caption.text() != before
    lab.document.undo_stack.undo()
    assert caption.text() == before


@pytest.mark.parametrize(
    "facts", [LINE, CELL, ("shape_chain", "conv2d", 1, 1), ("parameter_count", "conv2d", 2, 1)]
)
def test_in_practice_what_is_no_number_is_told_beside_its_box(small, facts) -> None:
    player = PracticePlayer(small)
    player.open(*facts)
    box = next(
        box
        for line in (player.page.line, player.page.box)
        for box in line.findChildren(QLineEdit)
        if box.isVisible()
    )
    box.setFocus()
    player.type("1o")
    player.press(Qt.Key.Key_Return)
    is_told_at(small, on_screen(box))
    player.type("1")
    assert not said(small)


def test_a_message_goes_when_the_panel_moves_what_it_is_about(small) -> None:
    small.open_chapter("blur")
    typed(small.lab, "x", 1, 1, "x")
    assert said(small)
    QTest.keyClick(small, Qt.Key.Key_B, CONTROL_SHIFT)
    settle()
    assert not said(small)
