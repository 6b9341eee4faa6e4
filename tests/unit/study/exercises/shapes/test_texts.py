"""Words that several shapes of exercises have in common."""

from __future__ import annotations

from dataclasses import replace

from cnn_tutor.engine.window import Window
from cnn_tutor.study import words
from cnn_tutor.study.exercises.shapes._texts import moves_text


def test_gaps_are_told_only_where_there_are_some():
    close = Window(7, 3, 1, 1, (0, 0))
    spread = replace(close, dilation=2)
    told = [moves_text(None, pair) for pair in ((close, close), (spread, spread))]
    assert [text["en"] for text in told] == [
        "stride 1, no padding",
        "stride 1, no padding, dilation 2",
    ]
    assert told[0]["ja"] == "ストライド 1、パディングなし"
    assert "no_dilation" not in words.table("moves")
