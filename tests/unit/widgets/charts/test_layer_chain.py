"""The drawn chain on a page."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from cnn_tutor.widgets.charts.layer_chain import LayerChain
from cnn_tutor.widgets.overlays.notice import KeepsClear
from tests.unit.widgets.charts.test_chain_drawing import CHAIN, font


def made(qtbot: QtBot, width: int = 1400) -> LayerChain:
    chain = LayerChain()
    qtbot.addWidget(chain)
    chain.show_chain("8×8×3", CHAIN)
    chain.resize(width, chain.heightForWidth(width))
    chain.show()
    return chain


def test_it_stands_in_the_middle_of_its_room(qtbot):
    chain = made(qtbot, 1600)
    shot = chain.grab().toImage()
    ground = shot.pixelColor(0, 0)
    painted = [
        x
        for x in range(shot.width())
        if any(shot.pixelColor(x, y) != ground for y in range(0, shot.height(), 2))
    ]
    right = max(painted[-1], chain.fields[-1][0].right())
    assert abs(painted[0] - (chain.width() - right)) < 20


def test_it_is_higher_where_it_is_narrow_and_says_where_the_fields_are(qtbot):
    chain = made(qtbot)
    before = chain.fields
    with qtbot.waitSignal(chain.placed):
        chain.resize(500, chain.heightForWidth(500))
    assert chain.heightForWidth(500) > chain.heightForWidth(1400)
    assert chain.fields != before
    assert len(chain.fields) == len(before) == 8
    for field, sign in chain.fields:
        assert chain.rect().contains(field)
        assert sign.bottom() < field.bottom()


def test_no_message_covers_its_layers(qtbot):
    chain = made(qtbot)
    assert isinstance(chain, KeepsClear)
    assert len(chain.kept_clear()) == 5
    assert not any(box.intersects(field) for box in chain.kept_clear() for field, _ in chain.fields)


def test_it_follows_its_font(qtbot):
    chain = made(qtbot)
    high, wide = chain.heightForWidth(1400), chain.minimumSizeHint().width()
    with qtbot.waitSignal(chain.placed):
        chain.setFont(font(30))
    assert chain.heightForWidth(1400) > 1.5 * high
    assert chain.minimumSizeHint().width() > 1.5 * wide
