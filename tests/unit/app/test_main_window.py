from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QLabel,
    QMessageBox,
    QTableView,
    QToolButton,
)

from cnn_tutor.app.chapters.chapter_list import ChapterList
from cnn_tutor.app.main_window import MainWindow
from cnn_tutor.app.style import appearance
from cnn_tutor.project.file import decode, encode
from cnn_tutor.study.boards.presets import presets
from cnn_tutor.widgets.style import colours
from cnn_tutor.widgets.style.shades import Shading
from tests.helpers.lesson_window import choose, drop, opened, press, read, write
from tests.unit.study.lessons.written import EXAMPLE


def box(window: MainWindow) -> QMessageBox | None:
    boxes = [b for b in window.findChildren(QMessageBox) if b.isVisible()]
    return boxes[0] if boxes else None


def test_it_starts_on_the_convolution_lab(window) -> None:
    assert read(window, "output") == [["3", "0", "1"], ["0", "2", "0"], ["1", "0", "3"]]
    chapters = window.findChild(ChapterList)
    assert chapters.currentItem().text(0) == "Convolution"


@pytest.mark.parametrize("key", list(presets()))
def test_every_chapter_opens_by_its_key(window, key) -> None:
    window.open_chapter(key)
    assert window.document.project.origin == key
    assert window.findChild(ChapterList).currentItem().text(0) == presets()[key].title
    assert window.findChild(QLabel, "caption_title").text() == presets()[key].title


def test_an_unknown_chapter_is_an_error_and_changes_nothing(window) -> None:
    before = window.document.project
    with pytest.raises(KeyError):
        window.open_chapter("no_such_chapter")
    assert window.document.project is before


def test_a_chapter_opens_by_click_and_by_key_and_can_be_undone(window) -> None:
    chapters = window.findChild(ChapterList)
    choose(window, "Blur")
    assert window.document.project.origin == "blur"
    QTest.keyClick(chapters, Qt.Key.Key_Up)
    QTest.keyClick(chapters, Qt.Key.Key_Return)
    assert window.document.project.origin == "identity"
    press(window, "Ctrl+Z")
    press(window, "Ctrl+Z")
    assert window.document.project.origin == "convolution"


def test_tab_goes_through_the_inspector_and_the_player_in_reading_order(window) -> None:
    window.findChild(QTableView, "output").setFocus()
    seen = []
    for _ in range(80):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        seen.append(QApplication.focusWidget().objectName())
    order = ["formula", "size:x[0]", "code_tabs", "copy_code", "code", "step_play", "step_slider"]
    places = [seen.index(name) for name in order]
    assert places == sorted(places)
    settings = seen[seen.index("size:x[0]") :]
    assert settings[:4] == ["size:x[0]", "size:x[1]", "axis:x:2", "size:kernel[0]"]
    assert settings[4:7] == ["size:kernel[1]", "axis:kernel:3", "axis:kernel:2"]
    assert settings[9:12] == ["set:padding", "set:dilation_rate[0]", "set:dilation_rate[1]"]
    assert settings[12] == "number:bias"


def test_undo_and_redo_go_by_key_and_by_button(window) -> None:
    write(window, "x", 1, 1, "9")
    assert read(window, "x")[1][1] == "9"
    press(window, QKeySequence.StandardKey.Undo)
    assert read(window, "x")[1][1] == "1"
    press(window, "Ctrl+Y")
    assert read(window, "x")[1][1] == "9"
    press(window, QKeySequence.StandardKey.Undo)
    redo = [b for b in window.findChildren(QToolButton) if b.accessibleName().startswith("Redo")]
    QTest.mouseClick(redo[0], Qt.MouseButton.LeftButton)
    assert read(window, "x")[1][1] == "9"


def test_a_window_opens_in_another_theme_than_the_last_one_had(qtbot) -> None:
    appearance.apply("dark")
    QApplication.processEvents()
    window = opened(qtbot, MainWindow())
    assert not colours.current().dark
    assert window.isVisible()


def test_copy_and_paste_go_through_the_edit_menu_s_keys(window) -> None:
    write(window, "x", 0, 0, "7")
    QTest.keyClick(window.findChild(QTableView, "x"), Qt.Key.Key_Up)
    press(window, QKeySequence.StandardKey.Copy)
    assert QGuiApplication.clipboard().text().strip() == "7"
    QTest.keyClick(window.findChild(QTableView, "x"), Qt.Key.Key_Right)
    press(window, QKeySequence.StandardKey.Paste)
    assert read(window, "x")[0][:2] == ["7", "7"]


