"""Where the parts of a drawn chain stand."""

from __future__ import annotations

import itertools

import pytest
from PySide6.QtGui import QColor, QFont, QImage, QPainter

from cnn_tutor.widgets.charts.chain_drawing import ChainDrawing, Inks, Stop

pytestmark = pytest.mark.usefixtures("qapp")

MAPS = Stop("Convolution", ("8 filters of 2×2", "stride 2", "same padding (1 all round)"), fields=3)
POOL = Stop("最大プーリング", ("窓 3×3", "ストライド 2"), "4×5×8", 1, "見る行数")
VECTOR = Stop("Dense", ("9 units",), fields=1)
TOLD = Stop("Flatten", (), "160")
CHAIN = (MAPS, MAPS, POOL, TOLD, VECTOR)


def font(size: int = 14) -> QFont:
    made = QFont()
    made.setPixelSize(size)
    return made


def rows(drawing: ChainDrawing) -> list[int]:
    """Return how many layers stand in each row."""
    tops = [round(box.center().y()) for box, _ in drawing._boxes]
    return [len(list(own)) for _, own in itertools.groupby(tops)]


def test_it_is_as_wide_as_it_may_be_in_as_few_rows_as_can_be():
    assert rows(ChainDrawing("8×8×3", CHAIN, font(), 5000)) == [5]
    for width in range(400, 1400, 25):
        made = ChainDrawing("8×8×3", CHAIN, font(), width)
        assert made.size.width() <= width
        assert sum(rows(made)) == 5
    counts = {tuple(rows(ChainDrawing("8×8×3", CHAIN, font(), w))) for w in range(400, 1400, 5)}
    assert (3, 2) in counts
    assert (4, 1) not in counts  # nearly as many in each


@pytest.mark.parametrize("width", [0, 500, 700, 5000])
@pytest.mark.parametrize("size", [10, 14, 27])
def test_nothing_lies_over_anything_else(width, size):
    made = ChainDrawing("8×8×3", CHAIN, font(size), width, marked=True)
    assert len(made.fields) == len(made.signs) == 8
    boxes = [box for box, _ in made._boxes]
    texts = [rect for rect, text in made._texts if text not in ("×",)]
    for one, other in itertools.combinations((*boxes, *made.fields, *made.signs, *texts), 2):
        assert not one.adjusted(0.1, 0.1, -0.1, -0.1).intersects(other)
    whole = made.size
    for rect in (*boxes, *made.fields, *made.signs):
        assert rect.left() >= 0
        assert rect.top() >= 0
        assert rect.right() <= whole.width() + 0.1
        assert rect.bottom() <= whole.height() + 0.1


def test_everything_grows_with_the_letters():
    small, large = (ChainDrawing("8×8×3", CHAIN, font(s), 9000) for s in (14, 28))
    assert large.size.width() > 1.8 * small.size.width()
    assert large.fields[0].width() > 1.8 * small.fields[0].width()
    assert large.least_width > 1.8 * small.least_width


def test_a_layer_of_its_own_in_each_row_is_the_least():
    made = ChainDrawing("8×8×3", CHAIN, font(), 0)
    assert rows(made) == [1] * 5
    assert made.least_width == pytest.approx(made.size.width())


def test_there_is_no_room_for_fields_where_none_are():
    made = ChainDrawing("8×8×3", [TOLD, TOLD], font(), 5000, marked=True)
    assert made.fields == []
    assert made.size.height() == pytest.approx(made._boxes[0][0].height())
    assert ChainDrawing("", (), font(), 100).size.isEmpty()


def test_the_fields_are_left_to_be_filled():
    made = ChainDrawing("8×8×3", CHAIN, font(), 5000, marked=True)
    image = QImage(made.size.toSize(), QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    with QPainter(image) as painter:
        made.paint(painter, Inks(*[QColor("black")] * 4))
    for field in (*made.fields, *made.signs):
        part = image.copy(field.toRect().adjusted(1, 1, -1, -1))
        blank = part.copy()
        blank.fill(QColor("white"))
        assert part == blank
    assert image.pixelColor(made._boxes[0][0].center().toPoint()) == QColor("black")
