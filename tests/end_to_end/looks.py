"""The window, and the pairs of language and theme, in which pages are looked at and played."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest
from _pytest.mark import ParameterSet
from pytestqt.qtbot import QtBot

from cnn_tutor.app.main_window import MainWindow
from tests.helpers.lesson_window import opened

PAIRS = (("ja", "light"), ("en", "dark"), ("en", "light"), ("ja", "dark"))


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    """The window in the least size that all has to find room in."""
    return opened(qtbot, MainWindow(), 1280, 720)


def in_turn(cases: Iterable[tuple[str, ...]], every: int = 4) -> Iterator[ParameterSet]:
    """Give each case one pair of ``every`` so many; the others belong to the long run."""
    for place, case in enumerate(cases):
        for n, pair in enumerate(PAIRS):
            marks = () if n % every == place % every else pytest.mark.long
            yield pytest.param(*case, *pair, marks=marks, id="-".join((*case, *pair)))
