"""Codes of exercises: read out, typed, mistyped."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnn_tutor.engine.layer import Layer
from cnn_tutor.engine.registry import layer_kinds
from cnn_tutor.study import words
from cnn_tutor.study.exercises import code, generate, kinds, shapes
from cnn_tutor.study.exercises.code import LETTERS, CodeError, decode, encode, is_code
from tests.unit.engine.toys import Scaled, known

PAIRS = [(shape, kind) for shape in shapes() for kind in kinds(shape)]

facts = st.tuples(st.sampled_from(PAIRS), st.integers(-1, 5), st.integers(0, code.SEEDS - 1)).map(
    lambda found: (*found[0], found[1], found[2])
)


def reason(text: str) -> str:
    with pytest.raises(CodeError) as caught:
        decode(text)
    for language in words.LANGUAGES:
        words.speak(language)
        assert len(words.explain(caught.value)) > 10
    return caught.value.reason


@given(facts)
def test_a_code_opens_what_it_was_made_of(facts) -> None:
    assert decode(encode(facts)) == facts
    assert decode(encode(facts))._fields == ("shape", "kind", "level", "seed")


@given(facts)
def test_a_code_is_three_short_groups(facts) -> None:
    groups = encode(facts).split("-")
    assert [len(group) for group in groups] == [5, 5, 4]
    assert set("".join(groups)) <= set(LETTERS)
    assert not set("ILOU") & set(LETTERS)


@given(facts, st.integers(0, 13), st.sampled_from(LETTERS))
def test_one_wrong_letter_is_found(facts, place, letter) -> None:
    plain = encode(facts).replace("-", "")
    wrong = plain[:place] + letter + plain[place + 1 :]
    if wrong != plain:
        assert reason(wrong) == "code_mistyped"


@given(facts, st.integers(0, 13), st.integers(0, 13))
def test_two_letters_that_changed_places_are_found(facts, one, other) -> None:
    letters = list(encode(facts).replace("-", ""))
    letters[one], letters[other] = letters[other], letters[one]
    if "".join(letters) != encode(facts).replace("-", ""):
        assert reason("".join(letters)) == "code_mistyped"


@given(facts, st.data())
def test_it_may_be_typed_in_many_ways(facts, data) -> None:
    spelt = {"0": "0oO０ｏ", "1": "1iIlL１ｌ"}
    text = ""
    for letter in encode(facts):
        wide = chr(ord(letter) + 0xFEE0)
        text += data.draw(
            st.sampled_from(["", "-", " ", "　", "–", "—", "−", "ー", "ｰ", "‑", "\u200b", "\n"])
            if letter == "-"
            else st.sampled_from([*spelt.get(letter, ""), letter, letter.lower(), wide])
        )
    assert decode(text) == facts
    assert is_code(text)


@given(st.text())
def test_anything_else_is_refused_and_nothing_breaks(text) -> None:
    if is_code(text):
        return
    assert reason(text) == "not_a_code"


@pytest.mark.parametrize(
    "text", ["", "  ", "-----", "convolution", "1A3F0-00001-ZK", "U" * 14, "ﷺ" * 500, "1" * 5000]
)
def test_what_is_no_code(text) -> None:
    assert reason(text) == "not_a_code"


@pytest.mark.parametrize(("version", "why"), [(1, "code_older"), (3, "code_newer")])
def test_a_code_of_another_version(version, why, monkeypatch) -> None:
    monkeypatch.setattr(code, "VERSION", version)
    other = encode((*PAIRS[0], 2, 17))
    monkeypatch.undo()
    assert reason(other) == why


def test_a_kind_that_only_one_program_has() -> None:
    class Named(Scaled):
        kind = "named"

    with known(Named):
        for shape in shapes():
            if "named" in kinds(shape):
                text = encode((shape, "named", 0, 5))
                assert decode(text) == (shape, "named", 0, 5)
                break
        else:
            pytest.fail("no shape fits any layer")
    assert reason(text) == "code_unknown"


@pytest.mark.parametrize(("level", "seed"), [(-2, 0), (7, 0), (0, -1), (0, 2**30)])
def test_what_has_no_place_in_a_code(level, seed) -> None:
    with pytest.raises(ValueError, match="no code"):
        encode((*PAIRS[0], level, seed))


def test_no_two_shapes_over_any_kinds_share_a_code() -> None:
    toys = [getattr(kind, "kind", "") for kind in Layer.__subclasses__()]
    pairs = {(shape, kind) for shape in shapes() for kind in [*layer_kinds(), *toys]}
    assert len({code.name_hash(*pair) for pair in pairs}) == len(pairs)


def test_codes_on_paper_stay_good() -> None:
    assert encode(("one_output_cell", "conv2d", 0, 1)) == "2H33N-S0000-019Q"
    assert reason("1H33N-S0000-014W") == "code_older"


def test_an_exercise_has_the_code_of_its_facts() -> None:
    shape, kind = PAIRS[0]
    exercise = generate(shape, kind, 1, 7)
    assert encode(exercise) == encode((shape, kind, 1, 7))
    again = generate(*decode(encode(exercise)))
    assert again.prompt == exercise.prompt
