from __future__ import annotations

import pytest

from cnn_tutor.pages.state import planes
from cnn_tutor.pages.state.planes import Plane


def test_one_plane_has_the_port_s_name_and_several_their_place() -> None:
    assert planes.planes("x", (5, 5, 1)) == [Plane("x", (0,))]
    assert planes.planes("bias", (4,)) == [Plane("bias", ())]
    assert planes.planes("kernel", (3, 3, 2, 1)) == [
        Plane("kernel[0,0]", (0, 0)),
        Plane("kernel[1,0]", (1, 0)),
    ]


@pytest.mark.parametrize(
    ("shape", "size"),
    [((4,), (4, 1)), ((4, 6), (4, 6)), ((3, 2, 1, 8), (3, 2))],
)
def test_what_has_one_axis_is_a_column(shape, size) -> None:
    assert planes.grid_size(shape) == size


@pytest.mark.parametrize(
    ("port", "suffix", "shape", "pixels", "title"),
    [
        ("x", (0,), (5, 5, 1), False, ("Name", "5×5")),
        ("x", (1,), (5, 5, 3), True, ("G green", "5×5")),
        ("x", (1,), (5, 5, 3), False, ("CH2", "5×5")),
        ("output", (1,), (3, 3, 4), True, ("Name CH2", "3×3")),
        ("kernel", (0, 0), (3, 3, 1, 1), False, ("Name", "3×3")),
        ("kernel", (0, 1), (3, 3, 1, 2), False, ("Name 2", "3×3")),
        ("kernel", (2, 1), (3, 3, 3, 2), False, ("Name 2", "· CH3")),
        ("bias", (), (1,), False, ("Name", "")),
    ],
)
def test_a_title_says_what_tells_the_planes_apart(port, suffix, shape, pixels, title) -> None:
    assert planes.title("Name", port, suffix, shape, pixels) == title


@pytest.mark.parametrize(
    ("port", "shape", "tinted"),
    [
        ("x", (5, 5, 3), True),
        ("x", (5, 5, 1), False),
        ("kernel", (3, 3, 3, 2), True),
        ("kernel", (9, 4), False),
        ("output", (5, 5, 3), False),
    ],
)
def test_what_belongs_to_a_channel_has_its_colour(port, shape, tinted: bool) -> None:
    assert planes.tinted(port, shape) is tinted
