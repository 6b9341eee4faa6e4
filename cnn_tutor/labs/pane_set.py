"""All grids of a board: made for a layer's ports, filled from its tensors, laid out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from cnn_tutor.engine.explanation import Index, Shape
from cnn_tutor.engine.layer import Array
from cnn_tutor.engine.window import Window
from cnn_tutor.labs.board_layout import BoardSizes, arrange
from cnn_tutor.labs.pane import Pane, grid_size, planes
from cnn_tutor.labs.shown_layer import OUTPUT
from cnn_tutor.study import numbers, words
from cnn_tutor.widgets.product_grid import ProductGrid
from cnn_tutor.widgets.tensor_grid import TensorGrid
from cnn_tutor.widgets.tensor_model import NO_PADS

_TONES = {"x": "read", OUTPUT: "written"}


class PaneSet:
    """The panes of one layer, in the order in which its ports and output are read.

    ``shapes`` are those of every port and of ``output``; ``signs`` the sign before each port.
    """

    def __init__(
        self, board: QWidget, shapes: Mapping[str, Shape], signs: Mapping[str, str]
    ) -> None:
        self.panes: dict[str, list[Pane[TensorGrid]]] = {
            port: [
                Pane(board, TensorGrid(_TONES.get(port, "weight"), port != OUTPUT), name)
                for name, _ in planes(port, shape)
            ]
            for port, shape in shapes.items()
        }
        self.products = Pane(board, ProductGrid(), "products")
        self.running_sum = QLabel(board)
        self.running_sum.setObjectName("running_sum")
        inner = [signs.get(port, "∘") for port in shapes if port not in _TONES]
        self._signs = [QLabel(sign, board) for sign in [*(inner or ["→"]), "="]]
        for sign in self._signs:
            sign.setObjectName("sign")
            sign.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for widget in self._widgets():
            widget.show()

    def __iter__(self) -> Iterator[tuple[str, Pane[TensorGrid]]]:
        for port, panes in self.panes.items():
            for pane in panes:
                yield port, pane

    @property
    def x(self) -> Pane[TensorGrid]:
        """The first plane of the input."""
        return self.panes["x"][0]

    @property
    def output(self) -> Pane[TensorGrid]:
        """The first map of the output."""
        return self.panes[OUTPUT][0]

    def fits(self, shapes: Mapping[str, Shape]) -> bool:
        """Say whether these panes are the ones that tensors of such shapes need."""
        return {port: [name for name, _ in planes(port, s)] for port, s in shapes.items()} == {
            port: [pane.grid.objectName() for pane in panes] for port, panes in self.panes.items()
        }

    def fill(
        self,
        tensors: Mapping[str, Array],
        windows: tuple[Window, ...],
        reached: Callable[[Index], bool],
    ) -> None:
        """Let every grid look at its tensor; outputs that are not ``reached`` yet stay blank."""
        pads = (windows[0].pads, windows[1].pads) if len(windows) == 2 else NO_PADS
        for port, panes in self.panes.items():
            tensor = tensors[port]
            for pane, (_, suffix) in zip(panes, planes(port, tensor.shape), strict=True):
                pane.grid.tensor_model.show(
                    tensor,
                    suffix,
                    pads if port == "x" else NO_PADS,
                    reached if port == OUTPUT else None,
                )
                pane.letters = _letters(tensor.flat)

    def title(self, shapes: Mapping[str, Shape], windows: tuple[Window, ...]) -> None:
        """Write every title in the language and the theme that are on."""
        for port, panes in self.panes.items():
            detail = "×".join(map(str, grid_size(shapes[port])))
            if port == "x":
                detail = _with_padding(detail, windows)
            for pane in panes:
                pane.set_title(words.name(f"layers.{port}"), "" if detail == "1×1" else detail)
        self.products.set_title(words.say("layers.products"), "")

    def arrange(self, width: int, height: int) -> None:
        """Put everything in its place on a board of this size."""
        inner = [panes[0] for port, panes in self.panes.items() if port not in _TONES]
        tensors = (self.x, *inner, self.output)
        ordered: tuple[Pane[TensorGrid] | Pane[ProductGrid], ...]
        ordered = (self.x, *inner, self.products, self.output)
        sizes = [
            (pane.grid.model().rowCount(), pane.grid.model().columnCount()) for pane in ordered
        ]
        titles = tuple(pane.title_width() for pane in ordered)
        letters = tuple(pane.letters for pane in tensors)
        places = arrange(
            BoardSizes(sizes[0], tuple(sizes[1:-2]), sizes[-2], sizes[-1], titles, letters),
            width,
            height,
        )
        boxes = (places.x, *places.ports, places.output)
        for pane, box, cell in zip(tensors, boxes, places.cells, strict=True):
            pane.place(box, cell)
        self.products.letters = sum(letters[:2]) + 3  # both factors, the sign and two brackets
        self.products.place(places.products, places.product_cell)
        line = places.sum_line
        self.running_sum.setGeometry(line.x, line.y, line.width, line.height)
        for sign, box in zip(self._signs, places.signs, strict=True):
            sign.setGeometry(box.x, box.y, box.width, box.height)

    def shade(self, tensors: Mapping[str, Array] | None) -> None:
        """Colour all cells by their numbers, each tensor on its own scale; None for not."""
        for port, pane in self:
            pane.grid.set_shading(None if tensors is None else float(np.abs(tensors[port]).max()))

    def outgrown(self, pane: Pane[TensorGrid], values: Iterable[float]) -> bool:
        """Say whether a number has become too long for its pane, which then asks for more room."""
        letters = _letters(values)
        if letters <= pane.letters:
            return False
        pane.letters = letters
        return True

    def remove(self) -> None:
        """Take everything off the board."""
        for widget in self._widgets():
            widget.hide()
            widget.deleteLater()

    def _widgets(self) -> Iterator[QWidget]:
        for _, pane in self:
            yield from (pane.title, pane.grid)
        yield from (self.products.title, self.products.grid, self.running_sum, *self._signs)


def _with_padding(shape: str, windows: tuple[Window, ...]) -> str:
    pads = [n for window in windows for n in window.pads]
    if not any(pads):
        return shape
    by_side = " ".join(f"{side}{n}" for side, n in zip("↑↓←→", pads, strict=True) if n)
    shown = str(pads[0]) if len(set(pads)) == 1 else by_side
    return words.say("layers.margin", shape=shape, pads=shown)


def _letters(values: Iterable[float]) -> int:
    """How long the longest of some numbers is when it is written out."""
    return max(len(numbers.show(value)) for value in values)
