"""Every mistake that has a name."""

from __future__ import annotations

from cnn_tutor.study import words
from cnn_tutor.study.mistakes.catalogue import catalogue


def test_every_mistake_is_named_and_told_in_both_languages() -> None:
    for key, mistake in catalogue().items():
        assert mistake.id == key
        assert set(mistake.name) == set(mistake.says) == set(words.LANGUAGES)
        assert mistake.prior > 0
        assert not (mistake.slip and mistake.main)
    assert {key for key, mistake in catalogue().items() if mistake.slip} == {
        "term_omitted",
        "sign_slipped",
    }
