"""The list says how far each lesson has come, folds its groups, and opens what is clicked."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTreeWidgetItem
from pytestqt.qtbot import QtBot

from cnn_tutor.app.chapters.chapter_list import ChapterList
from cnn_tutor.app.keyed_list import KEY
from cnn_tutor.app.settings.preferences import Preferences
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
    chapters.resize(260, 600)
    chapters.show()
    return chapters


def item(chapters: ChapterList, key: str) -> QTreeWidgetItem:
    found = chapters.of_key(key)
    assert found is not None
    return found


def spoken(chapters: ChapterList, key: str) -> str:
    return item(chapters, key).data(0, Qt.ItemDataRole.AccessibleTextRole)


def test_everything_stands_under_its_heading(chapters: ChapterList) -> None:
    keys = [entry.data(0, KEY) for entry in chapters.all_items()]
    assert [key for key in keys if key] == [*Library(), PRACTICE, EXAM, RESULTS, *presets()]
    groups = {preset.group for preset in presets().values()}
    assert keys.count(None) == 3 + len(groups)
    assert item(chapters, LESSON).text(0).startswith("1 ")


def test_headings_count_and_are_spoken(chapters: ChapterList) -> None:
    heads = [chapters.topLevelItem(n) for n in range(chapters.topLevelItemCount())]
    said = [head.data(0, Qt.ItemDataRole.AccessibleTextRole) or head.text(0) for head in heads]
    count = len(Library())
    steps = [step.key for step in Library()[LESSON].lesson.steps]
    chapters.progress.visit(LESSON, steps[0], steps)
    for step in steps:
        chapters.progress.finish(LESSON, step)
    assert said == [
        f"Lessons, 0 of {count} finished", "Practice", f"Boards, {len(presets())} boards"
    ]  # fmt: skip
    chapters.show_progress()
    finished = heads[0].data(0, Qt.ItemDataRole.AccessibleTextRole)
    assert finished == f"Lessons, 1 of {count} finished"


def test_a_lesson_says_how_far_it_has_come(chapters: ChapterList) -> None:
    steps = [step.key for step in Library()[LESSON].lesson.steps]
    chapters.progress.visit(LESSON, steps[0], steps)
    for done, said in ((1, "lessons.so_far"), (len(steps), "lessons.finished")):
        for step in steps[:done]:
            chapters.progress.finish(LESSON, step)
        chapters.show_progress()
        assert words.say(said, done=done, count=len(steps)) in spoken(chapters, LESSON)
        assert words.say(said, done=done, count=len(steps)) in item(chapters, LESSON).toolTip(0)


def test_what_is_due_is_said_in_every_language(chapters: ChapterList) -> None:
    chapters.show_due(2)
    for code in words.LANGUAGES:
        language.apply(code)
        QApplication.processEvents()
        assert words.say("results.reviews", left=2) in spoken(chapters, PRACTICE)
    chapters.show_due(0)
    assert spoken(chapters, PRACTICE) == item(chapters, PRACTICE).text(0)


def click(chapters: ChapterList, at: QTreeWidgetItem) -> None:
    chapters.scrollToItem(at)
    place = chapters.visualItemRect(at).center()
    QTest.mouseClick(chapters.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_a_click_opens_a_chapter_and_no_heading(chapters: ChapterList) -> None:
    chosen: list[str] = []
    chapters.chosen.connect(chosen.append)
    click(chapters, item(chapters, "blur").parent())
    assert chosen == []
    click(chapters, item(chapters, "blur"))
    assert chosen == ["blur"]


def test_what_is_only_passed_with_the_arrows_is_not_open(chapters: ChapterList) -> None:
    chapters.show_chapter("blur")
    chapters.setFocus()
    QTest.keyClick(chapters, Qt.Key.Key_Up)
    assert chapters.currentItem() is item(chapters, "identity")
    chapters.clearFocus()
    assert chapters.currentItem() is item(chapters, "blur")
    chapters.show_chapter("no_such_chapter")
    assert chapters.currentItem() is None


def shown(chapters: ChapterList, key: str) -> bool:
    return not chapters.visualItemRect(item(chapters, key)).isEmpty()


def test_a_heading_folds_by_mouse_and_keys(chapters: ChapterList) -> None:
    assert shown(chapters, LESSON)
    assert not shown(chapters, "blur")  # boards are folded as long as nobody has opened them
    lessons, boards = item(chapters, LESSON).parent(), item(chapters, "blur").parent()
    click(chapters, boards)
    assert shown(chapters, "blur")
    click(chapters, boards)
    assert not shown(chapters, "blur")
    chapters.setFocus()
    QTest.keyClick(chapters, Qt.Key.Key_Home)
    assert chapters.currentItem() is lessons
    for keys, open_now in (
        (Qt.Key.Key_Left, False),
        (Qt.Key.Key_Right, True),
        (Qt.Key.Key_Return, False),
        (Qt.Key.Key_Space, True),
    ):
        QTest.keyClick(chapters, keys)
        assert shown(chapters, LESSON) == open_now, keys


def test_the_group_of_the_open_chapter_opens_and_is_folded_again(chapters: ChapterList) -> None:
    chapters.show_chapter("blur")
    assert shown(chapters, "blur")
    chapters.show_chapter(LESSON)
    assert not shown(chapters, "blur")
    assert chapters.currentItem() is item(chapters, LESSON)


def test_a_folded_group_that_has_the_open_chapter_shows_where_it_is(chapters: ChapterList) -> None:
    chapters.show_chapter(LESSON)
    click(chapters, item(chapters, LESSON).parent())
    chapters.show_chapter(LESSON)
    assert chapters.currentItem() is item(chapters, LESSON).parent()


def test_what_is_folded_is_remembered(qtbot: QtBot, preferences: Preferences) -> None:
    for open_now in (True, False):
        chapters = ChapterList(Library(), Progress(), preferences)
        qtbot.addWidget(chapters)
        chapters.show()
        assert shown(chapters, LESSON) == open_now
        if open_now:
            click(chapters, item(chapters, LESSON).parent())
