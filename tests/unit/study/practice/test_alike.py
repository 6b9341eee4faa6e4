"""Which exercises ask the same, and which kinds of layer they are about."""

from __future__ import annotations

import pytest

from cnn_tutor.study.exercises.generator import generate
from cnn_tutor.study.practice.alike import asks, kinds_in, kinds_of, may_repeat


def test_the_same_facts_ask_the_same_and_other_numbers_do_not() -> None:
    facts = ("one_output_cell", "conv2d", 1)
    assert asks(generate(*facts, 1)) == asks(generate(*facts, 1))
    assert asks(generate(*facts, 1)) != asks(generate(*facts, 2))


def test_of_sizes_no_other_numbers_matter() -> None:
    made = [generate("output_size", "conv2d", 0, seed) for seed in range(60)]
    assert len({asks(one) for one in made}) < 40
    answers = {(one.prompt["en"], tuple(b.answer for b in one.blanks)) for one in made}
    assert len(answers) == len({asks(one) for one in made})


@pytest.mark.parametrize(
    ("facts", "repeats"),
    [
        (("one_output_cell", "conv2d", 3), False),
        (("one_output_cell", "relu", 0), True),
        (("output_size", "conv2d", 4), True),
        (("receptive_field", "conv2d", 4), True),
    ],
)
def test_many_numbers_are_never_drawn_again(facts, repeats) -> None:
    assert may_repeat(*facts) is repeats


def test_a_network_is_about_all_of_its_layers() -> None:
    assert kinds_in("one_output_cell", "conv2d", 2) == {"conv2d"}
    made = generate("shape_chain", "conv2d", 2, 1)
    assert len(kinds_of(made)) > 1
    assert kinds_of(made) <= kinds_in("shape_chain", "conv2d", 2) | kinds_of(made)
