"""Hostile text in practice: answers, learners' names and the codes of exercises."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit

from cnn_tutor.app.main_window import MainWindow
from cnn_tutor.engine.errors import Refusal
from cnn_tutor.project.plain_text import unseen
from cnn_tutor.study.exercises import code
from tests.helpers.foreign import HTML, assert_nothing_foreign
from tests.helpers.lesson_window import settle
from tests.unit.project.clear import explained
from tests.unit.project.mutants import LONG
from tests.unit.project.naughty import strings

TEXTS = strings() if LONG else [*HTML, *strings()[::40], *strings()[-23:]]


def test_a_naughty_answer_is_right_or_wrong_or_refused(window: MainWindow) -> None:
    window.open_chapter(code.encode(("output_size", "conv2d", 0, 3)))
    settle()
    page = window.practice.page
    for text in TEXTS:
        window.practice.answer([text])
        settle()
        assert_nothing_foreign(window)
    for box in page.findChildren(QLineEdit):
        assert box.maxLength() <= 40 or "spinbox" in box.objectName()


def test_a_naughty_name_of_a_learner_is_shown_as_it_is(window: MainWindow) -> None:
    window.open_chapter("results")
    settle()
    store = window.practice.store
    for text in TEXTS:
        try:
            learner = store.add_learner(text)
        except Refusal as refusal:
            explained(refusal)
            continue
        window.practice.use_learner(learner.id)
        settle()
        assert_nothing_foreign(window)
        assert not unseen(learner.name), ascii(learner.name)
    window.grab()


def test_a_naughty_code_opens_nothing(window: MainWindow) -> None:
    for text in TEXTS:
        with pytest.raises(Refusal) as refused:
            window.practice.open_code(text)
        explained(refused.value)
    assert not [n for n in window.findChildren(QLabel, "notice") if n.isVisible()]
