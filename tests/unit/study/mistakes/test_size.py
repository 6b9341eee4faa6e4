"""Wrong sizes, by the formulas of those who make the mistakes."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import product

import pytest

from cnn_tutor.engine.arrays import shapes_of
from cnn_tutor.engine.window import Window
from cnn_tutor.study import numbers
from cnn_tutor.study.exercises import generate, kinds
from cnn_tutor.study.exercises.generator import LEVELS
from cnn_tutor.study.grading.grading import grade
from cnn_tutor.study.mistakes import size
from tests.unit.study.exercises.many import LONG, axes, wrong


def formulas(n: int, k: int, s: int, p: int) -> dict[str, Fraction | int]:
    """The numbers that the mistakes lead to, with the same padding on both sides."""
    m = n + 2 * p - k
    found = {
        "size_no_plus_one": m // s,
        "size_input_copied": n,
        "size_kernel_copied": k,
        "size_kernel_kept": (n + 2 * p) // s + 1,
        "size_minus_one": m // s - 1,
        "size_stride_plus_one": m // (s + 1) + 1,
    }
    if k != s:
        found["size_kernel_stride_swapped"] = (n + 2 * p - s) // k + 1
    if p:
        found["size_padding_four_times"] = (n + 4 * p - k) // s + 1
        if n - 2 * p >= k:
            found["size_padding_subtracted"] = (n - 2 * p - k) // s + 1
        found["size_padding_once"] = (n + p - k) // s + 1
        found["size_padding_ignored"] = (n - k) // s + 1
    if s > 1:
        found["size_stride_ignored"] = m + 1
        found["size_input_divided"] = Fraction(n, s)
        found["size_one_inside"] = (m + 1) // s
        found["size_ceiling"] = math.ceil(Fraction(m, s)) + 1
        found["size_unrounded"] = Fraction(m, s) + 1
    return found


@pytest.mark.parametrize("n", range(3, 33 if LONG else 14))
def test_each_mistake_leads_to_the_number_of_its_formula(n):
    for k, s, p in product(range(1, min(n, 6) + 1), range(1, 5), range(4)):
        found = size.wrong(Window(n, k, s, 1, (p, p)))
        sizes = {mistake: steps[0].size for mistake, steps in found.items()}
        assert sizes == pytest.approx({m: float(v) for m, v in formulas(n, k, s, p).items()})
        assert all(len(steps) == 1 for steps in found.values())


def test_each_mistake_goes_through_all_steps():
    found = size.wrong(Window(7, 3, 2, 1, (2, 2)))
    told = {
        mistake: (way.padded, way.room, way.strides, way.size) for mistake, (way,) in found.items()
    }
    assert told == {
        "size_no_plus_one": (11, 8, 4, 4),
        "size_input_copied": (11, 8, 4, 7),
        "size_kernel_copied": (11, 8, 4, 3),
        "size_kernel_kept": (11, 11, 5, 6),
        "size_padding_once": (9, 6, 3, 4),
        "size_padding_ignored": (7, 4, 2, 3),
        "size_stride_ignored": (11, 8, 8, 9),
        "size_ceiling": (11, 8, 4, 5),
        "size_unrounded": (11, 8, 4, 5),
        "size_minus_one": (11, 8, 4, 3),
        "size_kernel_stride_swapped": (11, 9, 3, 4),
        "size_input_divided": (11, 8, 4, 3.5),
        "size_one_inside": (11, 8, 4, 4),
        "size_padding_four_times": (15, 12, 6, 7),
        "size_padding_subtracted": (3, 0, 0, 1),
        "size_stride_plus_one": (11, 8, 2, 3),
    }


def test_padding_on_one_side_may_be_either_sides():
    ways = size.wrong(Window(6, 3, 1, 1, (1, 2)))["size_padding_once"]
    assert [way.padded for way in ways] == [7, 8]
    assert "size_padding_once" not in size.wrong(Window(6, 3, 1, 1, (0, 1)))
    assert "size_padding_ignored" in size.wrong(Window(6, 3, 1, 1, (0, 1)))


def test_gaps_belong_to_what_is_subtracted_but_not_to_the_windows_size():
    found = size.wrong(Window(9, 3, 1, 2))
    assert found["size_no_plus_one"][0].size == 9 - 5
    assert found["size_kernel_copied"][0].size == 3
    assert found["size_dilation_ignored"][0].size == 9 - 3 + 1


def test_both_sides_are_multiplied_or_taken_for_each_other():
    windows = (Window(7, 3), Window(9, 3))
    found = {mistake: [one.size for one in steps] for mistake, _, steps in size.ways(windows)}
    assert found["size_sides_swapped"] == [7, 5]
    assert found["size_area"] == [35, 35]
    square = {mistake for mistake, _, _ in size.ways((Window(7, 3),))}
    assert "size_sides_swapped" not in square
    assert "size_area" in square


def test_an_exercise_has_them_along_both_sides():
    for level, seed in product(LEVELS, range(400 if LONG else 12)):
        exercise = generate("output_size", "conv2d", level, seed)
        sides = [
            formulas(n, k, s, before)
            for n, k, s, d, before, after in axes(exercise)
            if d == 1 and before == after
        ]
        if len(sides) < 2:
            continue
        blanks = ("size", "other_size")[: len(exercise.blanks) - 3]
        for mistake in dict.fromkeys((*sides[0], *sides[1])):
            (entries,) = wrong(exercise, mistake)
            for name, own in zip(blanks, sides, strict=False):
                answer = exercise.blank(name).answer
                number = float(own.get(mistake, answer))
                assert numbers.agree(entries.get(name, answer), number) or (
                    name not in entries and numbers.agree(answer, number)
                )


def test_what_is_said_holds_for_each_side():
    """Of one side's length or stride nothing may be told beside the other side's blank."""
    for kind, level in product(kinds("shape_chain"), LEVELS):
        assert not any(o.values for o in generate("shape_chain", kind, level, 1).outcomes)
    several = (
        generate("output_size", "conv2d", level, seed) for level in (4, 5) for seed in range(9)
    )
    for exercise in (one for one in several if len(one.blanks) > 4):
        windows = exercise.layer.windows(shapes_of(exercise.tensors))
        if windows[0] != windows[1]:
            assert any(not outcome.works for outcome in exercise.outcomes)


def test_a_size_is_told_with_its_arithmetic_from_what_is_given():
    found = size.wrong(Window(7, 3, 2, 1, (2, 2)))
    assert {mistake: way.work.get("size", "") for mistake, (way,) in found.items()} == {
        "size_no_plus_one": "⌊(7 + 2 + 2 − 3) ÷ 2⌋",
        "size_input_copied": "",
        "size_kernel_copied": "",
        "size_kernel_kept": "⌊(7 + 2 + 2) ÷ 2⌋ + 1",
        "size_minus_one": "⌊(7 + 2 + 2 − 3) ÷ 2⌋ − 1",
        "size_stride_plus_one": "⌊(7 + 2 + 2 − 3) ÷ 3⌋ + 1",
        "size_kernel_stride_swapped": "⌊(7 + 2 + 2 − 2) ÷ 3⌋ + 1",
        "size_padding_four_times": "⌊(7 + 4 + 4 − 3) ÷ 2⌋ + 1",
        "size_padding_subtracted": "⌊(7 − 2 − 2 − 3) ÷ 2⌋ + 1",
        "size_padding_ignored": "⌊(7 − 3) ÷ 2⌋ + 1",
        "size_padding_once": "⌊(7 + 2 − 3) ÷ 2⌋ + 1",
        "size_input_divided": "7 ÷ 2",
        "size_one_inside": "⌊(7 + 2 + 2 − 3 + 1) ÷ 2⌋",
        "size_stride_ignored": "7 + 2 + 2 − 3 + 1",
        "size_ceiling": "⌈(7 + 2 + 2 − 3) ÷ 2⌉ + 1",
        "size_unrounded": "(7 + 2 + 2 − 3) ÷ 2 + 1",
    }
    (once,) = found["size_padding_once"]
    assert (once.work["padded"], once.work["room"]) == ("7 + 2", "7 + 2 − 3")


def test_each_step_is_told_with_its_own_arithmetic():
    exercise = generate("output_size", "conv2d", 3, 5)
    (outcome,) = (o for o in exercise.outcomes if o.mistake == "size_padding_once")
    result = grade(exercise, {name: str(number) for name, number in outcome.entries.items()})
    told = result.mistakes[0].messages
    for name, number in outcome.entries.items():
        if name in ("padded", "room", "size"):
            assert f" = {number})" in told[name]["en"], name
