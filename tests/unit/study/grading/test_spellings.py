"""However a number is spelled, it is graded by what it is worth.

Each spelling is put into an exercise where it is right and into ones where it is wrong.
"""

from __future__ import annotations

import pytest

from cnn_tutor.study.exercise import Outcome
from cnn_tutor.study.grading.grading import grade
from tests.helpers.made_up import exercise

# What each of them is worth is written down by hand.
SPELLINGS: dict[float, tuple[str, ...]] = {
    3: (
        "3", "+3", " 3", "3 ", "\t3", "3\n", "3.", "3.0", "3.00", "3,0", "3,", "03", "3e0", "3E0",
        "３", "＋３", "３．", "３．０", "３，０", "３。０", "３、０", "3。", "\u30003\u3000",
        "3\u00a0", "\u20093", "\u202f3", "\u200b3", "\ufeff3", "\u200e3", "+ 3", "＋ ３", "﹢3",
        "6/2", "６／２", "9 / 3", "-6/-2", "−6/−2", "6÷2", "0.3e1", "30e-1", "3,000000", "3.000",
        "3.0000", "３．０００",
    ),
    -3: (
        "-3", "−3", "－3", "－３", "–3", "—3", "―3", "‐3", "‑3", "‒3", "﹣3", "﹘3", "ー3", "ー３",
        "ｰ3", "─3", "━3", "➖3", "⁻3", "₋3", "˗3", "- 3", "− 3", "ー　３", " -3 ", "-3.", "-3.0",
        "-3,0", "−３．０", "-03", "-6/2", "6/-2", "−６／２", "- 6 / 2", "ー6/2", "-3e0", "-.3e1",
        "\u202a-3\u202c",
    ),
    0: (
        "0", "０", "-0", "−0", "ー0", "+0", "0.0", "0,0", "００", "0/5", ".0", "0.", "0e5", "0.000",
    ),
    0.5: (
        "0.5", ".5", "０．５", "．５", "0,5", ",5", "０，５", "0。5", "０。５", "0、5", "1/2",
        "１／２", "1 / 2", "1⁄2", "1∕2", "1÷2", "2/4", "-1/-2", "+.5", "＋０．５", "0.50", "0.500",
        "5e-1", "5E−1", "00.5", "0,500", "0.5000", "½", "0½",
    ),
    -0.5: (
        "-0.5", "−0.5", "－０．５", "ー０．５", "-.5", "−.5", "-0,5", "-1/2", "−1／2", "1/-2",
        "-5e-1", "−½", "ー½",
    ),
    1.5: (
        "1.5", "1,5", "１．５", "１，５", "１。５", "1、5", "3/2", "３／２", "15e-1", "1.50",
        "1,50", "+1,5", "1½", "１½", "1 ½",
    ),
    1 / 3: (
        "1/3", "１／３", "1 / 3", "１　／　３", "2/6", "0.33", "0.333", "0,33", ".33", "０．３３",
        "33e-2",
    ),
    -1 / 3: ("-1/3", "−1／3", "ー１／３", "1/-3", "-0.33", "−０．３３３", "-,33", "- 1 / 3"),
    1234: (
        "1234", "１２３４", "1 234", "1\u2009234", "1\u202f234", "1\u00a0234", "1234.0", "1.234e3",
    ),
    1234.5: (
        "1234.5", "1,234.5", "1.234,5", "1 234.5", "1 234,5", "1\u202f234,5", "１，２３４．５",
        "1234,5", "+1,234.50",
    ),
    1234567: (
        "1234567", "1,234,567", "1.234.567", "1 234 567", "１，２３４，５６７",
        "1\u2009234\u2009567", "1,234,567.0", "1.234.567,0", "1234567.", "1.234567e6",
    ),
    1234567.5: ("1.234.567,5", "1,234,567.5", "1 234 567,5", "2469135/2", "1234567.50"),
    -1234567: ("-1,234,567", "−1.234.567", "ー1 234 567", "－１，２３４，５６７"),
    1500: ("1500", "1.5e3", "1.5E+3", "1,5e3", "15e2", "1500.0", "3000/2"),
}  # fmt: skip

