"""Which cell won a window."""

from __future__ import annotations

from tests.unit.study.exercises.answers import output
from tests.unit.study.exercises.many import SOME, many, told_apart


def test_one_cell_alone_has_won_its_window():
    for exercise in many("pool_winner", SOME):
        told_apart(exercise)
        x, channel = exercise.tensors["x"], exercise.at[-1]
        (winner,) = [blank.index for blank in exercise.blanks if blank.answer]
        assert winner[-1] == channel
        assert len(exercise.blanks) == x.shape[0] * x.shape[1]
        assert x[winner] == output(exercise)[exercise.at]
        read = [c.index for c in exercise.layer.explain(exercise.tensors, exercise.at).cells("x")]
        assert winner in read
        assert sum(x[cell] == x[winner] for cell in read) == 1
        for outcome in exercise.outcomes:
            assert outcome.together
            held = [name for name, mark in outcome.entries.items() if mark]
            assert len(held) == 1
            cell = exercise.blank(held[0]).index
            wanted = {
                "pool_smallest": min(x[c] for c in read),
                "pool_top_left": x[read[0]],
                "pool_absolute": max((x[c] for c in read), key=abs),
                "pool_global": x[..., channel].max(),
            }
            if outcome.mistake in wanted:
                assert abs(x[cell]) == abs(wanted[outcome.mistake]), outcome.mistake
            else:
                assert outcome.mistake == "pool_overlapped"
                i, j, _ = exercise.at
                height, width = exercise.layer.pool_size
                top, left = (w.before for w in exercise.layer.windows({"x": x.shape}))
                there = x[max(i - top, 0) : i - top + height, max(j - left, 0) : j - left + width]
                assert x[cell] == there[..., channel].max()
