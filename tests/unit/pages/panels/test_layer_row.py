"""The bar with the chain of layers: choosing, adding, moving and taking out."""

from __future__ import annotations

import itertools

import numpy as np
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu, QToolButton, QWidget

from cnn_tutor.document.document import Document
from cnn_tutor.engine import registry
from cnn_tutor.engine.layers.flatten import Flatten
from cnn_tutor.engine.registry import layer_kinds
from cnn_tutor.pages.panels.layer_row import LayerRow
from cnn_tutor.project.project import Project
from cnn_tutor.study import words
from tests.helpers.states import lab_state
from tests.helpers.widgets import CTRL, LEFT, NONE, OFFSCREEN, Key, in_window, press, turn_wheel

pytestmark = OFFSCREEN
ALT_SHIFT = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier


def chain(*kinds: str, side: int = 8) -> Project:
    """Layers of these kinds behind each other, as they come when they are added."""
    first, *rest = kinds
    layer, _ = layer_kinds()[first].sample(np.random.default_rng(0), 0)
    x = np.arange(float(side * side)).reshape(side, side, 1)
    tensors = {"kernel": np.ones((3, 3, 1, 1)), "bias": np.zeros(1)}
    project = Project.of(x, layer, tensors if first == "conv2d" else {})
    for kind in rest:
        project = project.inserted(len(project.network.nodes), kind)
    return project


class Bench:
    """A bar over a document, worked with mouse and keys."""

    def __init__(self, qtbot, project: Project, width: int = 900) -> None:
        self.qtbot, self.document = qtbot, Document(project)
        self.state = lab_state(self.document)
        self.shown = self.state.shown
        self.bar = LayerRow(self.document, self.state)
        self.document.setParent(self.bar)
        self.window = in_window(qtbot, self.bar, size=(width, 80))
        self.refusals: list[object] = []
        self.bar.refused.connect(self.refusals.append)

    @property
    def names(self) -> list[str]:
        return [node.name for node in self.document.project.network.nodes]

    def chip(self, name: str) -> QAbstractButton:
        return self.bar.findChild(QAbstractButton, f"chip[{name}]")

    @property
    def seen(self) -> list[str]:
        chips = self.bar.row.findChildren(QAbstractButton)
        return [c.objectName()[5:-1] for c in chips if c.isVisible()]

    def click(self, name: str) -> None:
        QTest.mouseClick(self.chip(name), LEFT)

    def press_button(self, name: str) -> None:
        button = self.bar.findChild(QAbstractButton, name)
        QTest.mouseClick(button, LEFT)

    def choose(self, button: str, text: str) -> None:
        """Open a button's menu with the mouse and choose an entry with the keyboard."""
        widget = self.bar.findChild(QWidget, button)
        menu = widget.menu()
        menu.popup(widget.mapToGlobal(QPoint(0, 30)))
        self.pick(menu, text)

    def pick(self, menu: QMenu, text: str) -> None:
        self.qtbot.waitUntil(menu.isVisible)
        (action,) = [a for a in menu.actions() if a.text() == text]
        QTest.mouseClick(menu, LEFT, NONE, menu.actionGeometry(action).center())
        self.qtbot.waitUntil(lambda: not menu.isVisible())


def test_it_names_every_layer_with_its_shape(qtbot) -> None:
    bench = Bench(qtbot, chain("conv2d", "relu", "flatten"))
    texts = [bench.chip(name).text() for name in ("input", *bench.names)]
    assert texts == ["Input 8×8×1", "Convolution 6×6×1", "ReLU 6×6×1", "Flatten 36"]
    assert bench.chip("flatten_1").isChecked()
    assert not bench.chip("input").isEnabled()
    assert bench.bar.height() <= 34


def test_a_click_shows_a_layer(qtbot) -> None:
    bench = Bench(qtbot, chain("conv2d", "relu", "flatten"))
    bench.click("conv2d_1")
    assert bench.shown.name == "conv2d_1"
    assert bench.chip("conv2d_1").isChecked()
    assert not bench.chip("flatten_1").isChecked()
    bench.click("conv2d_1")
    assert bench.chip("conv2d_1").isChecked()