NO_NUMBERS = (
    "nan", "NaN", "inf", "-inf", "Infinity", "∞", "1_000", "1'000", "3²", "２²", "²", "１２月",
    "3個", "3 cells", "three", "three.", "five", "三", "五", "Ⅲ", "III", "iii", "③", "٣", "३",
    "1/0", "１／０", "0/0", "1/", "/3", "1//3", "1/2/3", "--3", "−−3", "ーー3", "+-3", "-+3", "3-",
    "3+", "3−", "-", "−", "ー", "+", ".", ",", "．", "。", "、", "/", "／", "e", "e3", "3e",
    "1e400", "1..5", "1.5.2", "1,5,2", "1 2", "1　2", "12 34", "3 -3", "2+1", "1+2", "3*1", "3x",
    "x", "?", "？", "…", "=3", "3=3", "(3)", "0x3", "0b11", "3j", "3f", "5%", "$3", "#3", "3;",
    "3:", "1:3", "1・5", "1･5", "½½", "√9", "π", "None", "True", "[3]", "{3}", "3\u00003", "３ｘ３",
    "3×3", "1.234,567.8", "1,00,000", "192.168.0.1",
)  # fmt: skip

BLANK = ("", " ", "   ", "\t", "\n", "\u3000", "\u00a0", "\u3000 \u2009")

AMBIGUOUS: dict[str, tuple[float, float]] = {
    "1,000": (1000, 1), "１，０００": (1000, 1), "1、000": (1000, 1), "-1,000": (-1000, -1),
    "−1,500": (-1500, -1.5), "ー１，５００": (-1500, -1.5), "12,345": (12345, 12.345),
    "999,999": (999999, 999.999), "+1,234": (1234, 1.234), " 1,000 ": (1000, 1),
    "1 , 000": (1000, 1), "1,000/2": (500, 0.5),
}  # fmt: skip

SPELLED = [(text, value) for value, texts in SPELLINGS.items() for text in texts]


def state(text: str, answer: float) -> str:
    near = exercise({"a": answer}, [Outcome("no_such_mistake", {"b": 0.0})])
    return grade(near, {"a": text}).cells["a"]


def test_there_are_many_of_them() -> None:
    assert len({text for text, _ in SPELLED}) == len(SPELLED) >= 200
    assert len(set(NO_NUMBERS)) == len(NO_NUMBERS) >= 80


@pytest.mark.parametrize(("text", "value"), SPELLED)
def test_a_right_number_is_right_however_it_is_spelled(text: str, value: float) -> None:
    assert state(text, value) == "right"


@pytest.mark.parametrize(("text", "value"), SPELLED)
def test_a_wrong_number_is_wrong_however_it_is_spelled(text: str, value: float) -> None:
    others = {*SPELLINGS, -value, value + 1, value * 10, value * 1000, value / 10, value / 1000}
    others |= {float(n) for n in range(10)} | {4 / 3, 0.05, 0.03, 5.0, 15.0, 33.0}
    for other in others:
        if abs(other - value) > 0.01:
            assert state(text, other) == "wrong", other


@pytest.mark.parametrize("text", NO_NUMBERS)
@pytest.mark.parametrize("answer", [*range(-3, 4), 9, 12, 33, 0.5, 1 / 3, 1000])
def test_what_is_no_number_is_neither_right_nor_wrong(text: str, answer: float) -> None:
    assert state(text, answer) == "not_a_number"


@pytest.mark.parametrize("text", BLANK)
def test_a_blank_is_empty(text: str) -> None:
    assert state(text, 0) == state(text, 3) == "empty"


@pytest.mark.parametrize(("text", "readings"), AMBIGUOUS.items())
def test_what_can_be_two_numbers_is_asked_about(text: str, readings: tuple[float, float]) -> None:
    """Even where neither is right: the question must not tell which one is."""
    for answer in (*readings, 3.0):
        result = grade(exercise({"a": answer}), {"a": text})
        assert result.cells["a"] == "not_a_number"
        values = result.doubts["a"].values
        if "/" not in text:
            assert result.doubts["a"].reason == "ambiguous_number"
            assert (values["first"], values["second"]) == readings
