"""How numbers are read and written: one parser and one printer for every place in the program."""

from __future__ import annotations

import math
import re
import unicodedata
from fractions import Fraction

import numpy as np

from cnn_tutor.engine.arrays import Array
from cnn_tutor.engine.errors import Refusal
from cnn_tutor.project import limits
from cnn_tutor.project.plain_text import harmless

MINUS = "\u2212"
"""The minus sign on the screen: as wide as a plus, never mistaken for a hyphen."""

UNKNOWN = "?"
"""What stands in the place of a number that is not known, or not told."""

_EXACT, _ROUNDED = 1e-9, 0.005
"""How far a number may be from a whole one, as a part of it, and from any other."""

BRIEF = 7
"""Letters of a number in a cell, unless it is whole."""

_MINUSES = dict.fromkeys(map(ord, "-‐‑‒–—―−－﹣﹘ーｰ─━⁻₋˗➖"), "-")
_PLUSES = dict.fromkeys(map(ord, "+＋﹢"), "+")
_POINTS = {
    ord("．"): ".",
    ord("。"): ".",
    ord("，"): ",",
    ord("、"): ",",
    ord("､"): ",",
    ord("｡"): ".",
}
_SLASHES = dict.fromkeys(map(ord, "/／⁄∕÷"), "/")
_DIGITS = {ord("０") + n: str(n) for n in range(10)} | {ord("ｅ"): "e", ord("Ｅ"): "e"}
_ONE_FORM = _MINUSES | _PLUSES | _POINTS | _SLASHES | _DIGITS

_AROUND = "\ufeff\u200b\u2060\u200e\u200f\u202a\u202c\u202d\u2066\u2068\u2069"
"""What comes along, unseen, at the ends of numbers that are copied: marks of a text's beginning, of
a break or of none, and of a direction from left to right."""

_VULGAR = "¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"

_UNSIGNED = r"(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?"
_NUMBER = re.compile(rf"[+-]?{_UNSIGNED}", re.ASCII)
_FRACTION = re.compile(rf"([+-]?{_UNSIGNED})/([+-]?{_UNSIGNED})", re.ASCII)
_MIXED = re.compile(rf"([+-]?)(\d*) ?([{_VULGAR}])", re.ASCII)
_GROUPED = re.compile(
    r"[+-]?[1-9]\d{0,2}(?:(?P<by>[,.])\d{3})(?:(?P=by)\d{3})*(?P<rest>(?!(?P=by))[,.]\d+)?",
    re.ASCII,
)
_SPACED = re.compile(r"[+-]? *[1-9]\d{0,2}(?: \d{3})+(?:[.,]\d+)?", re.ASCII)


class NotANumber(Refusal):
    """Text that is no finite number."""

    def __init__(self, text: str, reason: str = "not_a_number") -> None:
        super().__init__(reason, text=_said(text) or "…")


class AmbiguousNumber(Refusal):
    """Text that people read as different numbers, such as 1,000: ``readings`` are the two."""

    def __init__(self, text: str, readings: tuple[float, float]) -> None:
        first, second = readings
        super().__init__("ambiguous_number", text=_said(text), first=first, second=second)
        self.readings = readings


def parse(text: str, *, decimal_comma: bool = False) -> float:
    """Read a number the way people write it.

    Takes full-width digits, every kind of minus, spaces, a decimal comma and fractions like 1/3,
    ½ and 1½. Digits of other scripts, raised ones and ones in circles are none.
    ``decimal_comma`` says that the reader's country writes 1,5 for one and a half, which makes
    ``1.000`` doubtful; without it ``1,000`` is.

    Raises:
        NotANumber: for anything else, and for what is too large or, but for 0, too small.
        AmbiguousNumber: where it can't be known which number is meant.
    """
    if len(text) > limits.MAX_NUMBER_LETTERS:
        raise NotANumber(text)
    plain = _without_blanks(text.translate(_ONE_FORM))
    doubtful = "." if decimal_comma else ","
    group = rf"(?<![\d.,])([1-9]\d{{0,2}}){re.escape(doubtful)}(\d{{3}})(?![\d.,])"
    if re.search(group, plain):
        first, second = (_value(re.sub(group, by, plain)) for by in (r"\1\2", r"\1.\2"))
        if first is None or second is None:
            raise NotANumber(text)
        raise AmbiguousNumber(text, (_float(text, first), _float(text, second)))
    grouped = _GROUPED.fullmatch(plain)
    if grouped and (grouped["rest"] or plain.count(grouped["by"]) > 1):
        plain = plain.replace(grouped["by"], "")
    value = _value(plain.replace(",", "."))
    if value is None:
        raise NotANumber(text)
    return _float(text, value)