def test_the_arrow_keys_show_the_layers_beside(qtbot) -> None:
    bench = Bench(qtbot, chain("conv2d", "relu", "flatten"))
    bench.bar.first_part.setFocus()
    press(qtbot, Key.Key_Left)
    assert bench.shown.name == "relu_1"
    press(qtbot, Key.Key_Left, Key.Key_Left)
    assert bench.shown.name == "conv2d_1"
    press(qtbot, Key.Key_Right)
    assert bench.shown.name == "relu_1"
    press(qtbot, Key.Key_End)
    assert bench.shown.name == "flatten_1"
    assert "Flatten" in bench.bar.row.accessibleName()


def opened(bench: Bench) -> list[str]:
    """Open the menu of kinds with the keyboard, read it and close it."""
    button = bench.bar.findChild(QToolButton, "chain_add")
    button.setFocus()
    read: list[str] = []

    def look() -> None:  # the key returns only when the menu is closed again
        menu = button.menu()
        if not menu.isVisible():
            QTimer.singleShot(0, button, look)
            return
        read.extend(action.text() for action in menu.actions())
        QTest.keyClick(menu, Key.Key_Escape)

    QTimer.singleShot(0, button, look)
    QTest.keyClick(button, Key.Key_Space)
    bench.qtbot.waitUntil(lambda: bool(read) and not button.menu().isVisible())
    return read


def test_a_kind_from_outside_is_offered_as_soon_as_it_is_there(qtbot) -> None:
    class Guest(Flatten):
        kind = "guest"

    bench = Bench(qtbot, chain("conv2d"))
    before = opened(bench)
    assert sorted(before) == sorted(words.name(f"kinds.{kind}") for kind in layer_kinds())
    assert before[0] == "Convolution"
    registry.register(Guest)
    try:
        assert opened(bench) == [*before, "guest"]
        bench.choose("chain_add", "guest")
        assert bench.names == ["conv2d_1", "guest_1"]
    finally:
        registry.unregister("guest")
    assert opened(bench) == before


def test_a_layer_is_added_after_the_shown_one_and_undone(qtbot) -> None:
    bench = Bench(qtbot, chain("conv2d", "flatten"))
    bench.click("conv2d_1")
    bench.choose("chain_add", "ReLU")
    assert bench.names == ["conv2d_1", "relu_1", "flatten_1"]
    assert bench.shown.name == "relu_1"
    assert bench.chip("relu_1").isChecked()
    bench.document.undo_stack.undo()
    assert bench.names == ["conv2d_1", "flatten_1"]
    assert bench.chip(bench.shown.name).isChecked()
    bench.document.undo_stack.redo()
    assert bench.names == ["conv2d_1", "relu_1", "flatten_1"]


def test_a_layer_that_does_not_fit_is_refused_and_nothing_changes(qtbot) -> None:
    bench = Bench(qtbot, chain("conv2d", "flatten"))
    project = bench.document.project
    bench.choose("chain_add", "Convolution")
    assert len(bench.refusals) == 1
    assert words.explain(bench.refusals[0])
    assert bench.document.project is project
    assert bench.document.undo_stack.count() == 0
    assert bench.shown.name == "flatten_1"


def test_a_layer_moves_with_the_keys_and_is_undone(qtbot) -> None:
    bench = Bench(qtbot, chain("conv2d", "relu", "max_pooling2d"))
    bench.bar.first_part.setFocus()
    press(qtbot, Key.Key_Left, modifiers=ALT_SHIFT)
    assert bench.names == ["conv2d_1", "max_pooling2d_1", "relu_1"]
    assert bench.shown.name == "max_pooling2d_1"
    press(qtbot, Key.Key_Right, modifiers=ALT_SHIFT)
    press(qtbot, Key.Key_Right, modifiers=ALT_SHIFT)  # already the last one
    assert bench.names == ["conv2d_1", "relu_1", "max_pooling2d_1"]
    bench.document.undo_stack.undo()
    assert bench.names == ["conv2d_1", "max_pooling2d_1", "relu_1"]


