"""What is in sight of an exercise: the cells that it asks for, and those that they are made of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRect
from pytestqt.qtbot import QtBot

from cnn_tutor.app.style import language
from cnn_tutor.engine.explanation import OUTPUT, Index
from cnn_tutor.pages.views.cells.layer_board import LayerBoard
from cnn_tutor.study import words
from cnn_tutor.study.exercise import Exercise
from cnn_tutor.study.exercises import kinds, shapes
from cnn_tutor.study.exercises.generator import LEVELS
from tests.helpers.drilling import Key, PracticeDriver, practice_page, right, wrong

PAGE = (1034, 683)
"""What a window of 1280×720 has for the page."""

HARD = 4
"""From this level on there are many planes."""


@pytest.fixture
def page(qtbot: QtBot) -> PracticeDriver:
    made = practice_page(qtbot)
    made.page.resize(*PAGE)
    return made


def in_sight(board: LayerBoard, port: str, at: Index) -> bool:
    """Say whether all of a cell can be seen."""
    place = board._find(port, at)
    if place is None:
        return False
    grid, row, column = place
    if not grid.isVisible():
        return False
    cell = grid.cell_rect(row, column)
    seen = QRect(grid.viewport().pos(), grid.viewport().size())
    part = cell & seen & grid.visibleRegion().boundingRect()
    return part.width() >= cell.width() - 2 and part.height() >= cell.height() - 2


def are_in_sight(board: LayerBoard, cells: list[tuple[str, Index]]) -> bool:
    """Say whether all cells of a plane can be seen, or the first of more than there is room for."""
    whole, room = QRect(), QRect()
    for cell in cells:
        place = board._find(*cell)
        assert place is not None
        grid, *at = place
        whole, room = whole | grid.cell_rect(*at), grid.viewport().rect()
    fits = whole.width() <= room.width() + 2 and whole.height() <= room.height() + 2
    return all(in_sight(board, *cell) for cell in (cells if fits else cells[:1]))


def read_by(exercise: Exercise, at: Index) -> Iterator[list[tuple[str, Index]]]:
    """Go through the cells of each plane that an output reads, the planes of one port at a time."""
    explanation = exercise.layer.explain(exercise.tensors, at)
    for port in exercise.layer.inputs:
        by_plane = defaultdict(list)
        for cell in explanation.cells(port):
            by_plane[cell.index[2:]].append((port, cell.index))
        yield list(by_plane.values())


def faults(page: PracticeDriver, when: str) -> list[str]:
    """Tell what should be in sight, and is not."""
    exercise, board = page.exercise, page.page.board
    found = []
    place = page.sheet.open
    if place is not None and not in_sight(board, *place):
        found.append(f"{place}")
    if place is not None and page.page.line.first_open is None:
        cell = board._find(*place)
        here = page.focus
        at = (here.currentIndex().row(), here.currentIndex().column()) if cell else None
        if cell is None or here is not cell[0] or at != cell[1:]:
            found.append(f"the keyboard is at {here}, {at}")
    at = place[1] if place is not None and place[0] == OUTPUT else exercise.at
    marked = any(blank.mark for blank in exercise.blanks)
    if at and not marked:
        for planes in read_by(exercise, at):
            known = [p for p in planes if all(board._find(*cell) for cell in p)]
            if known and not any(are_in_sight(board, p) for p in known):
                found.append(f"{known[0]} and the like, for {at}")
    for port, index in exercise.given:
        if not in_sight(board, port, index):
            found.append(f"given {port}{index}")
    facts = "/".join(map(str, exercise.facts))
    return [f"{facts}, {when}: {fault}" for fault in found]


@pytest.mark.parametrize("side", words.LANGUAGES)
@pytest.mark.parametrize("shape", shapes())
def test_what_is_asked_is_in_sight(page, shape, side) -> None:
    language.apply(side)
    found: list[str] = []
    for kind in kinds(shape):
        for level in LEVELS:
            exercise = page.set_one((shape, kind, level, len(side) + level))
            if not page.page.board.isVisible():
                continue
            found += faults(page, "at first")
            if level < HARD:
                continue
            for _ in range(3):
                page.press(Key.Key_H)
                found += faults(page, "with a hint")
            last = exercise.blanks[-1]
            page.fill({**right(exercise), last.name: wrong(exercise)[last.name]})
            page.press(Key.Key_Return)
            if page.drill.done:  # other numbers were right, too
                continue
            found += faults(page, "after a wrong answer")
    assert not found, "\n".join(found)
