"""The picture of a network: its layout, its keys and mouse, what it lights up and repaints."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from cnn_tutor.app.style import appearance
from cnn_tutor.widgets.maps.map_columns import MapColumn, MapColumns, Place
from tests.helpers.widgets import CTRL, LEFT, NONE, SHIFT, Key, in_window, picture, pixels, press

RNG = np.random.default_rng(4)
SHAPES = [
    [(32, 32, 3), (28, 28, 6), (24, 24, 10)],
    [(7, 7, 1), (5, 5, 1), (3, 3, 1)],
    [(28, 28, 1), (24, 24, 16), (4, 4, 16), (256,), (10,)],
    [(5760,), (64,), (3,)],
    [(64, 5, 2), (5, 64, 2)],
]


class Sheet:
    """A picture of arrays that keeps what it announces."""

    def __init__(self, qtbot, shapes, size=(800, 400)) -> None:
        self.values = [RNG.integers(-9, 10, shape).astype(float) for shape in shapes]
        self.maps = MapColumns()
        self.before, self.after = QLineEdit(), QLineEdit()
        self.window = in_window(qtbot, self.before, self.maps, self.after, size=size)
        self.show()
        self.said: list[tuple[str, Place | None]] = []
        for name in ("hovered", "selected", "activated"):
            signal = getattr(self.maps, name)
            signal.connect(lambda place, name=name: self.said.append((name, place)))

    def show(self) -> None:
        columns = [
            MapColumn(f"v{n}", f"Value {n}", "×".join(map(str, v.shape)), v)
            for n, v in enumerate(self.values)
        ]
        self.maps.show_columns(columns, "v1")

    def centre(self, key: str, *index: int) -> QPoint:
        return self.maps.cell_rect(Place(key, index)).center().toPoint()

    def click(self, key: str, *index: int) -> None:
        QTest.mouseClick(self.maps, LEFT, NONE, self.centre(key, *index))

    @property
    def at(self) -> tuple[str, tuple[int, ...]]:
        place = self.maps.cursor_place
        assert place is not None
        return place.key, place.index


@pytest.fixture
def sheet(qtbot) -> Sheet:
    return Sheet(qtbot, [(4, 4, 3), (3, 3, 4), (5,)])


# --- mouse ---------------------------------------------------------------------------------------


def test_pointing_says_which_cell_and_leaving_says_none(sheet) -> None:
    QTest.mouseMove(sheet.maps, sheet.centre("v0", 2, 1, 1))
    QTest.mouseMove(sheet.maps, sheet.centre("v2", 4))
    QTest.mouseMove(sheet.maps, QPoint(2, 2))
    assert sheet.said == [
        ("hovered", Place("v0", (2, 1, 1))),
        ("hovered", Place("v2", (4,))),
        ("hovered", None),
    ]


def test_a_click_chooses_a_cell_and_a_double_click_or_enter_activates_it(qtbot, sheet) -> None:
    QTest.mouseClick(sheet.maps, LEFT, NONE, QPoint(2, 2))  # beside the maps
    QTest.mouseClick(sheet.maps, Qt.MouseButton.RightButton, NONE, sheet.centre("v1", 0, 0, 0))
    assert sheet.said == []
    sheet.values[1][0, 2, 3] = -5
    sheet.click("v1", 0, 2, 3)
    assert sheet.at == ("v1", (0, 2, 3))
    assert sheet.maps.accessibleName() == "Value 1 [0,2,3] = −5"
    place = Place("v1", (0, 2, 3))
    QTest.mouseDClick(sheet.maps, LEFT, NONE, sheet.centre("v1", 0, 2, 3))
    press(qtbot, Key.Key_Return)
    assert sheet.said == [("selected", place), ("activated", place), ("activated", place)]


# --- keyboard ------------------------------------------------------------------------------------


def test_arrows_go_from_cell_to_cell_and_on_into_the_next_map(qtbot, sheet) -> None:
    sheet.click("v0", 0, 3, 0)
    press(qtbot, Key.Key_Down)
    assert sheet.at == ("v0", (1, 3, 0))
    assert sheet.said[-1] == ("selected", Place("v0", (1, 3, 0)))
    press(qtbot, Key.Key_Left)
    assert sheet.at == ("v0", (1, 2, 0))
    press(qtbot, Key.Key_Right, Key.Key_Right)
    key, index = sheet.at
    assert key in ("v0", "v1")
    assert (key, index[2]) != ("v0", 0)


@pytest.mark.parametrize("shapes", SHAPES)
def test_every_map_is_reached_with_the_arrows_alone(qtbot, shapes) -> None:
    sheet = Sheet(qtbot, shapes, (1000, 500))
    sheet.click("v0", *(0,) * len(shapes[0]))
    for _ in range(sum(shape[1] * 16 if len(shape) > 1 else 130 for shape in shapes)):
        press(qtbot, Key.Key_Right)
        if sheet.at[0] == f"v{len(shapes) - 1}":
            break
    assert sheet.at[0] == f"v{len(shapes) - 1}"


@pytest.mark.parametrize(
    ("start", "keys", "held", "end"),
    [
        (("v1", 1, 2, 0), [Key.Key_PageDown], NONE, ("v1", 1, 2, 1)),
        (("v1", 1, 2, 2), [Key.Key_PageDown] * 3, NONE, ("v1", 1, 2, 3)),
        (("v1", 1, 2, 3), [Key.Key_PageUp], NONE, ("v1", 1, 2, 2)),
        (("v0", 1, 2, 1), [Key.Key_End], NONE, ("v0", 1, 3, 1)),
        (("v0", 1, 2, 1), [Key.Key_Home], NONE, ("v0", 1, 0, 1)),
        (("v0", 1, 2, 1), [Key.Key_End], CTRL, ("v0", 3, 3, 1)),
        (("v0", 0, 0, 0), [Key.Key_Up, Key.Key_Left], NONE, ("v0", 0, 0, 0)),
        (("v2", 4), [Key.Key_Down, Key.Key_Right], NONE, ("v2", 4)),
        (("v2", 4), [Key.Key_Up], NONE, ("v2", 3)),
    ],
)
def test_keys_go_to_the_ends_and_to_other_maps(qtbot, sheet, start, keys, held, end) -> None:
    sheet.click(*start)
    press(qtbot, *keys, modifiers=held)
    assert sheet.at == (end[0], end[1:])


def test_tab_goes_from_column_to_column_and_out_at_the_ends(qtbot, sheet) -> None:
    sheet.click("v0", 3, 3, 0)
    press(qtbot, Key.Key_Tab)
    assert sheet.at == ("v1", (2, 2, 0))
    press(qtbot, Key.Key_Tab)
    assert sheet.at[0] == "v2"
    press(qtbot, Key.Key_Tab)
    assert sheet.after.hasFocus()
    press(qtbot, Key.Key_Backtab, modifiers=SHIFT)
    assert sheet.maps.hasFocus()
    press(qtbot, Key.Key_Backtab, Key.Key_Backtab, Key.Key_Backtab, modifiers=SHIFT)
    assert sheet.before.hasFocus()


# --- lighting up and painting --------------------------------------------------------------------


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_changed_number_changes_its_map_and_no_other_column(sheet, theme) -> None:
    appearance.apply(theme)
    sheet.maps.refresh()
    old = pixels(picture(sheet.maps))
    sheet.values[1][0, 0, 0] = 400
    sheet.maps.refresh()
    changed = pixels(picture(sheet.maps)) != old
    across = np.nonzero(changed.any(0))[0]
    column = sheet.maps.column_rect("v1")
    assert len(across)
    assert column.left() - 1 <= across.min() <= across.max() <= column.right() + 1


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_small_maps_are_as_strong_as_large_ones_until_they_share_a_scale(qtbot, theme) -> None:
    appearance.apply(theme)
    sheet = Sheet(qtbot, [(2, 2, 2), (2,)])
    sheet.values[0][:] = (1, 10)  # of the two maps
    sheet.maps.refresh()

    def colours() -> list[str]:
        image = picture(sheet.maps)
        corners = [sheet.maps.cell_rect(Place("v0", (0, 0, n))).bottomLeft() for n in range(2)]
        return [image.pixelColor(p.toPoint().x() + 3, p.toPoint().y() - 3).name() for p in corners]

    first, second = colours()
    assert first == second
    sheet.maps.share_scale(True)
    assert colours()[0] != first
    assert colours()[1] == second
    found = sheet.maps.scale("v0", 0)
    assert found is not None
    assert (found.low, found.high) == (1, 10)


def test_more_columns_than_have_room_ask_for_a_wider_picture(qtbot) -> None:
    sheet = Sheet(qtbot, [(12, 12, 16)] * 20)
    assert sheet.maps.minimumWidth() > 1500


def test_posing_it_looks_the_same(sheet) -> None:
    before = pixels(picture(sheet.maps)).view(np.uint8).astype(int)
    sheet.maps.posing = True
    sheet.maps.update()
    after = pixels(picture(sheet.maps)).view(np.uint8).astype(int)
    assert np.abs(after - before).max() < 64  # letters are smoothed in another way