def test_an_order_that_does_not_fit_is_refused(qtbot) -> None:
    bench = Bench(qtbot, chain("conv2d", "flatten"))
    project = bench.document.project
    bench.bar.first_part.setFocus()
    press(qtbot, Key.Key_Left, modifiers=ALT_SHIFT)
    assert len(bench.refusals) == 1
    assert bench.document.project is project


def test_a_layer_is_taken_out_with_the_keys_and_undone(qtbot) -> None:
    bench = Bench(qtbot, chain("conv2d", "relu", "flatten"))
    bench.click("relu_1")
    bench.bar.first_part.setFocus()
    press(qtbot, Key.Key_Delete, modifiers=CTRL)
    assert bench.names == ["conv2d_1", "flatten_1"]
    assert bench.shown.name == "flatten_1"
    bench.document.undo_stack.undo()
    assert bench.names == ["conv2d_1", "relu_1", "flatten_1"]


def test_the_menus_move_and_take_out_too(qtbot) -> None:
    bench = Bench(qtbot, chain("conv2d", "relu", "max_pooling2d"))
    bench.choose("chain_menu", "Move the layer left")
    assert bench.names == ["conv2d_1", "max_pooling2d_1", "relu_1"]
    chip = bench.chip("relu_1")
    at = chip.geometry().center()
    event = QContextMenuEvent(
        QContextMenuEvent.Reason.Mouse, at, bench.bar.row.mapToGlobal(at), NONE
    )
    QApplication.sendEvent(bench.bar.row, event)
    assert bench.shown.name == "relu_1"
    menu = bench.bar.findChild(QWidget, "chain_menu").menu()
    bench.pick(menu, "Remove the layer")
    assert bench.names == ["conv2d_1", "max_pooling2d_1"]


def test_the_only_layer_can_neither_move_nor_go(qtbot) -> None:
    bench = Bench(qtbot, chain("conv2d"))
    menu = bench.bar.findChild(QWidget, "chain_menu").menu()
    assert not any(action.isEnabled() for action in menu.actions())


LONG = ["conv2d", *["relu", "max_pooling2d", "tanh"] * 3, "flatten", "dense"]


def test_a_long_chain_shows_whole_chips_only_the_shown_one_among_them(qtbot) -> None:
    bench = Bench(qtbot, chain(*LONG, side=40), width=640)
    bench.bar.first_part.setFocus()
    for name in reversed(bench.names):
        assert bench.shown.name == name
        assert name in bench.seen
        for seen in bench.seen:
            chip = bench.chip(seen)
            assert chip.width() >= chip.sizeHint().width()
            assert bench.bar.row.rect().contains(chip.geometry())
        places = [bench.chip(seen).geometry() for seen in bench.seen]
        assert all(a.right() < b.left() for a, b in itertools.pairwise(places))
        press(qtbot, Key.Key_Left)


def test_the_buttons_and_the_wheel_look_along_a_long_chain(qtbot) -> None:
    bench = Bench(qtbot, chain(*LONG, side=40), width=640)
    before = bench.seen
    bench.press_button("chain_back")
    assert bench.seen != before
    assert bench.shown.name == bench.names[-1]  # only looked at
    turn_wheel(bench.bar.row, QPoint(5, 5), -120)
    assert bench.seen == before
    for _ in range(30):
        turn_wheel(bench.bar.row, QPoint(5, 5), 120)
    assert bench.seen[0] == "input"
    assert not bench.bar.findChild(QWidget, "chain_back").isEnabled()


def test_a_short_chain_needs_no_buttons_to_look_along_it(qtbot) -> None:
    bench = Bench(qtbot, chain("conv2d", "relu"))
    assert not bench.bar.findChild(QWidget, "chain_back").isVisible()
    assert bench.seen == ["input", "conv2d_1", "relu_1"]


def test_out_of_sight_it_follows_the_network(qtbot) -> None:
    bench = Bench(qtbot, chain("conv2d"))
    bench.bar.hide()
    bench.document.replace(bench.document.project.inserted(1, "relu"), "add")
    bench.bar.show()
    assert "relu_1" in bench.seen
