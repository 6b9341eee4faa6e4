"""What the report of an error says of where the learner was and what was done."""

from __future__ import annotations

import re

from cnn_tutor.app.errors import error_report
from cnn_tutor.app.errors.error_report import circumstances
from cnn_tutor.study.exercises.code import encode
from tests.helpers.practice_window import CELL


def edits(window, first: int, last: int) -> None:
    document = window.document
    at = document.project.address(document.project.network.nodes[-1].name, "x")
    for n in range(first, last):
        document.edit(at, {(0, 0, 0): float(n + 10)}, f"change {n}")


def test_the_last_commands_are_named_the_newest_last(window) -> None:
    edits(window, 0, 30)
    window.document.undo_stack.undo()
    named = re.findall(r"^  change (\d+)(.*)$", circumstances(window.parts), re.M)
    assert [int(n) for n, _ in named] == list(range(10, 30))
    assert [end for _, end in named][-2:] == ["", " (undone)"]


def test_the_exercise_is_named_by_its_code_and_what_was_written(window) -> None:
    assert "Last commands: none" in circumstances(window.parts)
    edits(window, 0, 1)
    window.practice.set_one(*CELL)
    sheet = window.practice.page.sheet
    sheet.enter(sheet.blanks[0].name, "3")
    report = circumstances(window.parts)
    assert f"Exercise: {encode(CELL)} (one_output_cell, conv2d)" in report
    assert "Page: practice" in report
    on_board, in_practice = report.split("Last commands on the board:")[1].split("in practice:")
    assert "change 0" in on_board
    assert in_practice.strip()


def test_what_cannot_be_found_out_is_a_question_mark(window, monkeypatch) -> None:
    def fail(*_: object) -> str:
        raise RuntimeError

    monkeypatch.setattr(error_report, "_exercise", fail)
    assert "Exercise: ?" in circumstances(window.parts)
