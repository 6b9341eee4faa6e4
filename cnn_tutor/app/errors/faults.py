"""The unexpected errors of a run, each kind once."""

from __future__ import annotations

import re
import traceback
from pathlib import Path
from types import TracebackType

KINDS_LIMIT = 20
"""Kinds of error that are told apart; what comes after them is only counted."""

_LINES_LIMIT = 120
"""Lines of a traceback that are kept."""

_ON_THE_WAY = r"Error calling Python override of [\w:]+\(\): "


class Fault:
    """An error that nobody caught: one line on what it is, its traceback, how often it came."""

    def __init__(self, name: str, traceback: str) -> None:
        self.name, self.traceback, self.times = name, traceback, 1


class Faults:
    """Tells errors apart by their type, where they were raised and how they were come to."""

    def __init__(self) -> None:
        self._kinds: dict[tuple[object, ...], Fault] = {}
        self.others = 0
        """How many errors came that are not among :attr:`list`."""

    @property
    def list(self) -> tuple[Fault, ...]:
        """All kinds, the first one first: it is the likeliest cause of the others."""
        return tuple(self._kinds.values())

    def add(self, error: BaseException) -> Fault | None:
        """Count an error; return it if it is the first of its kind."""
        key = type(error), *_places(error.__traceback__)
        if key in self._kinds:
            self._kinds[key].times += 1
        elif len(self._kinds) >= KINDS_LIMIT:
            self.others += 1
        else:
            self._kinds[key] = Fault(one_line(error), _written(error))
            return self._kinds[key]
        return None


def one_line(error: BaseException) -> str:
    """Say what an error is and where it was raised."""
    said = " ".join(_plain(str(error)).split())[:300]
    places = _places(error.__traceback__)
    where = f" ({Path(places[-1][0]).name}:{places[-1][1]})" if places else ""
    return f"{type(error).__name__}{': ' if said else ''}{said}{where}"


def _plain(text: str) -> str:
    """Leave out what PySide puts before the words of an error, once for each method it crosses."""
    return re.sub(_ON_THE_WAY, "", text)


def _written(error: BaseException) -> str:
    lines = _plain("".join(traceback.format_exception(error))).rstrip().split("\n")
    if len(lines) > _LINES_LIMIT:
        half = _LINES_LIMIT // 2
        lines[half:-half] = [f"  … {len(lines) - 2 * half} lines …"]
    return "\n".join(lines)


def _places(trace: TracebackType | None) -> tuple[tuple[str, int], ...]:
    """Return file and line of where an error was let through last, and of where it was raised."""
    if trace is None:
        return ()
    raised = trace
    while raised.tb_next is not None:
        raised = raised.tb_next
    return tuple((t.tb_frame.f_code.co_filename, t.tb_lineno) for t in (trace, raised))
