"""Playing the output, as the lab shows it."""

from __future__ import annotations

import pytest

from tests.helpers.boards import by_terms, plain

VALID = [3, 0, 1, 0, 2, 0, 1, 0, 3]
SAME = [0, 0, 2, 0, 1, 0, 3, 0, 1, 0, 2, 0, 2, 0, 2, 0, 1, 0, 3, 0, 1, 0, 2, 0, 0]

# The grids of products that the playback without padding shows, read row by row.
VALID_PRODUCTS = [
    "001010100",
    "000000000",
    "000010000",
    "000000000",
    "001000100",
    "000000000",
    "000010000",
    "000000000",
    "001010100",
]


@pytest.mark.parametrize(("preset", "values"), [("convolution", VALID), ("convolution_same", SAME)])
def test_each_step_shows_one_more_cell_and_blanks_the_rest(drive, preset, values) -> None:
    lab = drive(preset)
    lab.press("step_first")
    for step in range(len(values)):
        shown = [text for row in lab.read("output") for text in row]
        assert shown[: step + 1] == [str(v) for v in values[: step + 1]]
        assert shown[step + 1 :] == [""] * (len(values) - step - 1)
        assert lab.part("step_place").text() == f"{step + 1} / {len(values)}"
        assert lab.part("running_sum").text().count(f">{values[step]}<") >= 1
        lab.press("step_forward")
    lab.press("step_back")
    assert lab.read("output")[-1][-1] == ""
    lab.press("step_last")
    assert lab.read("output")[-1][-1] == str(values[-1])


def test_the_products_are_those_of_the_playback_by_hand(drive) -> None:
    lab = drive("convolution")
    lab.press("step_first")
    for products in VALID_PRODUCTS:
        shown = [text.partition(" = ")[2] for row in lab.read("products") for text in row]
        assert "".join(shown) == products
        lab.press("step_forward")


def test_term_by_term_the_running_sum_grows(drive) -> None:
    lab = drive("convolution")
    by_terms(lab)
    assert lab.part("formula").toPlainText() == "0·0 + …"
    sums = []
    for term in range(1, 11):
        shown = [text for row in lab.read("products") for text in row]
        assert sum(bool(text) for text in shown) == min(term, 9)
        sums.append(plain(lab.part("running_sum")))
        assert (lab.read("output")[0][0] == "") == (term < 10)
        formula = lab.part("formula").toPlainText()
        lab.press("step_forward")
    assert formula.endswith("+ 0 = 3")
    assert sums == [f"Σ = {n}" for n in (0, 0, 1, 1, 2, 2, 3, 3, 3)] + ["Σ = 3 + 0 = 3"]


def test_hovering_a_blank_cell_does_not_give_it_away(drive) -> None:
    lab = drive("convolution")
    lab.press("step_first")
    lab.hover("output", 2, 2)
    assert lab.lab.state.highlight.at == (0, 0, 0)
