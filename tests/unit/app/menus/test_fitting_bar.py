from __future__ import annotations

import pytest
from PySide6.QtWidgets import QMainWindow, QWidget

from cnn_tutor.app.menus.fitting_bar import FittingMenuBar
from cnn_tutor.app.style import letters
from cnn_tutor.widgets.style.sizes import in_pixels
from cnn_tutor.widgets.style.sizes import letters as pixels
from tests.helpers.lesson_window import settle
from tests.helpers.widgets import kept

NAMES = ("File", "Edit", "View", "Steps", "Lesson", "Practice", "Presets", "Help")


@pytest.fixture
def bar(qtbot) -> FittingMenuBar:
    window = kept(qtbot, QMainWindow())
    bar = FittingMenuBar()
    window.setMenuBar(bar)
    for name in NAMES:
        bar.addMenu(name)
    corner = QWidget(bar)
    corner.setMinimumWidth(120)
    bar.put_corner(corner)
    window.resize(900, 300)
    window.show()
    settle()
    return bar


def test_it_is_written_in_the_program_s_letters_where_they_have_room(bar) -> None:
    assert in_pixels(bar.font()) == pixels()
    assert bar.sizeHint().width() <= bar.width()


@pytest.mark.parametrize("wide", [900, 620, 500])
def test_all_menus_have_room_in_any_window(bar, wide) -> None:
    bar.window().resize(wide, 300)
    settle()
    assert bar.sizeHint().width() <= bar.width() == wide
    ends = [bar.actionGeometry(action) for action in bar.actions()]
    assert all(end.isValid() for end in ends)
    assert ends[-1].right() <= bar.cornerWidget().x()


def test_a_longer_menu_makes_letters_smaller_and_room_makes_them_large_again(bar) -> None:
    bar.window().resize(640, 300)
    settle()
    before = bar.font().pixelSize()
    added = bar.addMenu("Another one, and a long one")
    assert bar.font().pixelSize() < before
    bar.removeAction(added.menuAction())
    assert bar.font().pixelSize() == before


def test_larger_letters_of_the_program_are_taken_as_far_as_they_fit(bar) -> None:
    letters.apply(200)
    bar.put_corner(bar.cornerWidget())
    assert 14 < bar.font().pixelSize() <= pixels()
    assert bar.sizeHint().width() <= bar.width()