def agree(written: float, value: float) -> bool:
    """Say whether a number that a learner wrote is the right one.

    A whole number has to be met (to 1e-9 of it, for what a computer leaves over); any other also
    by what it is when rounded to two decimals, or nearer to it than that.
    """
    whole = float(round(value)) if math.isfinite(value) else value
    if math.isclose(value, whole, rel_tol=_EXACT, abs_tol=_EXACT):
        return math.isclose(written, value, rel_tol=_EXACT, abs_tol=2 * _EXACT)
    return abs(written - value) <= _ROUNDED + _EXACT


def agreeing(written: Array, values: Array) -> Array:
    """Return :func:`agree` of each of many numbers; nothing agrees with one that is not known."""
    off = np.abs(written - values)
    exact = np.maximum(2 * _EXACT, _EXACT * np.maximum(np.abs(written), np.abs(values)))
    whole = np.abs(values - np.rint(values)) <= np.maximum(_EXACT, _EXACT * np.abs(values))
    return np.asarray(off <= np.where(whole, exact, _ROUNDED + _EXACT))


def show(value: float) -> str:
    """Write a number for the screen: whole numbers whole, others to 12 digits, a wide minus.

    One that is not known, which is NaN here, is written as a question mark.
    """
    return UNKNOWN if value != value else plain(value).replace("-", MINUS)


def plain(value: float) -> str:
    """Write a number as :func:`show` does, with the keyboard's minus: for editors and tables."""
    try:
        number = float(value)
    except OverflowError:  # a whole number of hundreds of digits
        return f"{'-' * (value < 0)}1e+{int(math.log10(abs(value)))}"
    if number.is_integer() and abs(number) < 2**53:
        return str(int(number))
    return f"{number:.12g}"


def exact(value: float) -> str:
    """Write a number so that reading it gives it back to the last bit: for the clipboard."""
    value = float(value)
    return str(int(value)) if value.is_integer() and abs(value) < 2**53 else repr(value)


def brief(value: float) -> str:
    """Write a number as it stands in a cell: whole ones in full, others in a few letters.

    What is cut says so, as :func:`shorten` does.
    """
    return show(value) if float(value).is_integer() else shorten(value, BRIEF)


def shorten(value: float, letters: int) -> str:
    """Write a number in about ``letters`` letters, and never pass off a cut one as the whole.

    An ellipsis at the end says that digits follow; ≈ that a power of ten stands for the rest.
    """
    full = show(value)
    if len(full) <= letters:
        return full
    cut = full[: max(letters - 1, 0)]
    if "e" not in full and "." in cut[:-1] and any(digit in "123456789" for digit in cut):
        return cut + "…"
    for digits in range(letters, -1, -1):
        short = re.sub(r"e([+-])0?", r"e\1", f"{value:.{digits}e}").replace("e+", "e")
        if len(short) < letters or digits == 0:
            break
    return "≈" + short.replace("-", MINUS)


def rounded(value: float, digits: int) -> str:
    """Write a number with a few digits, for a chart whose numbers stand in full elsewhere.

    ≈ says that it is not the whole of it.
    """
    short = show(float(f"{value:.{digits}g}"))
    return short if short == show(value) else f"≈{short}"


def _value(plain: str) -> Fraction | None:
    """Return what a plain number or fraction is worth, exactly; None for anything else."""
    mixed = _MIXED.fullmatch(plain)
    if mixed:
        sign, whole, part = mixed.groups()
        value = int(whole or 0) + Fraction(unicodedata.normalize("NFKC", part).replace("⁄", "/"))
        return -value if sign == "-" else value
    fraction = _FRACTION.fullmatch(plain)
    if fraction:
        over, under = map(Fraction, fraction.groups())
        return over / under if under else None
    return Fraction(plain) if _NUMBER.fullmatch(plain) else None


def _float(text: str, value: Fraction) -> float:
    try:
        number = float(value)
    except OverflowError:
        raise NotANumber(text, "not_finite") from None
    if value and not number:
        raise NotANumber(text, "vanishing")
    return number


def _said(text: str) -> str:
    return harmless(text[: limits.MAX_VALUE].strip(), limits.MAX_VALUE)[:20]


def _without_blanks(text: str) -> str:
    """Drop all blanks, but leave one that stands between two digits and parts no thousands.

    Inside, only blanks of some width are dropped: what begins a new line or column, and what turns
    the direction of the text, stays, and then this is no number.
    """
    inside = text
    while inside != (inner := inside.strip().strip(_AROUND)):
        inside = inner
    spaced = inside
    if not inside.isascii():
        spaced = "".join(" " if unicodedata.category(c) == "Zs" else c for c in inside)
    if _SPACED.fullmatch(spaced):
        return spaced.replace(" ", "")
    return re.sub(r"(?<!\d) | (?!\d)", "", re.sub(" +", " ", spaced))
