"""Nothing that can be seen or heard tells the number that the learner is asked for."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QTableView, QTextEdit, QWidget

from cnn_tutor.app.style import appearance, language
from cnn_tutor.engine.layers.conv2d import Conv2D
from cnn_tutor.engine.layers.relu import ReLU
from cnn_tutor.engine.network import Node
from cnn_tutor.project.project import Project
from cnn_tutor.study import words
from cnn_tutor.widgets.grids.marks import Mark
from cnn_tutor.widgets.maps.map_columns import MapColumns, Place
from cnn_tutor.widgets.units.unit_diagram import UnitDiagram
from cnn_tutor.widgets.units.units import RIGHT
from tests.helpers.boards import by_terms, marked, plain, tab

AT = (0, 0, 0)
ROLES = Qt.ItemDataRole
TEXTS = (ROLES.DisplayRole, ROLES.ToolTipRole, ROLES.AccessibleTextRole, ROLES.EditRole)


def ask(lab, *cells, workings: bool = True):
    lab.lab.questions.ask(cells or (AT,), workings)
    return lab.lab.questions


def formula(lab) -> str:
    edit = lab.part("formula")
    return edit.toPlainText().replace("\xa0", " ")


def told(lab) -> str:
    """Return all that can be read or heard in the lab now."""
    return "\n".join(text for widget in lab.lab.findChildren(QWidget) for text in _told(widget))


def _told(widget: QWidget) -> Iterator[str]:
    if not widget.isVisible():
        return
    yield from (widget.accessibleName(), widget.accessibleDescription(), widget.toolTip())
    if isinstance(widget, QLabel):
        yield widget.text()
    if isinstance(widget, QTextEdit | QPlainTextEdit):
        yield widget.toPlainText()
    if isinstance(widget, QTableView):
        model = widget.model()
        for row, column in itertools.product(range(model.rowCount()), range(model.columnCount())):
            yield from (str(model.index(row, column).data(role)) for role in TEXTS)
    if isinstance(widget, MapColumns):
        for column in widget.columns:
            for index in np.ndindex(column.values.shape):
                yield widget._spoken(Place(column.key, index))
    if isinstance(widget, UnitDiagram):
        yield str(widget._values[RIGHT])


def secret() -> Project:
    """Return work whose first output is 7777, and the last another number."""
    x = np.arange(25.0).reshape(5, 5, 1)
    x[0, 0], x[0, 1], x[1, 0] = 7000, 700, 77
    kernel = np.zeros((3, 3, 1, 1))
    kernel[0, 0] = kernel[0, 1] = kernel[1, 0] = 1
    nodes = (
        Node("conv2d_1", Conv2D(), {"kernel": kernel, "bias": np.zeros(1)}),
        Node("relu_1", ReLU(), {}),
    )
    return Project.chain(x, nodes)


@pytest.mark.parametrize("workings", [True, False])
@pytest.mark.parametrize("view", ["cells", "matrices", "units", "network"])
@pytest.mark.parametrize("spoken", ["en", "ja"])
def test_the_number_is_told_nowhere(drive, workings: bool, view: str, spoken: str) -> None:
    lab = drive(secret())
    language.apply(spoken)
    appearance.apply("dark" if spoken == "ja" else "light")
    lab.lab.state.select("conv2d_1")
    lab.lab.resize(1280, 720)
    lab.lab.playback.point_at(AT)
    tab(lab.part("views"), words.say(f"views.{view}"))
    QApplication.processEvents()
    lab.lab.finish()
    assert "7777" in told(lab)
    questions = ask(lab, workings=workings)
    QApplication.processEvents()
    assert "7777" not in told(lab)
    # Neither by pointing at it, or at what it reads; nor when other numbers change and come back.
    for port, at in (("output", AT), ("x", (0, 0, 0)), ("kernel", (0, 0, 0, 0)), ("output", None)):
        lab.lab.state.point_at(port, at)
        QApplication.processEvents()
        assert "7777" not in told(lab)
    for place in range(3):
        lab.lab.state.point_at_term(place)
        assert "7777" not in told(lab)
    for _ in range(2):
        lab.document.edit(lab.document.project.address("conv2d_1", "bias"), {(0,): 1.0}, "")
        QApplication.processEvents()
        assert "7778" not in told(lab)
        lab.document.undo_stack.undo()
        assert "7777" not in told(lab)
    for step in (lab.lab.playback.first, lab.lab.playback.last):
        step()
        QApplication.processEvents()
        assert "7777" not in told(lab)
    questions.answer(AT, 7777.0)
    lab.lab.playback.point_at(AT)
    QApplication.processEvents()
    assert "7777" in told(lab)


def test_with_workings_the_products_are_there_and_the_sum_is_not(drive) -> None:
    lab = drive()
    lab.lab.playback.point_at(AT)
    products, total, written = lab.read("products"), plain(lab.part("running_sum")), formula(lab)
    assert written.endswith("= 3")
    questions = ask(lab)
    assert lab.read("products") == products
    assert plain(lab.part("running_sum")) == "Σ = ?"
    assert formula(lab) == written[:-1] + "?"
    questions.answer(AT, 3)
    assert plain(lab.part("running_sum")) == total
    assert formula(lab) == written


def test_without_workings_nothing_is_there(drive) -> None:
    lab = drive()
    lab.lab.playback.point_at(AT)
    ask(lab, workings=False)
    assert {text for row in lab.read("products") for text in row} == {""}
    assert plain(lab.part("running_sum")) == "Σ = ?"
    assert formula(lab) == "?"
    assert len(marked(lab, "x", Mark.READ)) == 9
    lab.hover("x", 0, 0)
    assert formula(lab).endswith("?")
    assert "=" not in formula(lab)


@pytest.mark.parametrize("workings", [True, False])
def test_of_several_channels_every_sum_is_left_to_the_learner(drive, workings: bool) -> None:
    lab = drive("rgb")
    at = (2, 2, 0)
    lab.lab.playback.point_at(at)
    before = formula(lab), plain(lab.part("total"))
    questions = ask(lab, at, workings=workings)
    for channel in range(3):
        assert plain(lab.part(f"running_sum[{channel}]")) == "Σ = ?"
        cells = [text for row in lab.read(f"products[{channel}]") for text in row]
        assert all(cells) == workings
    total = plain(lab.part("total")).splitlines()
    assert total[1:] == (["? + ? + ?", "+ Bias 0", "= ?"] if workings else ["…", "= ?"])
    assert total[0] == "Sum of the 3"
    colours = ["R red: ?", "G green: ?", "B blue: ?", "? + ? + ? + 0 = ?"]
    assert formula(lab).splitlines() == (colours if workings else ["?"])
    questions.answer(at, float(lab.document.evaluation.value("conv2d_1")[at]))
    assert (formula(lab), plain(lab.part("total"))) == before


def test_a_playback_by_terms_shows_no_running_sum(drive) -> None:
    lab = drive("rgb")
    ask(lab)
    by_terms(lab)
    slider = lab.part("step_slider")
    for _ in range(lab.lab.playback.most_terms):
        assert lab.lab.playback.at == AT
        sums = [plain(lab.part(f"running_sum[{n}]")) for n in range(3)]
        assert sums == ["Σ = ?"] * 3
        assert plain(lab.part("total")).endswith("?")
        assert formula(lab).endswith("?")
        QTest.keyClick(slider, Qt.Key.Key_Right)
    assert lab.lab.playback.at == (0, 1, 0)


def test_a_pooled_window_has_no_winner_until_it_is_found(drive) -> None:
    lab = drive("max_pooling")
    lab.lab.playback.point_at(AT)
    won = marked(lab, "x", Mark.WON)
    best = marked(lab, "x", Mark.BEST)
    assert won == {(0, 0)}
    questions = ask(lab)
    assert marked(lab, "x", Mark.WON) == marked(lab, "products", Mark.WON) == set()
    assert marked(lab, "x", Mark.BEST) == best - won
    assert plain(lab.part("running_sum")) == "max = ?"
    assert formula(lab) == "max(3, 1, 0, 2) = ?"
    lab.hover("products", 0, 0)
    assert marked(lab, "x", Mark.WON) == set()
    lab.leave()
    lab.click("output", 0, 0)
    lab.type("3")
    assert questions.all_right
    assert marked(lab, "x", Mark.WON) == marked(lab, "products", Mark.WON) == won
    assert marked(lab, "x", Mark.BEST) == best


@pytest.mark.parametrize("kind", ["sigmoid", "tanh", "relu"])
def test_a_curve_has_no_point_until_it_is_found(drive, kind: str) -> None:
    lab = drive(kind)
    at = lab.lab.playback.at
    curve = lab.part("curve")
    point = curve.point
    questions = ask(lab, at)
    assert curve.point is None
    assert curve.accessibleDescription() == ""
    assert formula(lab).endswith("?")
    appearance.apply("dark")
    assert curve.point is None
    assert point is not None
    questions.answer(at, point[1])
    assert curve.point == point


def test_a_share_has_no_bar_until_it_is_found(drive) -> None:
    lab = drive("softmax")
    at = lab.lab.playback.at
    bars = lab.part("bars")
    row = bars.rows[at[0]]
    questions = ask(lab, at)
    assert bars.rows[at[0]].share is None
    assert bars.rows[at[0]].stage is None
    lab.click("output", 0, 0)  # whose own way has every power in it
    assert bars.rows[at[0]].stage is None
    assert bars.rows[0].share is not None
    questions.answer(at, row.share)
    assert bars.rows[at[0]] == row


def test_what_stands_beside_a_dropout_is_blank_too(drive) -> None:
    lab = drive("dropout")
    (beside,) = (port for port in lab.lab.board._panes.besides)
    grid = next(iter(lab.lab.board._panes.panes[beside].values())).grid
    before = grid.tensor_model.index(0, 0).data()
    questions = ask(lab)
    assert grid.tensor_model.index(0, 0).data() == ""
    lab.lab.playback.point_at(AT)
    assert formula(lab).endswith("?")
    questions.clear()
    assert grid.tensor_model.index(0, 0).data() == before


def test_a_number_that_is_passed_on_is_not_told_either(drive) -> None:
    lab = drive("flatten")
    at = lab.lab.playback.at
    ask(lab, at)
    assert formula(lab).endswith("?")
    ask(lab, at, workings=False)
    assert formula(lab) == "?"


def test_the_network_hides_it_and_what_later_layers_make_of_it(drive) -> None:
    lab = drive(secret())
    lab.lab.state.select("conv2d_1")
    tab(lab.part("views"), "Network")
    maps = lab.part("maps")
    ask(lab)
    QApplication.processEvents()
    for key in ("conv2d_1", "relu_1"):
        spot = maps.cell_rect(Place(key, AT)).center().toPoint()
        QTest.mouseClick(maps, Qt.MouseButton.LeftButton, pos=spot)
        assert " is ?." in plain(lab.part("reads"))
        assert maps.accessibleName().endswith("?")
    lab.lab.questions.clear()
    QApplication.processEvents()
    assert maps.accessibleName().endswith("= 7777")
