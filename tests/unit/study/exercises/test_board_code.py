"""The code of a board's exercise opens the same exercise elsewhere, and nothing else opens any."""

from __future__ import annotations

import base64
import random
import zlib

import numpy as np
import pytest

from cnn_tutor.engine.explanation import OUTPUT
from cnn_tutor.engine.layers.conv2d import Conv2D
from cnn_tutor.engine.registry import layer_kinds
from cnn_tutor.study import words
from cnn_tutor.study.boards.presets import presets
from cnn_tutor.study.exercise import Exercise
from cnn_tutor.study.exercises import board_code, code, generate
from cnn_tutor.study.exercises.board_code import (
    LETTERS_LIMIT,
    exercise_of,
    exercise_over,
    is_board_code,
    is_code,
    shareable,
)
from cnn_tutor.study.exercises.code import CodeError
from tests.unit.study.exercises.test_board_exercise import CONV


def same(one: Exercise, other: Exercise) -> bool:
    numbers = one.tensors.keys() == other.tensors.keys() and all(
        np.array_equal(one.tensors[port], other.tensors[port]) for port in one.tensors
    )
    facts = [(e.layer, e.prompt, e.blanks, e.shape, e.kind) for e in (one, other)]
    return numbers and facts[0] == facts[1]


def of_preset(key: str, port: str = OUTPUT, count: int = 2) -> Exercise:
    project = presets()[key].project(np.random.default_rng(1))
    node = project.network.nodes[0]
    tensors = {**node.tensors, "x": project.x}
    whole = node.layer.forward(tensors) if port == OUTPUT else tensors[port]
    return exercise_over(node.layer, tensors, port, list(np.ndindex(whole.shape))[:count])


@pytest.mark.parametrize("port", [OUTPUT, "x", "kernel", "bias"])
def test_the_same_exercise_is_opened_elsewhere(port: str) -> None:
    exercise = of_preset("rgb", port, 1)
    assert same(exercise_of(shareable(exercise)), exercise)


@pytest.mark.parametrize("kind", list(layer_kinds()))
def test_boards_of_every_kind_have_codes(kind: str) -> None:
    for level in range(6):
        layer, tensors = layer_kinds()[kind].sample(np.random.default_rng(level), level)
        first = [next(np.ndindex(layer.forward(tensors).shape))]
        exercise = exercise_over(layer, tensors, OUTPUT, first)
        assert same(exercise_of(shareable(exercise)), exercise)


def test_a_code_is_short_enough_for_a_message() -> None:
    assert len(of_preset("convolution", count=9).board) < 500
    assert len(of_preset("rgb").board) < 700
    assert set(of_preset("rgb").board.removeprefix("CNNT")) <= set(code.LETTERS)


def test_it_is_read_however_it_was_typed() -> None:
    exercise = of_preset("convolution")
    lines = [exercise.board[n : n + 60] for n in range(0, len(exercise.board), 60)]
    for text in ("\n".join(lines), " - ".join(lines).lower(), f"  {exercise.board}  "):
        assert is_board_code(text)
        opened = exercise_of(text)
        assert same(opened, exercise)
        assert opened.board == exercise.board


def test_the_codes_of_other_exercises_are_what_they_were() -> None:
    short = code.encode(("whole_output", "conv2d", 2, 3))
    assert is_code(short)
    assert not is_board_code(short)
    assert same(exercise_of(short), generate("whole_output", "conv2d", 2, 3))
    assert code.encode(of_preset("rgb")) == of_preset("rgb").board


def refused(text: str) -> str:
    """Return why a text opens nothing, which is one sentence in either language."""
    with pytest.raises(CodeError) as error:
        exercise_of(text)
    for language in words.LANGUAGES:
        words.speak(language)
        said = words.explain(error.value)
        assert len(said) < 250
        assert "\n" not in said
    return error.value.reason


def test_a_mistyped_letter_is_noticed_wherever_it_is() -> None:
    right = of_preset("convolution").board
    rng = random.Random(0)
    for place in range(5, len(right)):
        other = rng.choice([letter for letter in code.LETTERS if letter != right[place]])
        text = right[:place] + other + right[place + 1 :]
        assert refused(text) == "code_mistyped", place


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (of_preset("convolution").board[:-9], "code_mistyped"),
        (of_preset("convolution").board + "ABC", "code_mistyped"),
        ("CNNT1" + "A" * 40, "code_mistyped"),
        ("CNNT1" + "!" * 40, "code_mistyped"),
        ("CNNT1" + "é" * 100_000, "code_mistyped"),
        ("CNNT2" + "A" * 40, "code_newer"),
        ("CNNT", "not_a_code"),
        ("hello", "not_a_code"),
        ("", "not_a_code"),
    ],
    ids=lambda text: text[:12],
)
def test_nonsense_gets_one_sentence(text: str, reason: str) -> None:
    assert refused(text) == reason


def coded(data: bytes) -> str:
    """Return a code with any content, as somebody could make one by hand."""
    packed = zlib.compress(data, 9)
    letters = base64.b32encode(zlib.crc32(packed).to_bytes(4, "big") + packed).decode().rstrip("=")
    rfc = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
    return "CNNT1" + letters.translate(str.maketrans(rfc, code.LETTERS))


PROJECT = (
    b'{"format":"cnn-tutor","version":1,"input":{"shape":[2,2,1],"values":[1,2,3,4]},'
    b'"nodes":[{"name":"a","kind":"relu","settings":{},"tensors":{}}]}'
)


def content(cells: bytes = b"[0]", port: bytes = b"output", project: bytes = PROJECT) -> bytes:
    return b'{"project":' + project + b',"port":"' + port + b'","cells":' + cells + b"}"


def test_what_is_made_by_hand_opens_only_if_it_is_sound() -> None:
    assert exercise_of(coded(content())).blanks[0].answer == 1
    for data in (
        content(b"[]"),
        content(b"[4]"),
        content(b"[-1]"),
        content(b"[0,0]"),
        content(port=b"kernel"),
        content(port=b"x"),
        content(project=PROJECT.replace(b"relu", b"telu")),
        content(project=PROJECT.replace(b"[2,2,1]", b"[9,9,9]")),
        content(project=b"3"),
        content(project=b'"a"'),
    ):
        assert refused(coded(data)) == "code_unknown", data
    assert refused(coded(b"[1]")) == "code_mistyped"


def test_what_grows_without_end_is_not_unpacked() -> None:
    assert refused(coded(b" " * 2**26)) == "code_mistyped"


def test_a_board_of_too_many_numbers_has_no_code_but_can_be_printed() -> None:
    x = np.random.default_rng(0).normal(size=(20, 20, 1))
    exercise = exercise_over(Conv2D(), {**CONV, "x": x}, OUTPUT, [(0, 0, 0)])
    with pytest.raises(CodeError) as error:
        shareable(exercise)
    assert error.value.values["most"] == LETTERS_LIMIT
    assert same(board_code.board_exercise(exercise.board), exercise)
