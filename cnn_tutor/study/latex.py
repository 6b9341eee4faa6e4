"""Formulas as LaTeX for math mode: that of one output number, and that of the output's size."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cnn_tutor.engine.explanation import Explanation, Index, Step
from cnn_tutor.engine.window import Window
from cnn_tutor.study import numbers, words
from cnn_tutor.study.formula import Token, term_tokens

_POWER = re.compile(r"e([+-])0*(\d+)")


def formula(explanation: Explanation) -> str:
    """Return the formula of an output cell: y with its index, and an s for each step before it."""
    (*before, last) = explanation.steps
    lines = [(f"s_{{{n}}}", _step(step)) for n, step in enumerate(before, 1)]
    return _aligned([*lines, (f"y_{{{_index(explanation.output)}}}", _step(last))])


def size(windows: Sequence[Window]) -> str:
    """Return the formula of the output's size, for each side where its sides differ."""
    if len(set(windows)) == 1:
        return _aligned([(r"n_{\mathrm{out}}", _size(windows[0]))])
    sides = ("h", "w")
    return _aligned(
        [
            (rf"{side}_{{\mathrm{{out}}}}", _size(window))
            for side, window in zip(sides, windows, strict=True)
        ]
    )


def _aligned(lines: Sequence[tuple[str, str]]) -> str:
    """Write equations one under the other, equals signs below each other; a single one as it is."""
    if len(lines) == 1:
        ((left, right),) = lines
        return f"{left} = {right}"
    rows = " \\\\\n".join(f"{left} &= {right}" for left, right in lines)
    return f"\\begin{{aligned}}\n{rows}\n\\end{{aligned}}"


def _step(step: Step) -> str:
    template = words.table("folds")[step.fold]["latex"]
    listed = template["between"].strip() == ","
    terms = []
    for n, term in enumerate(step.terms):
        alone = len(term.factors) < 2 and abs(term.scale) == 1
        brackets = (n > 0 and not listed) or not alone
        terms.append("".join(_written(term_tokens(term, r" \cdot ", brackets))))
    folded = template["between"].join(terms)
    close = template["close"].format(count=len(step.terms))
    return f"{template['open']}{folded}{close} = {_number(numbers.show(step.value))}"


def _written(tokens: Iterator[Token]) -> Iterator[str]:
    return (_number(token.text) for token in tokens)


def _number(text: str) -> str:
    """Write a number, which may be in brackets or a sign alone, as LaTeX does."""
    plain = text.replace(numbers.MINUS, "-").replace("inf", r"\infty")
    return _POWER.sub(lambda power: rf" \times 10^{{{power[1].strip('+')}{power[2]}}}", plain)


def _index(index: Index) -> str:
    return ", ".join(map(str, index))


def _size(window: Window) -> str:
    before, after = window.pads
    pads = rf"2 \cdot {before}" if before == after else f"{before} + {after}"
    span = str(window.size)
    if window.dilation > 1:
        span = rf"({window.dilation} \cdot ({window.size} - 1) + 1)"
    share = rf"\frac{{{window.length} + {pads} - {span}}}{{{window.stride}}}"
    return rf"\left\lfloor {share} \right\rfloor + 1 = {window.positions}"
