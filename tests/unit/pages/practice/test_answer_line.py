"""The boxes beside the board, and the one that stands for the board's cell that is on."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from cnn_tutor.app.style import language
from cnn_tutor.pages.practice.answer_line import AnswerLine
from cnn_tutor.study import numbers, words
from cnn_tutor.study.practice.mastery.standing import LAST_STEP
from cnn_tutor.study.practice.round import Round
from cnn_tutor.widgets.charts.layer_chain import LayerChain
from cnn_tutor.widgets.grids.tensor_grid import TensorGrid
from tests.helpers.drilling import (
    GRID,
    LEFT,
    LINE,
    MARKS,
    NONE,
    Key,
    PracticeDriver,
    item,
    practice_page,
    right,
    settle,
    wrong,
)

CHAIN = ("shape_chain", "conv2d", 3, 1)
"""Four facts of an exercise with boxes in a chain."""

THROUGH = ("field_through_layers", "conv2d", 5, 3)
"""The same with boxes in a chain and under it."""


@pytest.fixture
def page(qtbot: QtBot) -> PracticeDriver:
    made = practice_page(qtbot)
    made.set_one(LINE)
    return made


def boxes(line: AnswerLine) -> list[QLineEdit]:
    """Return the boxes that can be seen, in the order of their blanks."""
    return [field.box for field in line._fields if field.box.isVisible()]


def places(line: AnswerLine) -> list[QRect]:
    """Return where they are in the line."""
    return [QRect(box.mapTo(line, QPoint()), box.size()) for box in boxes(line)]


def labels(line: AnswerLine) -> list[QLabel]:
    return [label for label in line.findChildren(QLabel) if label.isVisible() and label.buddy()]


def names(page: PracticeDriver) -> list[str]:
    return [blank.name for blank in page.exercise.blanks]


def test_there_is_a_labelled_box_for_each_blank(page) -> None:
    first, *others = page.exercise.blanks
    shown = boxes(page.page.line)
    assert [box.objectName() for box in shown] == [
        "answer",
        *(f"answer[{blank.name}]" for blank in others),
    ]
    assert not page.page.box.isVisible()
    for side in words.LANGUAGES:
        language.apply(side)
        settle()
        said = [words.pick(blank.label) for blank in (first, *others)]
        assert [box.accessibleName() for box in shown] == said
        by_box = {label.buddy(): label.text() for label in labels(page.page.line)}
        assert [by_box[box] for box in shown] == [f"{text} =" for text in said]


def test_arrows_and_tab_go_from_box_to_box(page) -> None:
    shown = boxes(page.page.line)
    page.type("7")
    page.press(Key.Key_Down)
    assert page.focus is shown[1]
    page.type("8")
    page.press(Key.Key_Up)
    assert page.focus is shown[0]
    assert shown[0].selectedText() == "7"
    page.press(Key.Key_Up)
    assert page.focus is shown[0]
    for box in shown[1:]:
        page.press(Key.Key_Tab)
        assert page.focus is box
    page.press(Key.Key_Down)
    assert page.focus is shown[-1]
    page.press(Key.Key_Backtab)
    assert page.focus is shown[-2]
    assert [page.sheet.entries[name] for name in names(page)[:2]] == ["7", "8"]


@pytest.mark.parametrize("enter", [Key.Key_Return, Key.Key_Enter])
def test_enter_checks_and_goes_to_the_first_box_that_is_not_right(page, enter) -> None:
    good, shown = right(page.exercise), boxes(page.page.line)
    first, second, third, last = names(page)
    for text in (good[first], "-77", good[third]):
        page.type(text)
        page.press(Key.Key_Down)
    page.press(enter)
    assert [page.sheet.state(name) for name in (first, second, third, last)] == [
        "right",
        "wrong",
        "right",
        "empty",
    ]
    assert page.focus is shown[1]
    assert shown[1].selectedText() == "−77"
    page.type(good[second])
    page.press(Key.Key_Down, Key.Key_Down)
    page.type(good[last])
    page.press(enter)
    assert page.drill.done
    assert page.focus.objectName() == "next_exercise"


def test_boxes_say_how_they_were_judged_until_they_are_changed(page) -> None:
    good, shown = right(page.exercise), boxes(page.page.line)
    first, second, *_ = names(page)
    page.fill({first: good[first], second: "-77"})
    page.press(Key.Key_Return)
    assert [box.property("state") for box in shown] == ["right", "wrong", "empty", "empty"]
    assert [box.isReadOnly() for box in shown] == [True, False, False, False]
    told = [box.accessibleDescription() for box in shown]
    assert told[0] != told[1]
    assert [bool(text) for text in told] == [True, True, False, False]
    signs = [s.text() for s in page.page.line.findChildren(QLabel) if s.isVisible() and s.text()]
    assert signs.count("✓") == signs.count("✗") == 1
    page.type("5")
    page.press(Key.Key_Tab)
    assert shown[1].property("state") == "empty"
    assert "✗" not in [s.text() for s in page.page.line.findChildren(QLabel)]
    assert shown[0].text() == good[first]


def test_a_box_with_something_else_in_it_is_pointed_out(page) -> None:
    page.type("abc")
    page.press(Key.Key_Return)
    box = page.box("answer")
    assert box.property("state") == "not_a_number"
    assert box.accessibleDescription() == words.say("drill.judged_not_a_number")
    (sign,) = [s for s in page.page.line.findChildren(QLabel) if s.isVisible() and s.text() == "?"]
    assert sign.property("state") == "not_a_number"
    page.type("5")
    page.press(Key.Key_Tab)
    assert sign.text() == ""


def test_a_right_box_takes_no_more_letters(page) -> None:
    good, first = right(page.exercise), names(page)[0]
    page.fill({first: good[first]})
    page.press(Key.Key_Return)
    box = page.box("answer")
    QTest.mouseClick(box, LEFT)
    page.type("99")
    page.press(Key.Key_Delete, Key.Key_Backspace)
    assert box.text() == good[first]


def test_h_gives_a_hint_and_writes_no_letter(page) -> None:
    page.type("1")
    page.press(Key.Key_H)
    page.type("2")
    assert page.drill.hints == 1
    assert page.box("answer").text() == "12"


def test_another_language_keeps_what_was_typed(page) -> None:
    page.type("12")
    page.press(Key.Key_Down)
    page.type("3")
    language.apply("ja")
    settle()
    shown = boxes(page.page.line)
    assert [box.text() for box in shown[:2]] == ["12", "3"]
    assert page.focus is shown[1]
    page.type("4")
    page.press(Key.Key_Return)
    assert [page.sheet.entries[name] for name in names(page)[:2]] == ["12", "34"]


def test_boxes_of_the_exercise_before_do_not_come_back(page) -> None:
    page.type("12")
    page.set_one(CHAIN)
    shown = boxes(page.page.line)
    assert len(shown) == len(page.exercise.blanks) > 4
    assert {box.text() for box in shown} == {""}
    page.set_one(LINE)
    assert len(boxes(page.page.line)) == 4
    assert set(page.sheet.entries.values()) == {""}
    assert page.focus is page.box("answer")


@pytest.mark.parametrize("width", [760, 1060, 1600])
def test_many_boxes_find_room_beside_and_under_each_other(page, width) -> None:
    page.page.resize(width, 640)
    page.set_one(LINE)
    shown = boxes(page.page.line)
    rects = [box.geometry() for box in shown]
    for n, rect in enumerate(rects):
        assert page.page.line.rect().contains(rect)
        assert not any(rect.intersects(other) for other in rects[n + 1 :])
    by_box = {label.buddy(): label.geometry() for label in labels(page.page.line)}
    for box in shown:
        assert by_box[box].right() < box.x()
        assert abs(by_box[box].center().y() - box.geometry().center().y()) <= 1


# --- the boxes of a chain ------------------------------------------------------------------------


def in_sight(box: QLineEdit) -> bool:
    """Say whether all of a box can be seen, though it may stand in a room that scrolls."""
    return box.visibleRegion().boundingRect() == box.rect()


@pytest.mark.parametrize("width", [760, 1060, 1600])
@pytest.mark.parametrize("facts", [CHAIN, THROUGH])
def test_the_boxes_of_a_chain_stand_in_it_row_by_row(page, width, facts) -> None:
    page.page.resize(width, 900)
    page.set_one(facts)
    line = page.page.line
    shown = boxes(line)
    chained = [name for link in page.exercise.chain for name in link.blanks]
    assert len(shown) == len(page.exercise.blanks)
    assert [box.property("chained") for box in shown] == [n in chained for n in names(page)]
    chain = line.findChild(LayerChain)
    rects = places(line)
    for n, rect in enumerate(rects):
        assert line.rect().contains(rect)
        assert chain.geometry().contains(rect) == (names(page)[n] in chained)
        assert not any(rect.intersects(other) for other in rects[n + 1 :])
    in_chain = rects[: len(chained)]
    assert in_chain == sorted(in_chain, key=lambda rect: (rect.y(), rect.x()))
    labelled = {label.buddy() for label in labels(line)}
    assert labelled == {b for b, n in zip(shown, names(page), strict=True) if n not in chained}


def test_tab_goes_along_the_chain_and_each_box_comes_into_sight(page) -> None:
    page.page.resize(760, 420)
    page.set_one(CHAIN)
    for box in boxes(page.page.line):
        assert page.focus is box
        assert in_sight(box)
        page.press(Key.Key_Tab)


def test_the_boxes_of_a_chain_are_judged_over_themselves(page) -> None:
    page.set_one(CHAIN)
    good = right(page.exercise)
    first, second, *_ = names(page)
    page.fill({first: good[first], second: "-77"})
    page.press(Key.Key_Return)
    line = page.page.line
    signs = {s.text(): s.geometry() for s in line.findChildren(QLabel) if s.isVisible()}
    for box, sign in zip(boxes(line), "✓✗", strict=False):
        assert signs[sign].bottom() <= box.y()
        assert abs(signs[sign].center().x() - box.geometry().center().x()) <= 1
    page.set_one(LINE)  # and these stand beside them again
    page.fill({names(page)[0]: "-77"})
    page.press(Key.Key_Return)
    (sign,) = [s.geometry() for s in line.findChildren(QLabel) if s.text() == "✗"]
    assert sign.x() > boxes(line)[0].geometry().right()


def test_a_shape_that_is_filled_in_is_written_on_its_arrow(page) -> None:
    page.page.drill._begin(Round((item(CHAIN, LAST_STEP),)))
    settle()
    (box,) = boxes(page.page.line)
    assert page.focus is box
    assert "×".join(str(round(b.answer)) for b in page.exercise.filled[:3]) in chain_name(page)


def chain_name(page: PracticeDriver) -> str:
    return page.page.line.findChild(LayerChain).accessibleName()


def test_the_chain_is_told_to_who_cannot_see_it(page) -> None:
    page.set_one(THROUGH)
    for side in words.LANGUAGES:
        language.apply(side)
        settle()
        told = chain_name(page)
        for link in page.exercise.chain:
            for text in (link.name, *link.details):
                assert words.pick(text) in told
            assert "×".join(map(str, link.shape)) in told
        for box, link in zip(boxes(page.page.line), page.exercise.chain, strict=False):
            assert all(words.pick(text) in box.accessibleDescription() for text in link.details)
    page.set_one(LINE)
    assert not page.page.line.findChild(LayerChain).isVisible()


# --- the box that stands for a cell of the board -----------------------------------------------


def cell(page: PracticeDriver, row: int, column: int) -> None:
    """Click an output cell."""
    grid = page.page.board.findChild(TensorGrid, "output")
    place = grid.visualRect(grid.tensor_model.index(row, column)).center()
    QTest.mouseClick(grid.viewport(), LEFT, NONE, place)
    settle()


@pytest.fixture
def board(qtbot: QtBot) -> PracticeDriver:
    made = practice_page(qtbot)
    made.set_one(GRID)
    return made


def test_the_box_stands_for_the_cell_that_the_keyboard_is_at(board) -> None:
    box = board.box("answer")
    assert not board.page.line.isVisible()
    assert boxes(board.page.box) == [box]
    cell(board, 1, 2)
    name = box.accessibleName()
    assert "1, 2" in name
    board.press(Key.Key_Right)
    assert box.accessibleName() == name.replace("1, 2", "1, 3")


def test_what_is_written_into_the_box_stands_in_the_cell_and_the_other_way_round(board) -> None:
    box = board.box("answer")
    cell(board, 1, 2)
    QTest.mouseClick(box, LEFT)
    board.type("１２")
    board.press(Key.Key_Return)
    assert board.sheet.entries["output[1,2,0]"] == "１２"
    grid = board.page.board.findChild(TensorGrid, "output")
    assert grid.tensor_model.index(1, 2).data() == "12"
    cell(board, 2, 2)
    assert box.text() == ""
    board.type("7")
    board.press(Key.Key_Tab)
    cell(board, 2, 2)
    assert box.text() == "7"
    cell(board, 1, 2)
    assert box.text() == "１２"


def test_going_to_another_cell_takes_what_is_in_the_box(board) -> None:
    cell(board, 1, 2)
    QTest.mouseClick(board.box("answer"), LEFT)
    board.type("5")
    cell(board, 0, 0)
    assert board.sheet.entries["output[1,2,0]"] == "5"
    assert board.sheet.entries["output[0,0,0]"] == ""
    assert board.box("answer").text() == ""


def test_a_cell_that_is_not_asked_for_leaves_the_box_where_it_is(board) -> None:
    cell(board, 1, 2)
    before = board.box("answer").accessibleName()
    grid = board.page.board.findChild(TensorGrid, "x")
    QTest.mouseClick(grid.viewport(), LEFT, pos=grid.visualRect(grid.model().index(2, 2)).center())
    settle()
    assert board.box("answer").accessibleName() == before


def test_cells_to_mark_have_no_box(qtbot) -> None:
    page = practice_page(qtbot)
    page.set_one(MARKS)
    assert not page.page.line.isVisible()
    assert not page.page.box.isVisible()
    assert page.page.findChild(QLineEdit, "answer") is None


def test_a_finished_exercise_can_be_read_but_not_written(board) -> None:
    board.fill(wrong(board.exercise))
    board.click("show_solution")
    box = board.box("answer")
    cell(board, 1, 2)
    assert box.isReadOnly()
    assert box.focusPolicy() & Qt.FocusPolicy.ClickFocus
    assert numbers.parse(box.text()) == board.exercise.blank("output[1,2,0]").answer


def test_a_solution_with_many_digits_is_shown_as_far_as_there_is_room(qtbot) -> None:
    page = practice_page(qtbot)
    exercise = page.set_one(("one_output_cell", "sigmoid", 3, 1))
    answer = exercise.blanks[0].answer
    page.click("show_solution")
    box = page.box("answer")
    assert box.text() == numbers.brief(answer)
    assert box.fontMetrics().horizontalAdvance(box.text()) < box.contentsRect().width()
    assert page.sheet.number(exercise.blanks[0]) == answer
