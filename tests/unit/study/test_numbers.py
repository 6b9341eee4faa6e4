"""Numbers as people write them, and as the program writes them back."""

from __future__ import annotations

import math
import re
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnn_tutor.engine.errors import Refusal
from cnn_tutor.project.limits import MAX_NUMBER_LETTERS
from cnn_tutor.study import numbers
from cnn_tutor.study.numbers import AmbiguousNumber, NotANumber, parse

FINITE = st.floats(allow_nan=False, allow_infinity=False)

READ = {
    3.0: [
        "3", "+3", " 3 ", "3.", "3.0", "03", "3,0", "3e0", "３", "＋３", "３．０", "6/2", "-6/-2",
        "\t3\n", "3\u00a0", "\u30003", "+ 3", "﹢3", "3。0", "3、0", "３，０", "9 / 3", "0.3/0.1",
        "3e309/1e309", "30ｅ−1", "\ufeff\u200b 3\u200b ", "\u200e3\u200f", "\u202d3\u202c",
        "\u20663\u2069", "3\u2060", "\u202a\u00a0\u200e\u30003\n\u202c", "\n3\r\n",
    ],
    -2.0: [
        "-2", "−2", "－２", "–2", "—2", "―2", "‐2", "‑2", "‒2", "﹣2", "﹘2", "ー2", "ｰ2", "─2",
        "━2", "⁻2", "₋2", "˗2", "➖2", "- 2", "−\u30002", "4/-2", "−４／２", "-.2e1", "-2E+0",
        "\u200e−2",
    ],
    0.5: [
        ".5", "0,5", ",5", "+.5", "1/2", "１／２", "1⁄2", "1∕2", "1÷2", "5E−1", "½", "+½", "０½",
        "．５", ".25e+1/5", "-1/-2",
    ],
    0.0: ["0", "-0", "−0.0", "-0/3", "0e5", "00", "0.000", "０", "0e-999"],
    1 / 3: ["1/3", " 1 / 3 ", "-1/−3"],
    -0.5: ["-½", "− ½", "－½"],
    1.5: ["1½", "1 ½", "１½", "+1½", "1\u00a0½", "１．５", "１，５", "１。５", "1、5", "15e-1"],
    -1 / 3: ["-1/3", "ー１／３", "1/-3", "- 1 / 3"],
    1234.0: ["1234", "１２３４", "1 234", "1\u2009234", "1\u202f234", "1.234e3"],
    1234.5: ["1,234.5", "1.234,5", "1 234.5", "1\u202f234,5", "１，２３４．５", "1234,5"],
    -1234567.0: ["-1,234,567", "−1.234.567", "ー1 234 567", "－１，２３４，５６７"],
    1234567.5: ["1.234.567,5", "1,234,567.5", "1 234 567,5", "2469135/2"],
    0.123: ["0.123", "0,123", ",123"],
    1.234: ["1.234"],
    1000.5: ["1000,500", "1000.500", "1,000.5", "1.000,5"],
}  # fmt: skip

REFUSED = [
    "", "\u3000", "-", "+", ".", "。", "/", "e", "e5", "abc", "x3", "3x", "3 apples", "三", "inf",
    "-inf", "Infinity", "nan", "NaN", "∞", "1e400", "-1e400", "9" * 400, "1e309/1", "1e308/1e-308",
    "1/0", "0/0", "1/0.0", "1/", "/2", "1/2/3", "1//2", "1/-", "--2", "+-2", "2-", "1-2", "1+2",
    "1*2", "2^3", "1e", "1e+", "1e1.5", "1e1e1", "1.2.3", "1,2,3", "1..2", ".,5", "1 2", "1\t2",
    "1\u30002", "1 22 333", "12 34", "1 2/3", "1 000 00", "0 001", "1,00,000", "1,234.567.8",
    "1_000", "1'000", "0x10", "0b1", "1j", "1f", "٣", "②", "²", "3²", "1:2", "(1)", "$5", "5%",
    "=1", "True", "½½", "½1", "1.5½", "1/2½", "1/½", "1 000½", "1e2½", "⅟2", "↉", "1-½", "1\n000",
    "1\r\n000", "1\t000", "1\u2028000", "1\x85000", "1/\n3", "-\n1", "1e-400", "1e-200/1e200",
    "1e-999", "1/1e309e5", "1e400/1e-1", "\u202e3", "3\u200b4", "3\u00ad", "1\u200e000",
    "\ufeff", "3\ufe0f\u20e3", "\U0001d7d1", "৩", "Ⅲ", "3\u200d", "\u061c3", "3\x00", "１２月",
    "3個", "1・5", "１２　３", "−−1", "1,2 3", "1.5 2",
]  # fmt: skip

