"""How an output of several channels is worked out on its board, step by step."""

from __future__ import annotations

from cnn_tutor.widgets.grids.marks import Mark
from tests.helpers.boards import by_terms, marked, plain

WINDOW = [(r, q) for r in range(3) for q in range(3)]


def filled(lab, grid: str) -> int:
    return sum(bool(text) for row in lab.read(grid) for text in row)


def test_term_by_term_one_channel_follows_the_other_then_the_sums_then_the_bias(drive) -> None:
    lab = drive("rgb")
    lab.write("bias", 0, 0, "5")
    by_terms(lab)
    sums = []
    for term in range(1, 32):
        assert lab.part("step_place").text() == f"{term} / {31 * 25}"
        done = min(term, 27)
        for c in range(3):
            added = max(0, min(done - 9 * c, 9))
            assert filled(lab, f"products[{c}]") == added
            active = {WINDOW[added - 1]} if 9 * c < term <= 9 * c + 9 else set()
            assert marked(lab, f"x[{c}]", Mark.ACTIVE) == active
            assert marked(lab, f"kernel[{c},0]", Mark.ACTIVE) == active
            assert marked(lab, f"products[{c}]", Mark.ACTIVE) == active
        assert marked(lab, "bias", Mark.ACTIVE) == set()  # the last term of all needs no outline
        assert (lab.read("output")[0][0] == "") == (term < 31)
        sums.append(plain(lab.part("total")))
        lab.press("step_forward")
    # By hand, as in the next test: the channels make 0, 2 and 2.
    assert [text.splitlines()[1:] for text in sums] == [
        *[["…"]] * 27,
        ["0"],
        ["0 + 2"],
        ["0 + 2 + 2"],
        ["0 + 2 + 2", "+ Bias 5", "= 9"],
    ]
    assert lab.lab.playback.at == (0, 1, 0)


def test_the_running_sums_of_a_corner_are_those_worked_by_hand(drive) -> None:
    """Only the four lower right cells of the window at the corner lie on the picture.

    Red: of its diagonal only the centre meets no padding, and that is 0. Green: 1 in the centre
    and 1 under it to the right. Blue: its lower row meets padding, then 1 and 1.
    """
    lab = drive("rgb")
    lab.click("output", 0, 0)
    assert [plain(lab.part(f"running_sum[{c}]")) for c in range(3)] == ["Σ = 0", "Σ = 2", "Σ = 2"]
    assert plain(lab.part("total")).splitlines() == ["Sum of the 3", "0 + 2 + 2", "+ Bias 0", "= 4"]
    assert lab.part("formula").toPlainText().splitlines() == [
        "R red: 0",
        "G green: 2",
        "B blue: 2",
        "0 + 2 + 2 + 0 = 4",
    ]


def test_a_sum_of_a_channel_is_not_given_away_before_its_products_are_there(drive) -> None:
    lab = drive("rgb")
    by_terms(lab)
    for _ in range(11):
        lab.press("step_forward")
    assert [plain(lab.part(f"running_sum[{c}]")) for c in range(3)] == ["Σ = 0", "Σ = 0", ""]
    assert lab.part("formula").toPlainText().splitlines()[0] == "R red: 0"
    assert lab.part("formula").toPlainText().endswith(" + …")
