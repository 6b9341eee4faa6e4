"""A board to work at, the fixtures of the window, and a learner who has practised a while."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cnn_tutor.study.practice.record.store import Store
from tests.helpers import practised
from tests.helpers.driver import drive
from tests.helpers.practised import Practised
from tests.helpers.windows import _no_hurry, lesson, player, window

__all__ = ["_no_hurry", "drive", "lesson", "player", "window"]


@pytest.fixture
def store() -> Iterator[Store]:
    with Store.open(":memory:") as store:
        yield store


@pytest.fixture
def learner(store: Store, monkeypatch: pytest.MonkeyPatch) -> Practised:
    practised.call(monkeypatch)
    return practised.practised(store)
