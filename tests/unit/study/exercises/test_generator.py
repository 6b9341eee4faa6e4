from __future__ import annotations

import os
import subprocess
import sys
from itertools import product

import numpy as np
import pytest

from cnn_tutor.engine.layers.conv2d import Conv2D
from cnn_tutor.engine.registry import layer_kinds
from cnn_tutor.study import numbers
from cnn_tutor.study.exercise import NoExercise
from cnn_tutor.study.exercises import Exercise, generate, kinds, shapes
from cnn_tutor.study.exercises.shape import apart
from cnn_tutor.study.mistakes.catalogue import catalogue
from tests.unit.engine.toys import Growing, Scaled, Single, Unready, known
from tests.unit.study.exercises.answers import output
from tests.unit.study.exercises.many import LONG, many

VALUES = ("one_output_cell", "whole_output")
OWN = ("stages_of_a_cell", "pool_winner", "dropout_mask", "spot_the_error")
SEEDS = {} if LONG else {"seeds": 8}


def told_apart(exercise):
    """Check that each main mistake leads to a number of its own, and none to the answers."""
    seen, here = {}, (exercise.shape, exercise.kind, exercise.level, exercise.seed)
    answers = {blank.name: blank.answer for blank in exercise.blanks}
    for outcome in exercise.outcomes:
        assert outcome.entries.keys() <= answers.keys(), here
        if not catalogue()[outcome.mistake].main:
            continue
        wrong = {
            (name, round(number, 6))
            for name, number in outcome.entries.items()
            if not numbers.agree(number, answers[name])
        }
        assert wrong, (*here, outcome.mistake)
        if not outcome.aside:
            first = seen.setdefault(frozenset(wrong), outcome.mistake)
            assert first == outcome.mistake, (*here, first, outcome.mistake)


@pytest.mark.parametrize("shape", VALUES)
@pytest.mark.long
def test_answers_are_right_and_tell_mistakes_apart(shape):
    for exercise in many(shape, **SEEDS):
        right = output(exercise)
        told_apart(exercise)
        for blank in exercise.blanks:
            assert blank.name == f"output[{','.join(map(str, blank.index))}]"
            assert blank.port == "output"
            assert blank.answer == pytest.approx(right[blank.index], rel=1e-12, abs=1e-12)
        if shape == "one_output_cell":
            assert [blank.index for blank in exercise.blanks] == [exercise.at]
        else:
            assert len(exercise.blanks) == right.size or right.size > 36
            assert len(exercise.blanks) <= 36


def test_stages_lead_to_the_output():
    for exercise in many("stages_of_a_cell", **SEEDS):
        told_apart(exercise)
        stages = {blank.name: blank.answer for blank in exercise.blanks}
        right = float(output(exercise)[exercise.at])
        name = f"output[{','.join(map(str, exercise.at))}]"
        assert stages.pop(name) == pytest.approx(right, rel=1e-12, abs=1e-12)
        rectified = stages.pop("activation", None)
        weighed = exercise.kind in ("conv2d", "dense")
        assert (rectified is None) == (not weighed or exercise.level <= 2)
        assert rectified is None or rectified == max(right, 0)
        if not weighed:
            continue
        bias = exercise.tensors["bias"][exercise.at[-1]]
        ports = {blank.port for blank in exercise.blanks}
        assert ports <= {"products", "steps", "output", ""}
        if stages:
            assert sum(stages.values()) + bias == pytest.approx(right)
        channels = exercise.tensors["x"].shape[2:]
        assert bool(stages) == (exercise.level <= 2 or max(channels, default=1) > 1)


def test_half_of_the_stages_end_below_zero():
    below = [
        generate("stages_of_a_cell", kind, level, seed).blanks[-1].answer == 0
        for kind, level, seed in product(("conv2d", "dense"), (3, 4, 5), range(20))
    ]
    assert 0.25 < np.mean(below) < 0.75


