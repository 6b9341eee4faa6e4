"""Hostile files, texts and links in the window: it goes on as if nothing had happened."""

from __future__ import annotations

import itertools
import json
import os
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QUrl
from PySide6.QtGui import QDesktopServices, QHelpEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QTableView

from cnn_tutor.app.chapters import lesson_files
from cnn_tutor.app.main_window import MainWindow, _dropped_file
from cnn_tutor.project import limits
from cnn_tutor.project.file import FileError, decode, encode
from cnn_tutor.project.plain_text import unseen
from cnn_tutor.study import words
from cnn_tutor.study.boards.presets import presets
from cnn_tutor.widgets.maps import map_columns
from tests.helpers.example_lesson import EXAMPLE
from tests.helpers.foreign import HTML, assert_nothing_foreign
from tests.helpers.lesson_window import part, settle, write
from tests.unit.project.mutants import LONG, mutants
from tests.unit.project.naughty import strings
from tests.unit.study.lessons.written import changed


def state(window: MainWindow) -> tuple[Any, ...]:
    """Everything of the open work that must stay as it is."""
    stack = window.document.undo_stack
    return (
        window.document.project,
        window.document.evaluation,
        [stack.text(n) for n in range(stack.count())],
        stack.index(),
        stack.isClean(),
        window.files.file.path,
        window.windowTitle(),
        window.isWindowModified(),
        window.guide.lesson,
        len(window.guide.library),
    )


def worked_in(window: MainWindow, folder: Path) -> tuple[Any, ...]:
    """Save the work to a file, change it, undo one change, and return how it all stands."""
    window.files.file.save(str(folder / "mine.cnnt"))
    write(window, "x", 0, 0, "9")
    write(window, "x", 0, 1, "8")
    window.document.undo_stack.undo()
    return state(window)


def said(window: MainWindow) -> str:
    """Return the one message there is, and close it."""
    boxes = [b for b in window.findChildren(QMessageBox) if b.isVisible()]
    notices = [n for n in window.findChildren(QLabel) if "notice" in n.objectName()]
    texts = [box.text() for box in boxes] + [n.text() for n in notices if n.isVisible()]
    assert_nothing_foreign(window)
    for box in boxes:
        box.close()
    window.lab.dismiss()
    assert len(texts) == 1, texts
    return texts[0]


def refused_files(folder: Path) -> list[Path]:
    """Damaged projects and lessons, and what is no file at all."""
    found = []
    sound = [encode(preset.project()) for preset in presets().values()]
    for number, data in mutants(sound, 400 if LONG else 25, seed=77):
        try:
            decode(data)
        except FileError:
            found.append(folder / f"{number}.cnnt")
            found[-1].write_bytes(data)
    for suffix in ("cnnt", "toml"):
        (folder / f"text.{suffix}").write_bytes(b"\xff\xfe" * 50)
        (folder / f"folder.{suffix}").mkdir()
        os.mkfifo(folder / f"pipe.{suffix}")
        (folder / f"loop.{suffix}").symlink_to(folder / f"loop.{suffix}")
        with (folder / f"large.{suffix}").open("wb") as file:
            file.truncate(2**36)
        found += [folder / f"{n}.{suffix}" for n in ("text", "folder", "pipe", "loop", "large")]
    strange = folder / f"zz\n{HTML[0].replace('/', '')}.cnnt"
    strange.write_bytes(b"{}")
    return [*found, strange, folder / "nothing.cnnt", folder / "nothing.toml"]


def test_a_file_that_can_t_be_opened_leaves_the_open_work_alone(window, tmp_path) -> None:
    (tmp_path / "bad").mkdir()
    before = worked_in(window, tmp_path)
    for path in refused_files(tmp_path / "bad"):
        if path.suffix == ".toml":
            window.open_path(str(path))
        else:
            assert not window.files.load(str(path))
        text = said(window)
        assert not unseen(text), ascii(text)
        after = state(window)
        assert after[0] is before[0]
        assert after == before, path.name
    window.document.undo_stack.redo()
    assert window.document.project.x[0, 1, 0] == 8


def named(folder: Path, text: str) -> str:
    """Return a project with two layers of a kind, which go by their names: one of them is this."""
    content = json.loads(encode(presets()["deep"].project()))
    content["origin"] = content["nodes"][0]["name"] = text
    path = folder / "a.cnnt"
    path.write_text(json.dumps(content), "utf-8")
    return str(path)


def test_the_names_in_a_project_are_shown_as_they_are(window, tmp_path) -> None:
    for n, text in enumerate(strings() if LONG else [*HTML, *strings()[::60]]):
        if not window.files.load(named(tmp_path, text)):
            said(window)
            continue
        for view in window.lab.state.now.offered if n < 2 else [window.lab.state.view]:
            window.lab.state.show_view(view)
            settle()
            window.grab()
            assert_nothing_foreign(window)
        assert decode(encode(window.document.project)).network.nodes[0].name == text