# Each of these would be another number than its reader thinks.
DANGEROUS = [
    "1  2", "12  34", "1 \t2", "1 \u30002", "1\u00a0 2", "1 \n2", "192.168.100.1",
    "1.234,567.8", "1,234,567,8", "1.234.567.89", "0.123,4", "0,001.5", "000,123.4",
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "value"), [(text, value) for value, texts in READ.items() for text in texts]
)
def test_a_number_is_read_the_way_people_write_it(text: str, value: float) -> None:
    assert parse(text) == pytest.approx(value, rel=1e-15)
    assert math.copysign(1, parse(text)) == math.copysign(1, value)


@pytest.mark.parametrize("text", [*REFUSED, *DANGEROUS])
@pytest.mark.parametrize("decimal_comma", [False, True])
def test_what_is_no_number_is_refused(text: str, decimal_comma: bool) -> None:
    with pytest.raises(NotANumber) as refused:
        parse(text, decimal_comma=decimal_comma)
    assert refused.value.reason in ("not_a_number", "not_finite", "vanishing")
    assert len(str(refused.value.values["text"])) in range(1, 21)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        *((text, "vanishing") for text in ("1e-400", "-1e-400", "1e-200/1e200", "0.1e-330")),
        *((text, "not_finite") for text in ("1e400", "-1e309", "1e200/1e-200", "9" * 400)),
    ],
)
def test_what_a_float_cannot_hold_is_not_made_another_number(text: str, reason: str) -> None:
    with pytest.raises(NotANumber) as refused:
        parse(text)
    assert refused.value.reason == reason


def test_of_what_is_unseen_only_what_is_pasted_at_the_ends_is_dropped() -> None:
    every = [chr(n) for n in range(sys.maxunicode + 1) if unicodedata.category(chr(n)) == "Cf"]
    around = set("\ufeff\u200b\u2060\u200e\u200f\u202a\u202c\u202d\u2066\u2068\u2069")
    assert len(every) > 150
    for c in every:
        for text in (f"{c}3", f"3{c}"):
            if c in around:
                assert parse(text) == 3
            else:
                with pytest.raises(NotANumber):
                    parse(text)
        for text in (f"3{c}4", f"1{c}000", f"-{c}3", f"1{c}/3"):
            with pytest.raises(NotANumber):
                parse(text)


def test_only_plain_and_full_width_digits_are_digits() -> None:
    for c in map(chr, range(sys.maxunicode + 1)):
        if unicodedata.digit(c, None) is not None and c not in "0123456789０１２３４５６７８９":
            for text in (c, f"1{c}"):
                with pytest.raises(NotANumber):
                    parse(text)


def test_a_vulgar_fraction_is_what_unicode_says_it_is() -> None:
    found = [c for c in map(chr, range(sys.maxunicode + 1)) if 0 < unicodedata.numeric(c, 0) < 1]
    vulgar = [
        c
        for c in found
        if "FRACTION" in unicodedata.name(c) and "\u2044" in unicodedata.normalize("NFKC", c)
    ]
    assert len(vulgar) == 18
    for c in vulgar:
        assert parse(c) == pytest.approx(unicodedata.numeric(c), rel=1e-12)
        assert parse(f"-2{c}") == pytest.approx(-2 - unicodedata.numeric(c), rel=1e-12)


@pytest.mark.parametrize(
    ("text", "whole", "part"),
    [
        ("1,000", 1000, 1), ("-1,000", -1000, -1), ("−12,345", -12345, -12.345),
        ("１，５００", 1500, 1.5), ("999、999", 999999, 999.999), (" + 1 , 000 ", 1000, 1),
    ],
)  # fmt: skip
def test_one_comma_before_three_digits_is_doubtful(text: str, whole: float, part: float) -> None:
    with pytest.raises(AmbiguousNumber) as doubtful:
        parse(text)
    assert doubtful.value.readings == (whole, part)
    assert doubtful.value.values["first"] == whole
    assert doubtful.value.values["second"] == part
    assert parse(text, decimal_comma=True) == part