def test_steps_go_by_key_from_anywhere(window) -> None:
    window.findChild(QTableView, "kernel").setFocus()
    press(window, "Alt+Home")
    assert read(window, "output") == [["3", "", ""], ["", "", ""], ["", "", ""]]
    press(window, "Alt+Right")
    press(window, "Alt+Right")
    press(window, "Alt+Left")
    assert read(window, "output")[0] == ["3", "0", ""]
    press(window, "Alt+End")
    assert read(window, "output")[2] == ["1", "0", "3"]
    press(window, "F5")
    assert window.lab.playback.playing
    press(window, "F5")
    assert not window.lab.playback.playing


def test_f6_goes_round_the_parts_of_the_window(window) -> None:
    window.findChild(ChapterList).setFocus()
    seen = []
    for _ in range(4):
        press(window, "F6")
        seen.append(QApplication.focusWidget().objectName())
    assert seen[0] == "x"
    assert seen[3] == "chapters"
    assert len(set(seen)) == 4


def test_language_and_theme_change_at_once(window) -> None:
    corner = window.menuBar().cornerWidget().findChildren(QToolButton)
    other_language, other_theme = corner[2:]
    other_language.click()
    QApplication.processEvents()
    assert window.findChild(QLabel, "caption_title").text() == "畳み込み"
    assert window.menuBar().actions()[0].text() == "ファイル(&F)"
    themes = {a.data(): a for a in window.findChildren(QAction) if a.data() in ("light", "dark")}
    other_theme.click()
    assert colours.current().dark
    assert (themes["light"].isChecked(), themes["dark"].isChecked()) == (False, True)
    other_language.click()
    other_theme.click()
    QApplication.processEvents()
    assert window.menuBar().actions()[0].text() == "&File"
    assert not colours.current().dark
    assert (themes["light"].isChecked(), themes["dark"].isChecked()) == (True, False)


def test_the_corner_changes_the_ground_and_keeps_a_high_contrast(window) -> None:
    themes = {a.data(): a for a in window.findChildren(QAction) if isinstance(a.data(), str)}
    themes["high-contrast"].trigger()
    assert colours.current() is colours.HIGH_BLACK
    other_theme = window.menuBar().cornerWidget().findChildren(QToolButton)[-1]
    QTest.mouseClick(other_theme, Qt.MouseButton.LeftButton)
    assert colours.current() is colours.HIGH_WHITE
    assert themes["high-contrast-white"].isChecked()


def choose_in_list(window: MainWindow) -> None:
    chapters = window.findChild(ChapterList)
    chapters.setFocus()
    QTest.keyClick(chapters, Qt.Key.Key_Down)
    QTest.keyClick(chapters, Qt.Key.Key_Return)


def choose_in_menu(window: MainWindow) -> None:
    next(a for a in window.findChildren(QAction) if a.text() == "Blur").trigger()


@pytest.mark.parametrize("choose", [choose_in_list, choose_in_menu])
def test_a_chapter_asks_first_when_a_file_has_unsaved_changes(window, tmp_path, choose) -> None:
    window.files.file.save(str(tmp_path / "mine.cnnt"))
    write(window, "x", 0, 0, "4")
    choose(window)
    question = box(window)
    assert question is not None
    QTest.mouseClick(question.button(QMessageBox.StandardButton.Cancel), Qt.MouseButton.LeftButton)
    assert window.document.project.x[0, 0, 0] == 4
    assert window.files.file.name == "mine.cnnt"


def test_f7_makes_the_colours_strong_and_quiet_again(window) -> None:
    grid = window.findChild(QTableView, "output")
    grid.setFocus()
    press(window, "F7")
    assert grid.shading == Shading(3, strong=True)
    window.open_chapter("blur")
    assert window.findChild(QTableView, "x").shading == Shading(16, picture=True, strong=True)
    press(window, "F7")
    assert window.findChild(QTableView, "x").shading == Shading(16, picture=True)


# --- files -----------------------------------------------------------------------------------


