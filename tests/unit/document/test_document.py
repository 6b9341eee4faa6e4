"""The open project: every change of a cell, undone and redone, and what it says it touched."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cnn_tutor.document.document import Change, Document
from cnn_tutor.engine.arrays import Array
from cnn_tutor.engine.errors import Refusal
from cnn_tutor.engine.layer import Layer
from cnn_tutor.engine.layers.conv2d import Conv2D
from cnn_tutor.engine.network import INPUT, Evaluation, Network, Node
from cnn_tutor.project.limits import MAX_NUMBER, LimitError
from cnn_tutor.project.project import Address, Project
from tests.unit.engine.toys import Failing, Growing

X = Address(INPUT, "x")
KERNEL = Address("conv2d_1", "kernel")
BIAS = Address("conv2d_1", "bias")


def project(layer: Conv2D | None = None, channels: int = 1, filters: int = 1) -> Project:
    rng = np.random.default_rng(3)
    return Project.of(
        rng.integers(0, 10, (5, 6, channels)).astype(float),
        layer or Conv2D(),
        {
            "kernel": rng.integers(1, 5, (3, 2, channels, filters)).astype(float),
            "bias": np.zeros(filters),
        },
        "deck",
    )


def chain() -> Project:
    rng = np.random.default_rng(4)
    nodes = tuple(
        Node(name, layer, {"kernel": rng.integers(1, 4, (2, 2, 1, 1)) * 1.0, "bias": np.zeros(1)})
        for name, layer in (("a", Conv2D(padding="same")), ("b", Conv2D(strides=(2, 1))))
    )
    return Project(rng.integers(0, 9, (5, 5, 1)) * 1.0, Network((5, 5, 1), nodes)).checked()


def listen(document: Document) -> tuple[list[Change], list[None]]:
    changes: list[Change] = []
    replaced: list[None] = []
    document.changed.connect(changes.append)
    document.replaced.connect(lambda: replaced.append(None))
    return changes, replaced


def assert_up_to_date(document: Document) -> None:
    """Check that every number is what the project gives when it is computed from nothing."""
    fresh = Evaluation(document.project.network, document.project.x)
    for name in (INPUT, *(node.name for node in document.project.network.nodes)):
        np.testing.assert_array_equal(document.evaluation.value(name), fresh.value(name))


def test_a_new_document_shows_its_project_and_has_no_history(qtbot: QtBot) -> None:
    opened = project()
    document = Document(opened)
    assert document.project is opened
    assert document.undo_stack.count() == 0
    assert document.undo_stack.isClean()
    assert_up_to_date(document)


def test_an_edit_is_written_undone_and_redone(qtbot: QtBot) -> None:
    document = Document(project())
    before = np.array(document.project.x)
    document.edit(X, {(1, 2, 0): 77, (4, 5, 0): -3}, "two cells")
    after = np.array(before)
    after[1, 2, 0], after[4, 5, 0] = 77, -3
    for wanted, step in ((after, None), (before, "undo"), (after, "redo")):
        if step:
            getattr(document.undo_stack, step)()
        np.testing.assert_array_equal(document.project.x, wanted)
        assert_up_to_date(document)
    assert document.undo_stack.undoText() == "two cells"
    assert document.undo_stack.count() == 1


@pytest.mark.parametrize(("at", "index"), [(X, (0, 0, 0)), (KERNEL, (2, 1, 0, 0)), (BIAS, (0,))])
def test_only_the_edited_array_is_another(
    qtbot: QtBot, at: Address, index: tuple[int, ...]
) -> None:
    document = Document(project())
    before = document.project
    document.edit(at, {index: 9.5}, "edit")
    for address in (X, KERNEL, BIAS):
        shared = document.project.tensor(address) is before.tensor(address)
        assert shared == (address != at)
    assert before.tensor(at)[index] != 9.5
    assert document.project.tensor(at)[index] == 9.5
    assert document.project.origin == "deck"


def test_a_number_that_is_there_already_is_no_edit(qtbot: QtBot) -> None:
    document = Document(project())
    changes, _ = listen(document)
    opened, there = document.project, float(document.project.x[2, 2, 0])
    document.edit(X, {(2, 2, 0): there}, "nothing")
    document.edit(X, {}, "nothing")
    assert document.project is opened
    assert document.undo_stack.count() == 0
    assert not changes


def test_changed_carries_exactly_the_cells_that_got_other_numbers(qtbot: QtBot) -> None:
    document = Document(project())
    changes, replaced = listen(document)
    there = float(document.project.x[0, 0, 0])
    document.edit(X, {(0, 0, 0): there, (1, 1, 0): 50, (2, 3, 0): 60}, "edit")
    document.undo_stack.undo()
    for change in changes:
        assert change.address == X
        assert set(change.cells) == {(1, 1, 0), (2, 3, 0)}
    assert len(changes) == 2
    assert not replaced


def test_changed_comes_when_the_new_numbers_can_be_read(qtbot: QtBot) -> None:
    document = Document(project())
    seen: list[tuple[float, float]] = []
    document.changed.connect(
        lambda _: seen.append(
            (float(document.project.x[0, 0, 0]), float(document.evaluation.value(INPUT)[0, 0, 0]))
        )
    )
    was = float(document.project.x[0, 0, 0])
    document.edit(X, {(0, 0, 0): 42}, "edit")
    document.undo_stack.undo()
    assert seen == [(42, 42), (was, was)]


def covered(change: Change, name: str, shape: tuple[int, ...]) -> Array:
    mask = np.zeros(shape, bool)
    if name in change.outputs:
        mask[change.outputs[name]] = True
    return mask


@given(data=st.data())
@settings(max_examples=60)
def test_the_regions_cover_every_output_that_changed(
    qapp: QApplication, data: st.DataObject
) -> None:
    layer = Conv2D(
        strides=data.draw(st.sampled_from([(1, 1), (2, 1), (3, 2)])),
        padding=data.draw(st.sampled_from(["valid", "same", ((1, 0), (2, 3))])),
        dilation_rate=data.draw(st.sampled_from([(1, 1), (2, 3)])),
    )
    opened = data.draw(st.sampled_from([project(layer), project(layer, 2, 3), chain()]))
    document = Document(opened)
    changes, _ = listen(document)
    nodes = [node.name for node in opened.network.nodes]
    at = data.draw(
        st.sampled_from([X, *(Address(n, p) for n in nodes for p in ("kernel", "bias"))])
    )
    index = st.tuples(*(st.integers(0, n - 1) for n in opened.tensor(at).shape))
    cells = data.draw(st.dictionaries(index, st.integers(-9, 9).map(float), min_size=1, max_size=3))
    before = {name: np.array(document.evaluation.value(name)) for name in nodes}
    document.edit(at, cells, "edit")
    document.undo_stack.undo()
    document.undo_stack.redo()
    assert_up_to_date(document)
    for change in changes:
        for name, old in before.items():
            differs = document.evaluation.value(name) != old
            assert not (differs & ~covered(change, name, old.shape)).any()


def test_an_edit_of_one_corner_leaves_the_far_outputs_out(qtbot: QtBot) -> None:
    document = Document(project(filters=2))
    changes, _ = listen(document)
    document.edit(X, {(0, 0, 0): 50}, "edit")
    document.edit(KERNEL, {(0, 0, 0, 1): 50}, "edit")
    first, second = (covered(change, "conv2d_1", (3, 5, 2)) for change in changes)
    assert np.argwhere(first).tolist() == [[0, 0, 0], [0, 0, 1]]
    assert second[..., 1].all()
    assert not second[..., 0].any()


@pytest.mark.parametrize("number", [MAX_NUMBER + 1, -MAX_NUMBER - 1, float("inf"), float("nan")])
def test_a_number_over_the_limit_leaves_everything_alone(qtbot: QtBot, number: float) -> None:
    document = Document(project())
    changes, replaced = listen(document)
    opened = document.project
    with pytest.raises(LimitError):
        document.edit(X, {(0, 0, 0): 55, (1, 1, 0): number}, "too large")
    assert document.project is opened
    assert document.undo_stack.count() == 0
    assert document.undo_stack.isClean()
    assert not changes
    assert not replaced
    assert_up_to_date(document)


def test_a_cell_outside_the_tensor_leaves_everything_alone(qtbot: QtBot) -> None:
    document = Document(project())
    opened = document.project
    for index in ((-1, 0, 0), (5, 0, 0)):
        with pytest.raises(IndexError):
            document.edit(X, {(0, 0, 0): 55, index: 1}, "padding")
        assert document.project is opened
        assert document.undo_stack.count() == 0
        assert_up_to_date(document)


def strange(layer: Layer, value: float) -> Project:
    """A project of a toy, which takes small numbers only."""
    return Project.of(np.full((3, 3, 1), value), layer, {"scale": np.array([2.0])})


TOYS = [(Failing(), ValueError, "strange"), (Growing(), Refusal, "not_finite_result")]
"""What can't compute large numbers: one has a fault of its own, the other's are refused."""


@pytest.mark.parametrize(("layer", "error", "said"), TOYS)
@pytest.mark.parametrize("way", ["replace", "open"])
def test_a_project_that_cannot_be_computed_leaves_everything_alone(
    qtbot: QtBot, layer: Layer, error: type[Exception], said: str, way: str
) -> None:
    document = Document(project())
    document.edit(X, {(0, 0, 0): 55}, "edit")
    opened = document.project
    changes, replaced = listen(document)
    put = {"replace": lambda p: document.replace(p, "strange"), "open": document.open}[way]
    with pytest.raises(error, match=said) as failed:
        put(strange(layer, 800))
    assert isinstance(failed.value, Refusal) == (error is Refusal)
    assert document.project is opened
    assert document.undo_stack.count() == 1
    assert not changes
    assert not replaced
    assert_up_to_date(document)
    put(strange(layer, 8))
    assert_up_to_date(document)


@pytest.mark.parametrize(("layer", "error", "said"), TOYS)
def test_a_number_that_a_layer_cannot_take_leaves_everything_alone(
    qtbot: QtBot, layer: Layer, error: type[Exception], said: str
) -> None:
    document = Document(strange(layer, 8))
    opened = document.project
    changes, _ = listen(document)
    with pytest.raises(error, match=said):
        document.edit(X, {(1, 1, 0): 800}, "too much")
    assert document.project is opened
    assert document.undo_stack.count() == 0
    assert not changes
    assert_up_to_date(document)
    document.edit(X, {(1, 1, 0): 9}, "fine")
    assert_up_to_date(document)
    document.undo_stack.undo()
    assert_up_to_date(document)


def test_a_project_is_computed_once_when_it_is_put_in_place(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    document, after = Document(project()), project(Conv2D(strides=(2, 2)))
    computed: list[str] = []

    def record(name: str) -> None:
        method = getattr(Conv2D, name)
        monkeypatch.setattr(Conv2D, name, lambda *given: (computed.append(name), method(*given))[1])

    record("forward")
    record("forward_region")
    document.replace(after, "other")
    assert computed == ["forward"]
    document.edit(X, {(0, 0, 0): 55}, "edit")
    assert computed == ["forward", "forward_region"]