@pytest.mark.parametrize(
    ("text", "whole", "part"), [("1.000", 1000, 1), ("-12.345", -12345, -12.345)]
)
def test_where_a_comma_is_the_decimal_sign_it_is_the_point_that_is_doubtful(
    text: str, whole: float, part: float
) -> None:
    with pytest.raises(AmbiguousNumber) as doubtful:
        parse(text, decimal_comma=True)
    assert doubtful.value.readings == (whole, part)
    assert parse(text) == part


@pytest.mark.parametrize("text", ["1,000/2", "1/1,000", "-1,000/3", "1,000e2", "1,000e3/4"])
def test_what_is_doubtful_alone_is_not_settled_in_silence_in_a_fraction(text: str) -> None:
    with pytest.raises(Refusal):
        parse(text)


@given(st.text(max_size=12))
def test_any_text_is_a_finite_number_or_refused(text: str) -> None:
    try:
        value = parse(text)
    except (NotANumber, AmbiguousNumber):
        return
    assert math.isfinite(value)
    if value == 0:
        before, _, _ = unicodedata.normalize("NFKC", text).lower().partition("e")
        assert not re.search("[1-9]", before.partition("/")[0])


@given(st.text("0123456789 \u3000\t,.+-−/e１０，", max_size=10))
def test_two_groups_of_digits_are_one_number_only_as_thousands(text: str) -> None:
    try:
        parse(text)
    except Refusal:
        return
    digits = "".join(str(unicodedata.digit(c, " ")) if c.isdigit() else " " for c in text)
    blanks_only = [c for c in text.strip() if not c.isdigit()]
    if all(c.isspace() for c in blanks_only):
        assert all(len(group) == 3 for group in digits.split()[1:])


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"), (-0.0, "0"), (3.0, "3"), (-2.0, "−2"), (0.5, "0.5"), (-0.25, "−0.25"),
        (0.1 + 0.2, "0.3"), (1 / 3, "0.333333333333"),
        (1e6, "1000000"), (2.0**53 - 1, "9007199254740991"),
        (1e-7, "1e−07"), (-1e-300, "−1e−300"), (1e300, "1e+300"), (7, "7"),
        (123456.789, "123456.789"),
    ],
)  # fmt: skip
def test_a_number_is_shown_short_with_a_wide_minus(value: float, text: str) -> None:
    assert numbers.show(value) == text
    assert numbers.plain(value) == text.replace("−", "-")


@given(FINITE)
def test_what_is_shown_can_be_read_back(value: float) -> None:
    for text in (numbers.show(value), numbers.plain(value)):
        assert parse(text) == pytest.approx(value, rel=1e-11)


@given(FINITE)
def test_what_is_copied_is_read_back_to_the_last_bit(value: float) -> None:
    assert parse(numbers.exact(value)) == value


@given(st.integers(-(2**53) + 1, 2**53 - 1))
def test_whole_numbers_are_written_whole(value: int) -> None:
    assert numbers.exact(value) == numbers.plain(value) == str(value)


@pytest.mark.parametrize(
    ("value", "letters", "text"),
    [
        (3, 1, "3"), (-12, 3, "−12"), (0.125, 5, "0.125"), (0.125, 4, "0.1…"),
        (1 / 3, 6, "0.333…"),
        (-2.71828, 5, "−2.7…"), (12345, 4, "≈1e4"), (-98765, 5, "≈−1e5"), (0.00012, 5, "≈1e−4"),
        (0.00012, 6, "≈1e−4"), (123456789, 6, "≈1.2e8"), (0.04, 3, "≈4e−2"), (9.99, 3, "≈1e1"),
    ],
)  # fmt: skip
def test_a_number_that_is_cut_says_so(value: float, letters: int, text: str) -> None:
    assert numbers.shorten(value, letters) == text