def test_what_is_said_of_a_layer_that_is_pointed_at_is_no_html(
    window, tmp_path, monkeypatch
) -> None:
    assert window.files.load(named(tmp_path, HTML[1]))
    window.lab.state.show_view("network")
    settle()
    tips: list[str] = []
    tip = type("Tip", (), {"showText": staticmethod(lambda _at, text, _of: tips.append(text))})
    monkeypatch.setattr(map_columns, "QToolTip", tip)
    maps = window.lab.views.view.findChild(map_columns.MapColumns)
    for x, y in itertools.product(range(0, maps.width(), 48), range(0, maps.height(), 12)):
        at = QPoint(x, y)
        QApplication.sendEvent(maps, QHelpEvent(QEvent.Type.ToolTip, at, maps.mapToGlobal(at)))
        QTest.mouseMove(maps, at)
        settle()
        assert_nothing_foreign(window)
    assert [text for text in tips if "zz" in text]
    assert not [text for text in tips if HTML[1] in text and Qt.mightBeRichText(text)]


def test_what_is_typed_is_said_as_it_is(window) -> None:
    window.open_chapter("dropout")
    settle()
    rate, before = part(window, "set:rate[1]"), window.document.project
    for text in (*HTML, "1e999", "9" * 5000, "1/0", "nan", "1e999999999", "x\u202e"):
        grid = part(window, "x")
        assert isinstance(grid, QTableView)
        grid.model().setData(grid.model().index(0, 0), text)
        settle()
        shown = said(window)
        assert not unseen(shown)
        assert len(shown) < 200
        rate.setFocus()
        rate.selectAll()
        QTest.keyClicks(rate, text.rstrip("\u202e")[:50])  # the keys of ASCII alone
        QTest.keyClick(rate, Qt.Key.Key_Return)
        settle()
        (message,) = (m for m in window.findChildren(QLabel, "refusal") if m.isVisible())
        assert not unseen(message.text())
        assert_nothing_foreign(window)
    assert window.document.project is before


def test_the_name_of_a_learner_is_shown_as_it_is(window) -> None:
    window.open_chapter("results")
    for text in HTML:
        window.practice.use_learner(window.practice.store.add_learner(text).id)
        settle()
        assert_nothing_foreign(window)


IN_A_LESSON = (
    "A first lesson",
    "はじめてのレッスン",
    "The filter has moved one cell to the right.",
    "Work out output[0, 1] and type it into its cell.",
    "Was it 2 + 6? The filter has 2 at the bottom right, so the 6 counts twice.",
)


def test_the_texts_of_a_lesson_are_shown_as_they_are(window, tmp_path) -> None:
    chapters = part(window, "chapters")
    for number, text in enumerate(HTML if LONG else HTML[:3]):
        lesson = EXAMPLE
        for old in IN_A_LESSON:
            lesson = changed(old, text, lesson)
        path = tmp_path / f"{number}.toml"
        path.write_text(lesson, "utf-8")
        window.open_path(str(path))
        assert window.guide.lesson.titles["en"] == text
        for place in range(3):
            window.guide.go_to(place)
            settle()
            window.grab()
            assert_nothing_foreign(window)
        window.lab.notify(window.guide.lesson.steps[1].task.remarks[0].text["en"])
        assert_nothing_foreign(window)
        assert any(text in item.text(0) for item in chapters.all_items())
    window.set_language("ja")
    settle()
    assert_nothing_foreign(window)


def test_a_link_leads_to_a_term_or_a_chapter_and_nowhere_else(window, monkeypatch) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _: pytest.fail("it is opened"))
    before = state(window)
    for address in (
        "file:///etc/passwd", "/etc/passwd", "javascript:alert(1)", "qrc:/x", "lesson_pooling",
        "https://example.org/lesson_pooling", "data:text/html,x", "x:lesson_pooling", "", ":",
    ):  # fmt: skip
        window.follow_link(address)
        assert state(window) == before, address
    window.follow_link("chapter:lesson_pooling")
    assert window.guide.lesson.key == "lesson_pooling"


def test_a_folder_is_read_no_further_than_it_may(window, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(limits, "MAX_FOLDER", 3)
    for name in "edcba":
        (tmp_path / f"{name}.toml").write_text(EXAMPLE, "utf-8")
    window.lesson_files.load_folder(tmp_path)
    assert [*window.guide.library.own] == ["own_a", "own_b", "own_c"]


def test_a_folder_that_takes_too_long_is_left(window, tmp_path, monkeypatch) -> None:
    clock = itertools.count(0, 0.4 * limits.MAX_FOLDER_SECONDS)
    monkeypatch.setattr(lesson_files, "monotonic", lambda: next(clock))
    for name in "cba":
        (tmp_path / f"{name}.toml").write_text(EXAMPLE, "utf-8")
    window.lesson_files.load_folder(tmp_path)
    assert [*window.guide.library.own] == ["own_a", "own_b"]
    assert said(window) == f"c.toml: {words.say('errors.lesson_folder_slow')}"


def test_urls_of_other_kinds_are_not_dropped(window) -> None:
    for url in ("http://example.org/a.cnnt", "javascript:a.cnnt", "data:,a.toml", "qrc:/a.cnnt"):
        data = QMimeData()
        data.setUrls([QUrl(url)])
        assert _dropped_file(SimpleNamespace(mimeData=lambda data=data: data)) == ""