def test_what_a_mistake_makes_of_a_product_it_carries_on_to_the_sum():
    exercise = generate("stages_of_a_cell", "conv2d", 1, 3)
    for outcome in exercise.outcomes:
        stages = {b.name: outcome.entries.get(b.name, b.answer) for b in exercise.blanks}
        total = stages.pop(exercise.blanks[-1].name)
        assert outcome.mistake in ("mean_taken", "largest_product", "centre_only") or (
            sum(stages.values()) == total
        ), outcome.mistake
    flipped = next(o for o in exercise.outcomes if o.mistake == "flipped_kernel")
    products = [b.name for b in exercise.blanks[:-1]]
    i, j, f = exercise.at
    x, kernel = exercise.tensors["x"], exercise.tensors["kernel"]
    for n, (u, v) in enumerate(product(range(3), repeat=2)):
        wrong = x[i + u, j + v, 0] * kernel[2 - u, 2 - v, 0, f]
        name = products[n]
        assert flipped.entries.get(name, exercise.blank(name).answer) == wrong


def test_one_cell_alone_has_won_its_window():
    for exercise in many("pool_winner", **SEEDS):
        told_apart(exercise)
        x, channel = exercise.tensors["x"], exercise.at[-1]
        (winner,) = [blank.index for blank in exercise.blanks if blank.answer]
        assert winner[-1] == channel
        assert len(exercise.blanks) == x.shape[0] * x.shape[1]
        assert x[winner] == output(exercise)[exercise.at]
        read = [c.index for c in exercise.layer.explain(exercise.tensors, exercise.at).cells("x")]
        assert winner in read
        assert sum(x[cell] == x[winner] for cell in read) == 1
        for outcome in exercise.outcomes:
            assert outcome.together
            held = [name for name, mark in outcome.entries.items() if mark]
            assert len(held) == 1
            cell = exercise.blank(held[0]).index
            wanted = {
                "pool_smallest": min(x[c] for c in read),
                "pool_top_left": x[read[0]],
                "pool_absolute": max((x[c] for c in read), key=abs),
                "pool_global": x[..., channel].max(),
            }
            if outcome.mistake in wanted:
                assert abs(x[cell]) == abs(wanted[outcome.mistake]), outcome.mistake
            else:
                assert outcome.mistake == "pool_overlapped"
                i, j, _ = exercise.at
                height, width = exercise.layer.pool_size
                top, left = (w.before for w in exercise.layer.windows({"x": x.shape}))
                there = x[max(i - top, 0) : i - top + height, max(j - left, 0) : j - left + width]
                assert x[cell] == there[..., channel].max()


def test_masks_are_asked_for_as_well_as_outputs():
    ports = []
    for exercise in many("dropout_mask", **(SEEDS if LONG else {"seeds": 25})):
        told_apart(exercise)
        x, mask, right = exercise.tensors["x"], exercise.tensors["mask"], output(exercise)
        port = exercise.blanks[0].port
        ports.append(port)
        asked = right if port == "output" else mask
        assert [b.answer for b in exercise.blanks] == pytest.approx(asked.ravel().tolist())
        assert {0, 1} == set(mask.ravel().tolist())
        if port == "mask":
            assert exercise.layer.training
            assert x.all()
            assert exercise.blank_ports == (port,)  # or the mask would show the answer
            (inverted,) = exercise.outcomes
            assert inverted.together
            assert list(inverted.entries.values()) == (1 - mask).ravel().tolist()
    assert 0.3 < ports.count("mask") / len(ports) < 0.7


def test_one_cell_is_wrong_by_a_known_mistake():
    for exercise in many("spot_the_error", **SEEDS):
        assert apart(exercise)
        right, shown = output(exercise), exercise.shown["output"]
        (at,) = [blank.index for blank in exercise.blanks if blank.answer]
        assert np.argwhere(~np.isclose(right, shown)).tolist() == [list(at)]
        assert not numbers.agree(shown[at], right[at])
        assert 2 <= len(exercise.blanks) <= 36
        assert all(blank.mark and blank.port == "output" for blank in exercise.blanks)
        assert not exercise.at  # else the board would point at it


def test_padding_is_read_and_rows_are_not_columns_where_that_can_be_asked():
    for level, seed in product((2, 3, 4), range(5)):
        exercise = generate("one_output_cell", "conv2d", level, seed)
        i, j, _ = exercise.at
        assert i != j
        found = {outcome.mistake for outcome in exercise.outcomes}
        assert {"edge_copied", "row_column_swapped"} <= found


