"""The list says how far each lesson has come and what is due, and opens what is clicked."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QListWidgetItem
from pytestqt.qtbot import QtBot

from cnn_tutor.app.chapters.chapter_list import ChapterList
from cnn_tutor.app.keyed_list import KEY
from cnn_tutor.app.style import language
from cnn_tutor.study import words
from cnn_tutor.study.boards.presets import presets
from cnn_tutor.study.exam import EXAM
from cnn_tutor.study.lessons.library import Library
from cnn_tutor.study.lessons.progress import Progress
from cnn_tutor.study.practice import PRACTICE, RESULTS

LESSON = "lesson_convolution"


@pytest.fixture
def chapters(qtbot: QtBot) -> ChapterList:
    chapters = ChapterList(Library(), Progress())
    qtbot.addWidget(chapters)
    return chapters


def item(chapters: ChapterList, key: str) -> QListWidgetItem:
    found = chapters.of_key(key)
    assert found is not None
    return found


def spoken(chapters: ChapterList, key: str) -> str:
    return item(chapters, key).data(Qt.ItemDataRole.AccessibleTextRole)


def test_everything_stands_under_its_heading(chapters: ChapterList) -> None:
    keys = [entry.data(KEY) for entry in chapters.all_items()]
    assert [key for key in keys if key] == [*Library(), PRACTICE, EXAM, RESULTS, *presets()]
    groups = {preset.group for preset in presets().values()}
    assert keys.count(None) == 2 + len(groups)
    assert item(chapters, LESSON).text().startswith("1 ")


def test_a_lesson_says_how_far_it_has_come(chapters: ChapterList) -> None:
    steps = [step.key for step in Library()[LESSON].lesson.steps]
    chapters.progress.visit(LESSON, steps[0], steps)
    for done, said in ((1, "lessons.so_far"), (len(steps), "lessons.finished")):
        for step in steps[:done]:
            chapters.progress.finish(LESSON, step)
        chapters.show_progress()
        assert words.say(said, done=done, count=len(steps)) in spoken(chapters, LESSON)
        assert words.say(said, done=done, count=len(steps)) in item(chapters, LESSON).toolTip()


def test_what_is_due_is_said_in_every_language(chapters: ChapterList) -> None:
    chapters.show_due(2)
    for code in words.LANGUAGES:
        language.apply(code)
        QApplication.processEvents()
        assert words.say("results.reviews", left=2) in spoken(chapters, PRACTICE)
    chapters.show_due(0)
    assert spoken(chapters, PRACTICE) == item(chapters, PRACTICE).text()


def test_a_click_opens_a_chapter_and_no_heading(chapters: ChapterList) -> None:
    chosen: list[str] = []
    chapters.chosen.connect(chosen.append)
    chapters.itemClicked.emit(chapters.item(0))
    chapters.itemClicked.emit(item(chapters, "blur"))
    assert chosen == ["blur"]


def test_what_is_only_passed_with_the_arrows_is_not_open(chapters: ChapterList) -> None:
    chapters.show_chapter("blur")
    chapters.setCurrentItem(item(chapters, LESSON))
    chapters.clearFocus()
    chapters.show_chapter("blur")
    assert chapters.currentItem() is item(chapters, "blur")
    chapters.show_chapter("no_such_chapter")
    assert chapters.currentItem() is None
