"""How long the longest of many numbers is, without writing each of them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from cnn_tutor.engine.arrays import Array

_DIGITS = 12
"""Digits of a number that is not whole; see ``numbers.plain``."""

_WHOLE = 2.0**53
"""Whole numbers from this on are not written whole; see ``numbers.plain``."""

_SMALLEST, _LARGEST = 1e-280, 1e280
"""Between these a number's digits can be worked out in its own type."""

_NINES = 10.0**_DIGITS - 5 * 10.0 ** np.arange(_DIGITS - 2, -1, -1)
"""9.5, 9.95, 9.995 and so on, as the digits of a number: each of them becomes a power of ten when
it is rounded to one digit less."""


def longest(values: Array, write: Callable[[float], str]) -> int:
    """Return the length of the longest text of some numbers, and 1 if there are none.

    ``write`` is ``numbers.brief`` or ``numbers.show``. How long a text is follows from a few
    things, so that of all numbers that have these in common only one is written: the sign, the
    power of ten, how many digits there are, to what rounding changes the power of ten, and whether
    it is whole.
    """
    numbers = np.asarray(values, np.float64).ravel()
    size = np.abs(numbers)
    plain = (size > _SMALLEST) & (size < _LARGEST)
    found = [np.unique(numbers[~plain])]
    numbers, size = numbers[plain], size[plain]
    power = np.floor(np.log10(size))
    scaled = size * 10.0 ** (_DIGITS - 1 - power)
    digits = np.rint(scaled)
    nines = np.searchsorted(_NINES, digits)
    # What lies where two roundings part is written; to tell which it is takes more digits.
    unsure = (np.abs(scaled - digits) > 0.499) | (np.append(_NINES, np.inf)[nines] == digits)
    found.append(np.unique(numbers[unsure | (nines == len(_NINES))]))
    whole = (numbers == np.trunc(numbers)) & (size < _WHOLE)
    alike = ((power.astype(np.int64) * 16 + _count(digits)) * 16 + nines) * 4
    alike += 2 * whole + (numbers < 0)
    found.append(numbers[_one_of_each(alike)])
    return max((len(write(number)) for number in np.concatenate(found).tolist()), default=1)


def _one_of_each(keys: Array) -> Array:
    """Return where one of each of some keys is: whole numbers that lie not far apart."""
    first = keys.min(initial=0)
    place = np.full(keys.max(initial=0) - first + 1, -1)
    place[keys - first] = np.arange(keys.size)
    return place[place >= 0]


def _count(digits: Array) -> Array:
    """Return how many digits numbers of ``_DIGITS`` have without the zeros at their end."""
    count, left, rest = (
        np.full(digits.shape, _DIGITS),
        np.arange(digits.size),
        digits.astype(np.int64),
    )
    for zeros in range(1, _DIGITS):
        left = left[rest[left] % 10**zeros == 0]
        count[left] -= 1
    return count