def test_save_as_and_open_again(window, qtbot, tmp_path) -> None:
    write(window, "x", 2, 2, "6")
    assert window.isWindowModified()
    press(window, "Ctrl+Shift+S")
    dialog = window.findChild(QFileDialog, "file_dialog")
    qtbot.waitUntil(dialog.isVisible)
    dialog.selectFile(str(tmp_path / "mine"))
    dialog.accept()
    path = tmp_path / "mine.cnnt"
    qtbot.waitUntil(path.exists)
    assert not window.isWindowModified()
    assert window.windowTitle().startswith("mine.cnnt")
    assert decode(path.read_bytes()).x[2, 2, 0] == 6
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    write(window, "x", 2, 2, "5")
    assert window.isWindowModified()
    press(window, QKeySequence.StandardKey.Save)
    assert decode(path.read_bytes()).x[2, 2, 0] == 5


def test_saving_takes_what_is_still_being_typed(window, tmp_path) -> None:
    path = tmp_path / "mine.cnnt"
    window.files.file.save(str(path))
    window.findChild(QTableView, "x").setFocus()
    QTest.keyClicks(QApplication.focusWidget(), "7")
    press(window, QKeySequence.StandardKey.Save)
    assert decode(path.read_bytes()).x[0, 0, 0] == 7
    assert not window.isWindowModified()


@pytest.mark.parametrize("key", ["blur", None])
def test_new_does_not_ask_when_nothing_was_changed(window, key) -> None:
    if key:
        window.open_chapter(key)
    assert not window.isWindowModified()
    press(window, QKeySequence.StandardKey.New)
    assert box(window) is None


def test_a_bad_file_says_what_is_wrong_and_leaves_the_open_work(window, tmp_path) -> None:
    bad = tmp_path / "bad.cnnt"
    bad.write_bytes(encode(presets()["blur"].project())[:90])
    before = window.document.project
    assert not window.files.load(str(bad))
    assert window.document.project is before
    notice = window.findChild(QLabel, "notice")
    assert notice.isVisible()
    assert "bad.cnnt" in notice.text()
    assert not window.files.load(str(tmp_path / "missing.cnnt"))
    assert window.document.project is before


@pytest.mark.parametrize(
    ("button", "opened_anew"),
    [(QMessageBox.StandardButton.Cancel, False), (QMessageBox.StandardButton.Discard, True)],
)
def test_new_asks_about_unsaved_work(window, qtbot, button, opened_anew) -> None:
    write(window, "x", 0, 0, "4")
    press(window, QKeySequence.StandardKey.New)
    question = box(window)
    assert question is not None
    QTest.mouseClick(question.button(button), Qt.MouseButton.LeftButton)
    assert (read(window, "x")[0][0] == "0") == opened_anew
    assert window.document.undo_stack.canUndo() != opened_anew


def test_opening_a_chapter_lets_go_of_the_file(window, tmp_path) -> None:
    path = tmp_path / "mine.cnnt"
    window.files.file.save(str(path))
    saved = path.read_bytes()
    window.open_chapter("blur")
    press(window, QKeySequence.StandardKey.Save)
    dialog = window.findChild(QFileDialog, "file_dialog")
    assert dialog.isVisible()
    dialog.reject()
    assert path.read_bytes() == saved


def test_a_project_or_a_lesson_can_be_dropped_on_the_window(window, tmp_path) -> None:
    path = tmp_path / "dropped.cnnt"
    path.write_bytes(encode(presets()["identity"].project()))
    assert drop(window, path)
    assert window.document.project.origin == "identity"
    other = tmp_path / "picture.png"
    other.write_bytes(b"")
    assert not drop(window, other)
    lesson = tmp_path / "first.toml"
    lesson.write_text(EXAMPLE, "utf-8")
    assert drop(window, lesson)
    assert window.guide.lesson.key == "own_first"


@pytest.mark.parametrize("key", ["lesson_pooling", "convolution", "practice", "results"])
def test_the_window_takes_any_size(window, key) -> None:
    """A tiling window manager asks nobody for the least size."""
    window.setMinimumSize(1, 1)
    window.open_chapter(key)
    for width in (1, 300, 539, 800):
        for height in (1, 200, 700):
            window.resize(width, height)
            QApplication.processEvents()
            window.report("There is too little room for this.")
            window.lab.notify("There is too little room for this.")
    QApplication.processEvents()