def test_kinds_that_nobody_knows_are_asked_about_at_once():
    with known(Scaled, Growing):
        for shape in VALUES:
            assert {"scaled", "growing"} <= set(kinds(shape))
            exercise = generate(shape, "scaled", 0, 1)
            for blank in exercise.blanks:
                assert blank.answer == 3 * exercise.tensors["x"][blank.index]
            assert "scaled" in exercise.prompt["en"]
        for shape in OWN:
            assert "scaled" not in kinds(shape)


def test_a_kind_that_can_not_be_asked_about_is_refused():
    with known(Unready, Single):
        for kind, shape in product(("unready", "single"), VALUES):
            with pytest.raises(NoExercise, match="can't be asked"):
                generate(shape, kind, 0, 0)
        for kind, shape in product(("unready", "single"), OWN):
            assert kind not in kinds(shape)


SLIDING = {"conv2d", "max_pooling2d", "average_pooling2d"}
WHOLE = {"global_max_pooling2d", "global_average_pooling2d"}
ASKED = {
    "one_output_cell": set(layer_kinds()),
    "whole_output": set(layer_kinds()),
    "shape_chain": set(layer_kinds()),
    "pool_winner": {"max_pooling2d", "global_max_pooling2d"},
    "dropout_mask": {"dropout"},
    "output_size": SLIDING,
    "receptive_field": SLIDING | WHOLE,
    "outputs_reached": SLIDING | WHOLE,
    "parameter_count": {"conv2d", "dense"},
    "find_filter": {"conv2d", "dense"},
    "missing_inputs": {
        *("conv2d", "dense", "average_pooling2d", "global_average_pooling2d", "flatten", "dropout")
    },
    "flatten_position": {"flatten"},
    "match_filter": {"conv2d"},
}


@pytest.mark.parametrize("shape", ASKED)
def test_a_shape_is_asked_of_the_kinds_that_have_what_it_needs(shape):
    assert set(kinds(shape)) == ASKED[shape]


def test_stages_and_errors_are_asked_of_the_kinds_of_the_decks():
    assert {"conv2d", "dense"} <= set(kinds("stages_of_a_cell"))
    assert SLIDING | {"dense", "dropout"} <= set(kinds("spot_the_error"))


@pytest.mark.parametrize("shape", ["match_filter", "output_size", "receptive_field"])
def test_a_new_kind_that_has_what_a_shape_needs_is_asked_at_once(shape):
    class Copycat(Conv2D):
        kind = "copycat"

    with known(Copycat, Scaled):
        assert "copycat" in kinds(shape)
        assert "scaled" not in kinds(shape)
        assert generate(shape, "copycat", 5, 0).evidence
    with known(Scaled, Single):
        assert "scaled" in kinds("missing_inputs")
        assert "single" not in kinds("missing_inputs")


# --- the same again -------------------------------------------------------------------------------

SEED = 7


def digest(exercise: Exercise) -> list[object]:
    """Return what can be seen of an exercise."""
    tensors = {port: np.asarray(tensor).tolist() for port, tensor in exercise.tensors.items()}
    shown = {port: np.asarray(tensor).tolist() for port, tensor in exercise.shown.items()}
    blanks = [(b.name, b.answer, dict(b.label)) for b in exercise.blanks]
    told = (dict(exercise.prompt), dict(exercise.rule), exercise.given, exercise.at)
    return [repr(exercise.layer), tensors, shown, blanks, told, exercise.evidence]


def every() -> str:
    """Return one exercise of every shape and kind, as text."""
    return repr(
        [
            (shape, kind, digest(generate(shape, kind, level % 6, SEED)))
            for shape in sorted(shapes())
            for level, kind in enumerate(kinds(shape))
        ]
    )


def test_an_exercise_is_the_same_again():
    assert every() == every()


def test_other_seeds_give_other_exercises():
    for shape in shapes():
        for kind in kinds(shape):
            seen = {repr(digest(generate(shape, kind, 4, seed))) for seed in range(6)}
            assert len(seen) > 3, (shape, kind)


def test_another_process_makes_the_same():
    code = "from tests.unit.study.exercises.test_generator import every; print(every())"
    # Another hash of every name, and so another order of every set.
    changed = {**os.environ, "PYTHONHASHSEED": "12345"}
    done = subprocess.run(
        [sys.executable, "-c", code], env=changed, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == every()
