"""The line that puts the sums of several channels together."""

from __future__ import annotations

from PySide6.QtGui import QTextDocument

from cnn_tutor.engine.explanation import Explanation
from cnn_tutor.engine.layers.conv2d import Conv2D
from cnn_tutor.pages.views.cells.tables import tables
from cnn_tutor.pages.views.cells.total import total_html
from cnn_tutor.study import words
from tests.unit.pages.views.cells.test_tables import convolution
from tests.unit.study.test_formula import RGB, explained


def written(explanation: Explanation, shown: int | None = None) -> str:
    count = sum(len(step.terms) for step in explanation.steps)
    text = total_html(
        explanation, tables(explanation), count if shown is None else shown, lambda _: "#123456"
    )
    document = QTextDocument()
    document.setHtml(text)
    return document.toPlainText()


def test_the_total_puts_the_channels_and_the_bias_together(qapp) -> None:
    explanation = explained(Conv2D(), (0, 0, 0), **RGB)
    assert written(explanation).splitlines() == [
        words.say("layers.sum_of", count=3),
        "2 + (−1) + (−3)",
        "+ Bias (−4)",
        "= −6",
    ]


def test_the_total_grows_with_the_steps(qapp) -> None:
    explanation = explained(Conv2D(), (0, 0, 0), **RGB)
    bodies = [written(explanation, shown).splitlines()[1:] for shown in range(8)]
    assert bodies == [
        *[["…"]] * 4,
        ["2"],
        ["2 + (−1)"],
        ["2 + (−1) + (−3)"],
        ["2 + (−1) + (−3)", "+ Bias (−4)", "= −6"],
    ]


def test_a_sum_has_the_colour_of_its_channel() -> None:
    explanation = explained(Conv2D(), (0, 0, 0), **RGB)
    inks = {0: "#aa0000", 1: "#00bb00", 2: "#0000cc"}
    text = total_html(explanation, tables(explanation), 7, lambda table: inks[table.place])
    for ink, sum_ in zip(inks.values(), ("2", "(−1)", "(−3)"), strict=True):
        assert f"<span style='color:{ink}'>{sum_}</span>" in text


def test_a_negative_number_at_the_start_of_the_total_needs_no_brackets(qapp) -> None:
    tensors = {**RGB, "kernel": -RGB["kernel"]}
    assert written(explained(Conv2D(), (0, 0, 0), **tensors)).splitlines()[1] == "−2 + 1 + 3"


def test_one_grid_alone_needs_no_total() -> None:
    assert written(convolution(1)) == ""


def test_a_name_that_looks_like_markup_is_written_as_it_is(qapp, monkeypatch) -> None:
    monkeypatch.setattr(words, "name", lambda key: "<i>&")
    assert "+ <i>& (−4)" in written(explained(Conv2D(), (0, 0, 0), **RGB))


def test_a_total_that_is_asked_for_tells_no_sum_but_what_is_added_to_them() -> None:
    explanation = convolution(3)
    document = QTextDocument()
    for shown, lines in ((16, ["? + ? + ?", "+ Bias 5", "= ?"]), (0, ["…", "= ?"])):
        html = total_html(explanation, tables(explanation), shown, lambda _: "#123456", hidden=True)
        document.setHtml(html)
        assert document.toPlainText().splitlines()[1:] == lines
