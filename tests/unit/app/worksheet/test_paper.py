"""Sizes of paper."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QLocale

from cnn_tutor.app.worksheet import paper
from cnn_tutor.app.worksheet.ink import MM
from cnn_tutor.app.worksheet.paper import Paper, usual_paper
from cnn_tutor.study.practice.worksheet import PAPERS


def test_every_paper_has_the_sides_that_are_known() -> None:
    sides = {"a4": (210, 297), "letter": (215.9, 279.4), "b5": (182, 257), "a3": (297, 420)}
    assert set(sides) == set(PAPERS)
    for key, (width, height) in sides.items():
        assert Paper(key).page_width == pytest.approx(width * MM)
        assert Paper(key).page_height == pytest.approx(height * MM)
    assert Paper("letter").sides == "215.9 × 279.4 mm"


@pytest.mark.parametrize(
    ("locale", "usual"),
    [("ja_JP", "a4"), ("en_GB", "a4"), ("en_US", "letter"), ("fr_CA", "letter"), ("C", "a4")],
)
def test_letter_is_usual_in_america(monkeypatch, locale: str, usual: str) -> None:
    monkeypatch.setattr(paper.QLocale, "system", lambda: QLocale(locale))
    assert usual_paper() == usual
