"""The sheet of an exercise: what is written into it, undone, judged and shown, and hidden."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from cnn_tutor.engine.arrays import shapes_of
from cnn_tutor.engine.explanation import OUTPUT
from cnn_tutor.study import numbers, words
from cnn_tutor.study.exercise import PRODUCTS, Exercise
from cnn_tutor.study.exercises.generator import kinds
from cnn_tutor.study.grading.feedback import about_cell
from cnn_tutor.study.grading.grading import grade
from cnn_tutor.study.grading.sheet import EMPTY, RIGHT, WRONG
from cnn_tutor.study.practice.mastery.standing import LAST_STEP
from cnn_tutor.widgets.grids.grid_view import GridView
from cnn_tutor.widgets.grids.tensor_grid import TensorGrid
from tests.helpers.drilling import (
    EXERCISES,
    GRID,
    LINE,
    MARKS,
    PracticeDriver,
    Table,
    distinctive,
    practice_page,
    right,
    said_numbers,
    settle,
    telling,
    with_stage,
    wrong,
)

ROLE = Qt.ItemDataRole
SAYING = (ROLE.DisplayRole, ROLE.EditRole, ROLE.AccessibleTextRole, ROLE.ToolTipRole)


@pytest.fixture
def table(qapp: QApplication) -> Table:
    return Table()


# --- entries -------------------------------------------------------------------------------------


def test_every_blank_is_there_and_empty_at_first(table) -> None:
    sheet = table.sheet
    assert sheet.entries == dict.fromkeys(table.names, "")
    assert {sheet.state(name) for name in table.names} == {EMPTY}
    assert not sheet.solved
    assert sheet.beside == ()
    assert sheet.asked == tuple(blank.index for blank in table.exercise.blanks)
    assert sheet.open == (OUTPUT, table.exercise.blanks[0].index)


def test_what_is_entered_is_kept_as_it_was_typed_and_told_once(table) -> None:
    sheet, name = table.sheet, table.names[1]
    changed = QSignalSpy(sheet.changed)
    for _ in range(2):
        sheet.enter(name, " １，５ ")
    assert sheet.entries[name] == "１，５"
    assert changed.count() == 1
    assert table.document.undo_stack.count() == 1


def test_entries_are_undone_and_redone_one_by_one(table) -> None:
    sheet, stack = table.sheet, table.document.undo_stack
    first, second = table.names[:2]
    sheet.enter(first, "1")
    sheet.enter(first, "2")
    sheet.enter(second, "3")
    seen = []
    for step in (stack.undo, stack.undo, stack.undo, stack.redo, stack.redo, stack.redo):
        step()
        seen.append((sheet.entries[first], sheet.entries[second]))
    assert seen == [("2", ""), ("1", ""), ("", ""), ("1", ""), ("2", ""), ("2", "3")]


def test_entries_of_an_exercise_that_is_over_are_not_undone_into_the_next(table) -> None:
    table.sheet.enter(table.names[0], "7")
    table.drill.set_one(*GRID[:3], 4)
    table.document.undo_stack.undo()
    table.document.undo_stack.redo()
    assert set(table.sheet.entries.values()) == {""}


def test_the_board_writes_into_the_blank_that_stands_in_a_cell(table) -> None:
    sheet, blank = table.sheet, table.exercise.blanks[2]
    sheet.write(OUTPUT, blank.index, 1 / 3)
    assert numbers.parse(sheet.entries[blank.name]) == 1 / 3
    sheet.take_back(OUTPUT, blank.index)
    assert sheet.entries[blank.name] == ""
    sheet.write("x", blank.index, 5)
    sheet.write(OUTPUT, (99, 99, 0), 5)
    sheet.take_back("x", blank.index)
    assert set(sheet.entries.values()) == {""}


def test_a_grid_is_told_of_its_own_cells_only(table) -> None:
    sheet, (first, second, third, *_) = table.sheet, table.exercise.blanks
    asked = sheet.of(OUTPUT)
    assert sheet.of("x") is sheet.of(PRODUCTS) is None
    sheet.enter(first.name, "no number")
    sheet.enter(second.name, "5")
    assert [asked.entry(blank.index) for blank in (first, second, third)] == [None, 5.0, None]
    assert [asked.right(blank.index) for blank in (first, second, third)] == [None] * 3
    assert asked.marked(first.index) is None
    assert not asked.is_asked((99, 0, 0))
    assert asked.entry((99, 0, 0)) is asked.right((99, 0, 0)) is None


def test_blanks_without_a_cell_stand_beside_the_board(qapp) -> None:
    table = Table(LINE)
    assert table.sheet.beside == table.exercise.blanks
    assert table.sheet.asked == ()
    assert table.sheet.of(OUTPUT) is table.sheet.open is None


def test_no_exercise_asks_for_nothing(table) -> None:
    table.sheet.begin(None)
    assert table.sheet.entries == {}
    assert table.sheet.open is None
    assert table.sheet.of(OUTPUT) is None
    assert not table.sheet.hides((0, 0, 0))
    assert table.sheet.highlights
    assert table.sheet.worked_out
    table.sheet.write(OUTPUT, (0, 0, 0), 5)
    assert table.sheet.entries == {}


# --- judging -------------------------------------------------------------------------------------


def judged(table: Table) -> tuple[str, str, str]:
    """Have a right entry and a wrong one judged; return their names and that of an empty one."""
    good, bad, empty, *_ = table.names
    table.sheet.enter(good, right(table.exercise)[good])
    table.sheet.enter(bad, wrong(table.exercise)[bad])
    assert {table.sheet.state(name) for name in table.names} == {EMPTY}
    table.judge()
    return good, bad, empty


def test_nothing_is_judged_before_it_is_checked(table) -> None:
    good, bad, empty = judged(table)
    assert [table.sheet.state(name) for name in (good, bad, empty)] == [RIGHT, WRONG, EMPTY]
    assert table.sheet.open == (OUTPUT, table.exercise.blank(bad).index)  # before the empty ones


def test_an_entry_that_is_changed_is_open_again(table) -> None:
    _, bad, _ = judged(table)
    table.sheet.enter(bad, "99")
    assert table.sheet.state(bad) == EMPTY
    table.document.undo_stack.undo()
    assert table.sheet.state(bad) == EMPTY
    assert table.sheet.entries[bad] == wrong(table.exercise)[bad]


def test_what_is_right_stays(table) -> None:
    good, _, _ = judged(table)
    before = table.sheet.entries[good]
    table.sheet.enter(good, "99")
    table.sheet.take_back(OUTPUT, table.exercise.blank(good).index)
    assert table.sheet.entries[good] == before
    for _ in range(3):
        table.document.undo_stack.undo()
    assert (table.sheet.entries[good], table.sheet.state(good)) == (before, RIGHT)


@pytest.mark.parametrize("facts", [GRID, LINE, MARKS])
def test_the_solution_fills_everything_in_for_good(qapp, facts) -> None:
    table = Table(facts)
    name = next(blank.name for blank in table.exercise.blanks if not blank.mark or blank.answer)
    table.sheet.enter(name, wrong(table.exercise)[name] or "1")
    table.judge()
    table.sheet.reveal()
    assert table.sheet.solved
    assert table.sheet.highlights
    assert {table.sheet.state(name) for name in table.names} == {RIGHT}
    assert grade(table.exercise, table.sheet.entries).right
    table.document.undo_stack.undo()
    assert grade(table.exercise, table.sheet.entries).right
    assert {table.sheet.state(name) for name in table.names} == {RIGHT}


# --- marks ---------------------------------------------------------------------------------------


def test_marks_are_set_taken_away_and_undone(qapp) -> None:
    table = Table(MARKS)
    sheet, (first, second, *_) = table.sheet, table.exercise.blanks
    asked = sheet.of("x")
    sheet.set_mark("x", first.index, True)
    sheet.set_mark("x", second.index, True)
    sheet.set_mark("x", first.index, False)
    assert [asked.marked(blank.index) for blank in (first, second)] == [False, True]
    table.document.undo_stack.undo()
    assert [asked.marked(blank.index) for blank in (first, second)] == [True, True]
    sheet.set_mark(OUTPUT, first.index, True)
    sheet.set_mark("x", (99, 99, 0), True)
    assert sum(map(bool, sheet.entries.values())) == 2


def test_a_mark_that_was_right_can_be_taken_away_again(qapp) -> None:
    table = Table(MARKS)
    one = next(blank for blank in table.exercise.blanks if blank.answer)
    table.sheet.set_mark("x", one.index, True)
    table.judge()
    assert table.sheet.state(one.name) == RIGHT
    table.sheet.set_mark("x", one.index, False)
    assert (table.sheet.entries[one.name], table.sheet.state(one.name)) == ("", EMPTY)


@pytest.mark.parametrize("shape", EXERCISES)
def test_with_only_the_last_step_left_every_exercise_can_be_done(qapp, shape) -> None:
    kind = EXERCISES[shape]
    for seed in range(4):
        faded = with_stage((shape, kind, 1, seed), LAST_STEP).exercise()
        marks = any(blank.mark for blank in faded.blanks)
        assert marks or len(faded.blanks) == 1
        assert faded.workings == (bool(faded.at) and not marks)
        entries = right(faded)
        assert any(entries.values()), f"nothing to fill in, seed {seed}"
        assert grade(faded, entries).right
        empty = dict.fromkeys(entries, "")
        assert not grade(faded, empty).right


# --- what the board does not tell ----------------------------------------------------------------


def told(page: PracticeDriver) -> Iterator[tuple[str, str]]:
    """Go through all that the exercise's half of the page shows and says, each with its place.

    Cells that are given, and so not asked for, are left out.
    """
    sheet, exercise = page.sheet, page.exercise
    for grid in page.page.board.findChildren(GridView):
        if not grid.isVisible():
            continue
        model, name = grid.model(), grid.objectName()
        port = name.partition("[")[0]
        yield name, grid.accessibleName()
        for row, column in itertools.product(range(model.rowCount()), range(model.columnCount())):
            if isinstance(grid, TensorGrid):
                at = grid.tensor_model.tensor_index(row, column)
                if sheet.blank_at(port, at) is None and (port != OUTPUT or not hidden(exercise)):
                    continue
            for role in SAYING:
                yield f"{name}[{row},{column}]", str(model.index(row, column).data(role) or "")
    for part in page.page.centre.findChildren(QWidget):
        if part.isVisible():
            texts = [part.toolTip(), part.accessibleName()]
            texts += [part.text()] if isinstance(part, QLabel) else []
            yield from ((f"{type(part).__name__} {part.objectName()!r}", text) for text in texts)


def hidden(exercise: Exercise) -> bool:
    """Say whether nothing is to be seen of the output."""
    return OUTPUT in exercise.hidden_ports


def given_away(page: PracticeDriver) -> list[str]:
    """Return what tells an answer that stands nowhere among the numbers that are given."""
    answers = secret(page)
    codes = {label.text() for label in page.page.findChildren(QLabel, "exercise_code")}
    return [
        f"{place} tells {number:g}: {text!r}"
        for place, text in told(page)
        if not any(code in text for code in codes)
        for number in said_numbers(text)
        if any(numbers.agree(number, answer) for answer in answers)
    ]


def secret(page: PracticeDriver) -> list[float]:
    """Return the answers that stand in no cell that is given."""
    seen = set()
    for grid in page.page.board.findChildren(TensorGrid):
        port, model = grid.objectName().partition("[")[0], grid.tensor_model
        for row, column in itertools.product(range(model.rowCount()), range(model.columnCount())):
            at, number = model.tensor_index(row, column), model.number(row, column)
            if grid.isVisible() and number is not None and not page.sheet.blank_at(port, at):
                seen.add(number)
    found = distinctive(page.exercise).values()
    return [answer for answer in found if not any(numbers.agree(one, answer) for one in seen)]


def marks_told(page: PracticeDriver) -> set[object]:
    """Return how the cells that can be marked look and sound: alike, as long as none is marked."""
    found: set[object] = set()
    for blank in (blank for blank in page.exercise.blanks if blank.mark):
        for grid in page.page.board.findChildren(TensorGrid):
            cell = grid.tensor_model.cell_of(blank.index)
            if grid.objectName().partition("[")[0] == blank.port and cell:
                value = grid.tensor_model.number(*cell)
                said = words.say(
                    "layers.unmarked_at",
                    value=value,
                    row=blank.index[0],
                    column=_column(blank.index),
                )
                spoken = grid.tensor_model.index(*cell).data(ROLE.AccessibleTextRole)
                found.add((grid.mark(*cell), spoken == said or spoken))
    return found


def _column(at: tuple[int, ...]) -> int:
    return at[1] if len(at) > 1 else 0


def opened(qtbot: QtBot, shape: str, kind: str) -> PracticeDriver:
    page = practice_page(qtbot)
    made = telling(shape, kind)
    page.set_one((shape, kind, made.level, made.seed))
    return page


@pytest.mark.parametrize("shape", EXERCISES)
def test_nothing_on_the_board_gives_away_what_is_asked(qtbot, shape) -> None:
    page = opened(qtbot, shape, EXERCISES[shape])
    assert not given_away(page)
    assert len(marks_told(page)) <= 1
    places = [b for b in page.exercise.blanks if page.sheet.blank_at(b.port, b.index)]
    for blank in places[:: max(len(places) // 6, 1)]:  # nor with the keyboard at one of the cells
        page.page.board.go_to(blank.port, blank.index)
        settle()
        assert not given_away(page), blank.name
        assert len(marks_told(page)) <= 1, blank.name
    for hint in range(2):
        page.click("hint")
        assert not given_away(page), hint
        for grid in page.page.board.findChildren(GridView):
            if grid.isVisible():
                hover(page, grid)


def hover(page: PracticeDriver, grid: GridView) -> None:
    """Point at the first cell of a grid and at the last one."""
    model = grid.model()
    for cell in ((0, 0), (model.rowCount() - 1, model.columnCount() - 1)):
        page.qtbot.mouseMove(grid.viewport(), grid.visualRect(model.index(*cell)).center())
        settle()
        assert not given_away(page), (grid.objectName(), cell)
        assert len(marks_told(page)) <= 1, (grid.objectName(), cell)


@pytest.mark.parametrize("shape", EXERCISES)
def test_what_is_said_of_wrong_answers_gives_no_right_one_away(qapp, shape) -> None:
    exercise = telling(shape, EXERCISES[shape])
    secrets = distinctive(exercise).values()
    known = [
        {name: numbers.exact(number) for name, number in outcome.entries.items()}
        for outcome in exercise.outcomes
    ]
    for entries in (wrong(exercise), *known):
        found = grade(exercise, entries)
        written = [numbers.parse(text) for text in entries.values() if text]
        told = [numbers.parse(str(v)) for v in exercise.tensors["x"].flat] + written
        for name, state in found.cells.items():
            text = about_cell(exercise, found, entries, name) if state == WRONG else {}
            for side, number in ((s, n) for s in text for n in said_numbers(text[s])):
                shown = any(numbers.agree(number, other) for other in told)
                away = any(numbers.agree(number, answer) for answer in secrets)
                assert shown or not away, (name, text[side], entries)


@pytest.mark.parametrize("kind", kinds("output_size"))
def test_an_output_whose_size_is_asked_for_is_not_to_be_seen(qtbot, kind) -> None:
    page = practice_page(qtbot)
    for level in range(6):
        exercise = page.set_one(("output_size", kind, level, 1))
        rows, columns = exercise.layer.output_shape(shapes_of(exercise.tensors))[:2]
        size = f"{rows}×{columns}"
        given = {"×".join(map(str, np.shape(t)[:2])) for t in exercise.tensors.values()}
        names = [g.objectName() for g in page.page.board.findChildren(GridView) if g.isVisible()]
        assert not [name for name in names if name.partition("[")[0] == OUTPUT]
        if size not in given and size not in exercise.prompt["en"]:
            assert not [(place, text) for place, text in told(page) if size in text]


def test_the_board_is_dark_until_the_first_hint(qtbot) -> None:
    page = opened(qtbot, "whole_output", "conv2d")
    grid = page.page.board.findChild(TensorGrid, "x")

    def highlighted() -> int:
        model = grid.tensor_model
        cells = itertools.product(range(model.rowCount()), range(model.columnCount()))
        return sum(bool(grid.mark(*cell)) for cell in cells)

    hover(page, page.page.board.findChild(TensorGrid, "output"))
    assert highlighted() == 0
    page.click("hint")
    assert highlighted() == page.exercise.tensors["kernel"][..., 0].size
    page.page.drill.set_one(*GRID)
    settle()
    assert highlighted() == 0


def test_a_map_that_is_to_be_matched_does_not_highlight_a_filter(qtbot) -> None:
    page = opened(qtbot, "match_filter", "conv2d")
    page.click("hint")
    outputs = [g for g in page.page.board.findChildren(TensorGrid) if "output" in g.objectName()]
    kernels = [g for g in page.page.board.findChildren(TensorGrid) if "kernel" in g.objectName()]
    for grid in outputs:
        page.qtbot.mouseMove(grid.viewport(), grid.visualRect(grid.model().index(1, 1)).center())
        settle()
        for kernel in kernels:
            cells = itertools.product(range(3), range(3))
            assert not any(kernel.mark(*cell) for cell in cells), (
                grid.objectName(),
                "is highlighted",
            )


def test_what_is_right_is_no_longer_hidden(table) -> None:
    good, bad, empty = judged(table)
    at = {name: table.exercise.blank(name).index for name in (good, bad, empty)}
    assert [table.sheet.hides(at[name]) for name in (good, bad, empty)] == [False, True, True]
    table.sheet.reveal()
    assert not any(table.sheet.hides(place) for place in at.values())


def test_a_shown_exercise_has_its_products_worked_out(qapp) -> None:
    table = Table()
    assert not table.sheet.worked_out
    table.sheet.reveal()
    assert table.sheet.worked_out
    faded = with_stage(GRID, LAST_STEP).exercise()
    table.sheet.begin(faded)
    assert table.sheet.workings
    assert table.sheet.worked_out
    assert len(table.sheet.asked) == 1
