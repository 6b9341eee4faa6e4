"""A view off the screen: as large as it takes, in any theme, and without a trace in the window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest

from cnn_tutor.app.figures.source import FORMULA
from cnn_tutor.app.figures.stage import SIDE_LIMIT, Stage
from cnn_tutor.study.boards.views import CELLS, MATRICES, NETWORK, UNITS
from cnn_tutor.widgets.maps.map_columns import Place
from cnn_tutor.widgets.style import colours
from cnn_tutor.widgets.style.colours import DARK, LIGHT
from tests.helpers.lesson_window import settle
from tests.unit.app.figures.sources import source


@pytest.fixture
def stages():
    made: list[Stage] = []
    yield made
    for stage in made:
        stage.close()


def drawn(stage: Stage) -> QImage:
    bounds = stage.bounds()
    picture = QImage(bounds.size(), QImage.Format.Format_ARGB32)
    picture.fill(QColor(stage.theme.background))
    with QPainter(picture) as painter:
        stage.paint(painter, bounds.topLeft())
    return picture


def has(picture: QImage, name: str) -> bool:
    wanted = QColor(name).rgb()
    return any(
        picture.pixel(x, y) == wanted
        for x in range(picture.width())
        for y in range(picture.height())
    )


@pytest.mark.parametrize("subject", [CELLS, MATRICES, UNITS, NETWORK, FORMULA])
@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_every_subject_is_drawn_in_every_theme(window, stages, subject, theme) -> None:
    stages.append(stage := Stage(source(window, "convolution"), subject, theme))
    assert stage.whole
    picture = drawn(stage)
    assert has(picture, theme.text)
    other = LIGHT if theme is DARK else DARK
    assert not has(picture, other.text)
    assert not has(picture, other.cell) or other is LIGHT  # white letters are in both
    assert colours.current() is LIGHT


def test_nothing_scrolls_where_the_screen_has_to(window, stages) -> None:
    window.resize(1120, 640)
    found = source(window, "rgb")
    stages.append(stage := Stage(found, MATRICES, LIGHT))
    assert stage.whole
    assert stage.bounds().width() > found.room.width()


def test_what_is_far_too_large_is_as_large_as_on_the_screen(window, stages) -> None:
    found = source(window, "deep")
    stages.append(stage := Stage(found, MATRICES, LIGHT))
    assert not stage.whole
    assert found.room.width() < SIDE_LIMIT
    assert stage.bounds().width() <= found.room.width()


def test_neither_the_pointer_nor_the_keyboard_is_seen(window, stages) -> None:
    found = source(window, "convolution")
    stages.append(plain := Stage(found, CELLS, LIGHT))
    before = drawn(plain)
    grid = window.lab.board.first_part
    grid.setFocus()
    grid.selectAll()
    QTest.mouseMove(grid.viewport(), grid.cell_rect(1, 1).center())
    window.lab.state.point_at("x", (1, 1, 0))
    settle()
    stages.append(pointed := Stage(found, CELLS, LIGHT))
    assert drawn(pointed) == before


def test_it_stands_where_the_page_does_and_moves_alone(window, stages) -> None:
    found = source(window, "convolution")
    window.lab.playback.seek(4)
    stages.append(stage := Stage(found, CELLS, LIGHT))
    assert stage.playback.place == window.lab.playback.place
    stage.seek(2)
    assert stage.playback.position == 2
    assert window.lab.playback.position == 4
    stage.stand_like(window.lab.playback)
    assert stage.playback.position == 4


def test_each_step_looks_different(window, stages) -> None:
    stages.append(stage := Stage(source(window, "convolution"), CELLS, LIGHT))
    seen = []
    for step in stage.steps(stage.playback.count):
        stage.seek(step)
        seen.append(drawn(stage))
    assert len(seen) == 9
    assert all(seen.count(picture) == 1 for picture in seen)


def test_a_cell_of_few_terms_has_no_empty_steps(window, stages) -> None:
    found = source(window, "softmax")
    window.lab.playback.set_by_terms(True)
    stages.append(stage := Stage(found, CELLS, LIGHT))
    by_hand = 1
    window.lab.playback.first()
    while not window.lab.playback.at_end:
        window.lab.playback.forward()
        by_hand += 1
    assert len(stage.steps(stage.playback.count)) == by_hand


def test_the_chosen_cell_of_the_network_is_chosen_there_too(window, stages) -> None:
    found = source(window, "deck_network")
    stages.append(last := Stage(found, NETWORK, LIGHT))
    maps, first = window.lab.views.view.maps, window.document.project.network.nodes[0].name
    cell = maps.cell_rect(Place(first, (1, 1, 0))).center().toPoint()
    QTest.mouseClick(maps, Qt.MouseButton.LeftButton, pos=cell)
    settle()
    stages.append(chosen := Stage(found, NETWORK, LIGHT))
    assert drawn(chosen) != drawn(last)


def test_the_bounds_are_those_of_what_is_painted(window, stages) -> None:
    stages.append(stage := Stage(source(window, "relu"), FORMULA, LIGHT))
    picture, bounds = drawn(stage), stage.bounds()
    ground = QColor(LIGHT.background).rgb()
    assert any(picture.pixel(0, y) != ground for y in range(bounds.height()))
    wider = QImage(bounds.size() + QSize(8, 8), QImage.Format.Format_ARGB32)
    wider.fill(QColor(LIGHT.background))
    with QPainter(wider) as painter:
        stage.paint(painter, bounds.topLeft() - QPoint(4, 4))
    rim = [wider.pixel(x, y) for x in range(wider.width()) for y in (0, 1, 2, 3)]
    assert set(rim) == {ground}
