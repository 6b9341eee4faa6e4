"""Cells of a grid that the learner is asked for: what is announced of them, and how they look."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from cnn_tutor.engine.explanation import Index
from cnn_tutor.study import numbers, words
from cnn_tutor.widgets.grids.tensor_model import TensorModel
from tests.helpers.widgets import Key, Sheet, sheet

ROLE = Qt.ItemDataRole


@dataclass
class Asking:
    """What is asked, kept by hand: the entries by their index, and which of them are right.

    ``marks`` are the marked cells where marks are asked for.
    """

    entries: dict[Index, float | None]
    rights: dict[Index, bool] = field(default_factory=dict)
    marks: set[Index] | None = None

    def is_asked(self, at: Index) -> bool:
        return at in self.entries

    def entry(self, at: Index) -> float | None:
        return self.entries.get(at)

    def marked(self, at: Index) -> bool | None:
        return None if self.marks is None or at not in self.entries else at in self.marks

    def right(self, at: Index) -> bool | None:
        return self.rights.get(at)

    def shows(self, at: Index) -> bool:
        return at not in self.entries or bool(self.rights.get(at))


ASKING = Asking(
    {(0, 0, 0): None, (0, 1, 0): 5.0, (0, 2, 0): 3.0, (1, 0, 0): 8.0},
    {(0, 1, 0): False, (0, 2, 0): True},
)


def made(asking: Asking | None = ASKING) -> TensorModel:
    model = TensorModel(False)
    model.show(np.arange(1.0, 7).reshape(2, 3, 1), (0,), visible=ASKING.shows)
    model.ask(asking)
    return model


def asked_sheet(qtbot: QtBot) -> tuple[Sheet, list[tuple[Index, float]], list[Index]]:
    bench = sheet(qtbot, editable=False)
    answers: list[tuple[Index, float]] = []
    taken: list[Index] = []
    bench.grid.answered.connect(lambda at, number: answers.append((at, number)))
    bench.grid.taken_back.connect(taken.append)
    bench.grid.ask(Asking({(0, 0, 0): None, (1, 1, 0): None}))
    return bench, answers, taken


def test_a_cell_shows_what_was_written_and_says_how_it_stands(qtbot: QtBot) -> None:
    model = made()
    cells = ((0, 0), (0, 1), (0, 2), (1, 0))
    found = [model.index(*cell) for cell in cells]
    assert [index.data() for index in found] == ["?", "5", "3", "8"]
    assert [index.data(ROLE.EditRole) for index in found] == ["", "5", "3", "8"]
    keys = ["asked_at", "wrong_at", "answered_at", "written_at"]
    for (row, column), index, key, value in zip(cells, found, keys, (0, 5, 3, 8), strict=True):
        said = words.say(f"layers.{key}", row=row, column=column, value=value)
        assert index.data(ROLE.AccessibleTextRole) == index.data(ROLE.ToolTipRole) == said


def test_only_asked_cells_can_be_written_into(qtbot: QtBot) -> None:
    model = made()
    flag = Qt.ItemFlag.ItemIsEditable
    editable = [[bool(model.index(r, c).flags() & flag) for c in range(3)] for r in range(2)]
    assert editable == [[True, True, False], [True, False, False]]  # the third is right already
    assert not model.setData(model.index(1, 1), "7")
    with qtbot.waitSignal(model.answered) as answered:
        assert model.setData(model.index(0, 1), "１")
    assert answered.args == [(0, 1, 0), 1.0]
    with qtbot.waitSignal(model.refused), qtbot.assertNotEmitted(model.answered):
        assert not model.setData(model.index(0, 1), "one")


def test_it_is_said_that_what_is_asked_is_other_and_no_more_than_that(qtbot: QtBot) -> None:
    model = made(None)
    assert not model.asks
    with qtbot.assertNotEmitted(model.dataChanged):
        model.ask(None)
    for asking in (ASKING, ASKING, None):
        with qtbot.waitSignal(model.dataChanged):
            model.ask(asking)
    assert model.index(0, 0).data() == ""


def test_typing_answers_and_the_keyboard_stays(qtbot: QtBot) -> None:
    bench, answers, taken = asked_sheet(qtbot)
    bench.click(1, 1)
    bench.type("−7")
    bench.press(Key.Key_Return)
    assert answers == [((1, 1, 0), -7.0)]
    assert bench.at == (1, 1)
    bench.press(Key.Key_Delete)
    assert taken == [(1, 1, 0)]
    assert bench.edits == []
    bench.press(Key.Key_Return)
    assert bench.at == (2, 1)
    bench.press(Key.Key_Delete, Key.Key_Backspace)
    bench.type("1")
    assert [refusal.reason for *_, refusal in bench.refusals] == ["computed_cell"]
    assert taken == [(1, 1, 0)]


def test_the_wheel_and_drags_leave_asked_cells_alone(qtbot: QtBot) -> None:
    bench, answers, _ = asked_sheet(qtbot)
    bench.turn(0, 0, 120, Qt.KeyboardModifier.AltModifier)
    bench.drag((0, 0), (1, 1))
    bench.press(Key.Key_Up, modifiers=Qt.KeyboardModifier.ControlModifier)
    assert answers == []
    assert bench.edits == []


def test_tab_goes_on_from_an_entry_that_nobody_has_judged(qtbot: QtBot) -> None:
    bench = sheet(qtbot, editable=False)
    asking = Asking({(0, 0, 0): None, (0, 1, 0): None, (0, 2, 0): None})
    bench.grid.answered.connect(asking.entries.__setitem__)
    bench.grid.ask(asking)
    for column, number in enumerate((7.0, -2.0, 0.5)):
        assert bench.at == (0, column)
        bench.type(numbers.plain(number))
        bench.press(Key.Key_Tab)
        assert asking.entries[0, column, 0] == number
    assert bench.at == (1, 0)
    bench.press(Key.Key_Backtab)
    bench.type("x")  # what is refused has to be typed again in its place
    bench.press(Key.Key_Tab)
    assert bench.at == (0, 2)
    assert asking.entries[0, 2, 0] == 0.5