@given(st.floats(-1e300, 1e300), st.integers(5, 20))
def test_a_shortened_number_is_whole_or_marked_and_never_far_too_long(
    value: float, letters: int
) -> None:
    text, full = numbers.shorten(value, letters), numbers.show(value)
    assert len(text) <= max(letters, len("≈−1e−300"))
    if len(full) <= letters:
        assert text == full
    elif text.endswith("…"):
        assert full.startswith(text[:-1])
        assert any(c in "123456789" for c in text)
        assert "." in text[:-2]
    else:
        assert text.startswith("≈")
        assert float(text[1:].replace("−", "-")) == pytest.approx(value, rel=0.51)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (3, "3"), (-12, "−12"), (123456789, "123456789"), (-1e15, "−1000000000000000"),
        (0.5, "0.5"), (-0.125, "−0.125"), (0.12345, "0.12345"), (1 / 3, "0.3333…"),
        (-1 / 3, "−0.333…"), (1234.5678, "1234.5…"), (123456.5, "≈1.23e5"), (1e-9, "1e−09"),
    ],
)  # fmt: skip
def test_a_number_in_a_cell_is_whole_or_cut_to_a_few_letters(value: float, text: str) -> None:
    assert numbers.brief(value) == text


@given(st.floats(-1e12, 1e12))
def test_what_stands_in_a_cell_says_when_it_is_not_all(value: float) -> None:
    text = numbers.brief(value)
    if value.is_integer():
        assert text == numbers.show(value)
    else:
        assert len(text) <= max(numbers.BRIEF, len("≈−1e−300"))
        assert text == numbers.show(value) or text.endswith("…") or text.startswith("≈")


@pytest.mark.parametrize(
    ("written", "value"),
    [
        (3, 3), (-12, -12), (0, 0), (0, -0.0), (3, 3 - 4e-16), (0, 1e-17), (1e15, 1e15),
        (0.5, 0.5), (0.33, 1 / 3), (0.333, 1 / 3), (0.3333, 1 / 3), (1 / 3, 1 / 3),
        (0.73, 0.7310586), (0.12, 0.125), (0.13, 0.125), (-0.67, -2 / 3), (0, 0.004), (2.5, 2.5),
    ],
)  # fmt: skip
def test_a_number_is_right_where_it_agrees_to_two_decimals(written: float, value: float) -> None:
    assert numbers.agree(written, value)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        (3.004, 3), (2.999, 3), (3, -3), (0.001, 0), (1e15 + 1e7, 1e15), (0.3, 1 / 3),
        (0.34, 1 / 3), (0.74, 0.7310586), (0.73, -0.73), (0.6, 2 / 3), (0.01, 0.004),
    ],
)  # fmt: skip
def test_a_number_that_is_further_off_is_wrong(written: float, value: float) -> None:
    assert not numbers.agree(written, value)


@given(st.floats(-1e9, 1e9))
def test_every_number_agrees_with_itself_and_with_what_is_shown_of_it(value: float) -> None:
    assert numbers.agree(value, value)
    assert numbers.agree(round(value, 2), value)
    assert numbers.agree(numbers.parse(numbers.show(value)), value)


def test_a_number_that_is_not_known_is_a_question_mark() -> None:
    assert numbers.show(float("nan")) == numbers.brief(float("nan")) == "?"


def test_a_number_of_more_letters_than_any_has_is_none() -> None:
    longest = "0" * (MAX_NUMBER_LETTERS - 1) + "7"
    assert parse(longest) == 7
    for monster in ("0" + longest, "0" * 10**8, " " * 10**8):
        with pytest.raises(NotANumber) as refused:
            parse(monster)
        assert len(str(refused.value)) < 60


@pytest.mark.parametrize(
    ("number", "shown"), [(10**400, "1e+400"), (-(10**400), "−1e+400"), (2**10000, "1e+3010")]
)
def test_a_whole_number_of_hundreds_of_digits_can_be_shown(number: int, shown: str) -> None:
    assert numbers.show(number) == shown


@pytest.mark.parametrize(
    ("value", "text"),
    [(20.0855369232, "≈20.09"), (-0.999987, "≈−1"), (0.25, "0.25"), (1 - 1e-16, "1"), (-3, "−3")],
)
def test_a_number_that_is_rounded_says_so(value: float, text: str) -> None:
    assert numbers.rounded(value, 4) == text
