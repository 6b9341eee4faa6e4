from __future__ import annotations

import pytest
from PySide6.QtCore import QSize

from cnn_tutor.app.style import letters
from cnn_tutor.project.limits import MAX_ZOOM, MIN_ZOOM
from cnn_tutor.widgets.style.sizes import LETTERS, px
from cnn_tutor.widgets.style.sizes import letters as pixels
from tests.helpers.letters import ask_for

ROOM = QSize(1280, 720)


@pytest.mark.parametrize(
    ("zoom", "by", "found"),
    [(100, 1, 110), (100, -1, 90), (115, 1, 125), (115, -1, 110), (100, 3, 150), (100, -9, 60)],
)
def test_zoom_goes_from_step_to_step(zoom, by, found) -> None:
    assert letters.step(zoom, by) == found


@pytest.mark.parametrize("zoom", [MIN_ZOOM, MAX_ZOOM])
def test_steps_end_at_the_limits(zoom) -> None:
    assert letters.step(zoom, 1 if zoom == MAX_ZOOM else -1) == zoom


def test_all_lengths_grow_with_the_zoom(qapp) -> None:
    before = px(100)
    letters.apply(150)
    assert px(100) == pytest.approx(1.5 * before, abs=5)  # letters are of whole pixels
    letters.apply(100)
    assert px(100) == before


@pytest.mark.parametrize("points", [12, 16, 20])
def test_the_system_s_letters_are_kept_however_small_the_window(qapp, monkeypatch, points) -> None:
    ask_for(monkeypatch, points)
    letters.apply(100, room=QSize(1120, 640))
    assert pixels() == pytest.approx(points * 96 / 72, abs=0.5)


@pytest.mark.parametrize("points", [9, 12, 16, 20])
def test_zoomed_letters_grow_as_far_as_the_window_has_room(qapp, monkeypatch, points) -> None:
    ask_for(monkeypatch, points)
    found = []
    for zoom in (100, 150, 200, 300):
        letters.apply(zoom, room=ROOM)
        found.append(pixels())
        assert zoom / 100 == LETTERS.zoom  # the board's is not limited
    assert found == sorted(found)
    assert found[-1] * 40 < ROOM.width()


def test_a_presentation_has_larger_letters_and_larger_digits_in_its_cells(qapp) -> None:
    letters.apply(100)
    before = pixels(), LETTERS.share
    letters.apply(100, presented=True)
    assert (pixels(), LETTERS.share) > before
    assert LETTERS.share > before[1]


def test_it_is_told_once_and_only_if_anything_is_other(qapp, qtbot) -> None:
    letters.apply(100)
    with qtbot.assertNotEmitted(LETTERS.changed):
        letters.apply(100)
    with qtbot.waitSignal(LETTERS.changed):
        letters.apply(110)


def test_larger_digits_are_told_of_where_the_letters_can_not_grow(qapp, qtbot, monkeypatch) -> None:
    ask_for(monkeypatch, 20)
    room = QSize(1120, 640)
    letters.apply(200, room=room)
    with qtbot.waitSignal(LETTERS.changed):
        letters.apply(200, presented=True, room=room)
