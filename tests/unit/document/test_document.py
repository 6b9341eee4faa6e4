"""The open project: every change of a cell, undone and redone, and what it says it touched."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cnn_tutor.document.document import UNDO_LIMIT, Change, Document
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


def test_a_number_that_is_there_already_is_no_edit(qtbot: QtBot) -> None:
    document = Document(project())
    changes, _ = listen(document)
    opened, there = document.project, float(document.project.x[2, 2, 0])
    document.edit(X, {(2, 2, 0): there}, "nothing")
    document.edit(X, {}, "nothing")
    assert document.project is opened
    assert document.undo_stack.count() == 0
    assert not changes


def test_changed_says_which_cells_got_numbers_that_can_be_read_by_then(qtbot: QtBot) -> None:
    document = Document(project())
    changes, replaced = listen(document)
    seen: list[tuple[float, float]] = []
    document.changed.connect(
        lambda _: seen.append(
            (float(document.project.x[1, 1, 0]), float(document.evaluation.value(INPUT)[1, 1, 0]))
        )
    )
    there, was = (float(document.project.x[index]) for index in ((0, 0, 0), (1, 1, 0)))
    document.edit(X, {(0, 0, 0): there, (1, 1, 0): 50, (2, 3, 0): 60}, "edit")
    document.undo_stack.undo()
    assert seen == [(50, 50), (was, was)]
    for change in changes:
        assert change.address == X
        assert set(change.cells) == {(1, 1, 0), (2, 3, 0)}
    assert not replaced


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


@pytest.mark.parametrize(
    ("index", "number", "error"),
    [
        ((1, 1, 0), MAX_NUMBER + 1, LimitError),
        ((1, 1, 0), float("nan"), LimitError),
        ((-1, 0, 0), 1, IndexError),
        ((5, 0, 0), 1, IndexError),
    ],
)
def test_what_can_not_be_written_leaves_everything_alone(
    qtbot: QtBot, index: tuple[int, ...], number: float, error: type[Exception]
) -> None:
    document = Document(project())
    changes, replaced = listen(document)
    opened = document.project
    with pytest.raises(error):
        document.edit(X, {(0, 0, 0): 55, index: number}, "too large")
    assert document.project is opened
    assert document.undo_stack.count() == 0
    assert document.undo_stack.isClean()
    assert not changes
    assert not replaced
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


# --- undo -----------------------------------------------------------------------------------------

CORNER = (0, 0, 0)


def test_all_edits_of_a_gesture_are_one_step(qtbot: QtBot) -> None:
    document = Document(project())
    before = document.project.x
    for column in range(4):
        document.edit(X, {(0, column, 0): 50 + column}, "drag", gesture=7)
    assert document.undo_stack.count() == 1
    document.undo_stack.undo()
    np.testing.assert_array_equal(document.project.x, before)
    document.undo_stack.redo()
    assert document.project.x[0, :4, 0].tolist() == [50, 51, 52, 53]
    assert_up_to_date(document)


def strides(of: Document, n: int, gesture: int) -> None:
    of.replace(project(Conv2D(strides=(n, 1))), "strides", gesture=gesture)


def corner(of: Document, n: int, gesture: int) -> None:
    of.edit(X, {CORNER: 60 + n}, "corner", gesture)


@pytest.mark.parametrize("change", [strides, corner])
@pytest.mark.parametrize(("first", "second"), [(0, 0), (1, 2), (0, 1), (1, 0), (1, 1)])
def test_only_one_gesture_is_one_step(
    qtbot: QtBot, change: Callable[[Document, int, int], None], first: int, second: int
) -> None:
    document = Document(project())
    states = [document.project]
    for n, gesture in ((2, first), (3, second)):
        change(document, n, gesture)
        states.append(document.project)
    one = first == second == 1
    assert document.undo_stack.count() == (1 if one else 2)
    document.undo_stack.undo()
    assert document.project.equals(states[0 if one else 1])
    document.undo_stack.redo()
    assert document.project.equals(states[2])
    assert_up_to_date(document)


def test_a_gesture_does_not_join_two_tensors(qtbot: QtBot) -> None:
    document = Document(project())
    document.edit(X, {CORNER: 60}, "one", gesture=1)
    document.edit(KERNEL, {(0, 0, 0, 0): 61}, "two", gesture=1)
    document.edit(X, {CORNER: 62}, "three", gesture=1)
    assert document.undo_stack.count() == 3
    document.undo_stack.undo()
    assert document.project.x[CORNER] == 60


def test_a_gesture_is_not_taken_up_again_after_an_undo(qtbot: QtBot) -> None:
    document = Document(project())
    document.edit(X, {CORNER: 60}, "one")
    document.edit(X, {CORNER: 61}, "two", gesture=1)
    document.undo_stack.undo()
    document.edit(X, {CORNER: 62}, "three", gesture=1)
    document.undo_stack.undo()
    assert document.project.x[CORNER] == 60


def test_a_gesture_over_a_save_can_still_be_undone_to_what_was_saved(qtbot: QtBot) -> None:
    document = Document(project())
    document.edit(X, {CORNER: 60}, "drag", gesture=1)
    document.undo_stack.setClean()
    document.edit(X, {CORNER: 61}, "drag", gesture=1)
    assert not document.undo_stack.isClean()
    document.undo_stack.undo()
    assert document.undo_stack.isClean()
    assert document.project.x[CORNER] == 60


def test_a_gesture_that_ends_where_it_began_leaves_no_step(qtbot: QtBot) -> None:
    document = Document(project())
    before = float(document.project.x[CORNER])
    document.edit(X, {CORNER: before + 1}, "wheel", gesture=1)
    document.edit(X, {CORNER: before}, "wheel", gesture=1)
    assert not document.undo_stack.canUndo()
    assert document.undo_stack.isClean()


def test_replacing_shows_the_other_project_and_can_be_undone(qtbot: QtBot) -> None:
    first, second = project(), project(Conv2D(strides=(2, 2)), 2, 2)
    document = Document(first)
    changes, replaced = listen(document)
    document.replace(second, "other")
    assert document.project is second
    assert_up_to_date(document)
    document.undo_stack.undo()
    assert document.project is first
    assert_up_to_date(document)
    document.undo_stack.redo()
    assert document.project is second
    assert len(replaced) == 3
    assert not changes


def test_a_gesture_does_not_join_cells_and_settings(qtbot: QtBot) -> None:
    document = Document(project())
    document.edit(X, {CORNER: 60}, "cell", gesture=3)
    edited = document.project
    document.replace(edited.with_layer("conv2d_1", Conv2D(strides=(2, 2))), "set", gesture=3)
    document.edit(X, {CORNER: 61}, "cell", gesture=3)
    assert document.undo_stack.count() == 3
    document.undo_stack.undo()
    document.undo_stack.undo()
    assert document.project is edited
    assert_up_to_date(document)


def test_opening_forgets_the_history(qtbot: QtBot) -> None:
    document = Document(project())
    document.undo_stack.resetClean()  # as restored work is
    document.edit(X, {CORNER: 60}, "edit")
    changes, replaced = listen(document)
    other = project(channels=2)
    document.open(other)
    assert document.project is other
    assert document.undo_stack.count() == 0
    assert document.undo_stack.isClean()
    assert len(replaced) == 1
    assert not changes
    assert_up_to_date(document)


def test_the_oldest_steps_are_let_go_of(qtbot: QtBot) -> None:
    document = Document(project())
    before = float(document.project.x[CORNER])
    for number in range(UNDO_LIMIT + 5):
        document.edit(X, {CORNER: 100 + number}, "write")
    assert document.undo_stack.count() == UNDO_LIMIT
    while document.undo_stack.canUndo():
        document.undo_stack.undo()
    assert before != document.project.x[CORNER] == 104
    assert not document.undo_stack.isClean()  # what it was at first can't be had back
    assert_up_to_date(document)
