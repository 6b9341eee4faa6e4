"""What the tests of what is said have in common."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cnn_tutor.study import words


@pytest.fixture(params=words.LANGUAGES)
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    """The language that is spoken: each in turn."""
    before = words.language()
    words.speak(request.param)
    yield request.param
    words.speak(before)
