"""Exercises that are opened, and answered, on the command line."""

from __future__ import annotations

import pytest

from cnn_tutor.study.exercises.code import encode
from tests.helpers.programs import one_line, tutor


@pytest.mark.parametrize("answer", ["29", "abc"])
def test_an_answer_can_be_given_on_the_command_line(tmp_path, answer: str) -> None:
    picture = tmp_path / "answered.png"
    code = encode(("one_output_cell", "conv2d", 3, 4))
    run = tutor("--open", code, "--answer", answer, "--screenshot", picture)
    assert (run.returncode, run.stderr.count("Traceback")) == (0, 0)
    assert picture.stat().st_size > 10_000


def test_answers_past_the_last_blank_are_refused(tmp_path) -> None:
    picture = tmp_path / "answered.png"
    code = encode(("one_output_cell", "conv2d", 3, 4))
    run = tutor("--open", code, "--answer", "29", "30", "--screenshot", picture, "--lang", "en")
    assert run.returncode == 2
    assert f"{code}: 2 answers are too many: this exercise has 1" in one_line(run.stderr)
    assert not picture.exists()


def test_a_code_of_what_the_decks_do_not_ask_is_a_fault(tmp_path) -> None:
    picture = tmp_path / "nothing.png"
    code = encode(("shape_chain", "relu", -1, 5))
    run = tutor("--open", code, "--screenshot", picture, "--lang", "en")
    assert run.returncode == 2
    assert f"{code}: This CNN Tutor has no such exercise." in one_line(run.stderr)
    assert not picture.exists()
