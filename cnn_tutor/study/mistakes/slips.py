"""Slips, which are no misunderstandings: a term left out, a sign lost."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cnn_tutor.study.mistakes.case import Case
from cnn_tutor.study.mistakes.way import Way


def ways(case: Case) -> Iterator[Way]:
    """Go through the slips of each asked cell by itself; nobody makes the same in all of them."""
    products = case.products
    if products is None:
        return
    for n, right in enumerate(case.right):
        places = {t: k for k, t in reversed(list(enumerate(products.values[n].tolist())))}
        for t, k in places.items():
            if t:
                weight = tuple(products.places[n, k].tolist())
                for mistake, wrong in (
                    ("term_omitted", right - t),
                    ("sign_slipped", right - 2 * t),
                ):
                    numbers = np.full(len(case.cells), np.nan)
                    numbers[n] = wrong
                    yield Way(mistake, numbers, lit={products.port: (weight,)})
