"""The grids of a layer's tensors: made for its ports, filled, titled, marked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial

import numpy as np
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QWidget

from cnn_tutor.document.document import Change
from cnn_tutor.engine.arrays import Array
from cnn_tutor.engine.explanation import OUTPUT, Index, Shape
from cnn_tutor.engine.layer import Layer
from cnn_tutor.engine.window import Pair
from cnn_tutor.pages.state import planes
from cnn_tutor.pages.state.lab_state import LabState
from cnn_tutor.pages.state.shading import shading
from cnn_tutor.pages.views.cells.pane import Pane, title_width
from cnn_tutor.study import numbers, words
from cnn_tutor.study.lengths import longest
from cnn_tutor.widgets.grids.marks import Mark
from cnn_tutor.widgets.grids.tensor_grid import TensorGrid
from cnn_tutor.widgets.grids.tensor_model import NO_PADS
from cnn_tutor.widgets.style import colours
from cnn_tutor.widgets.style.shades import Shading

_TONES = {"x": "read", OUTPUT: "written"}
_COMPARED = "beside_"

_READY_LIMIT = 30
"""Planes of a board up to which all of its grids are made from the start, for turning to one
to take no time."""


class Panes(Mapping[Index, Pane[TensorGrid]]):
    """The panes of a port by their planes; each is made when it is first asked for.

    A board may have some hundreds of planes, and has room for some dozen. A grid is as much work
    as twenty widgets: to make, and to paint in another theme.
    """

    def __init__(
        self, every: Iterable[planes.Plane], make: Callable[[planes.Plane], Pane[TensorGrid]]
    ) -> None:
        self._planes = {plane.suffix: plane for plane in every}
        self._make = make
        self.made: dict[Index, Pane[TensorGrid]] = {}
        """Those that there are."""

    def __getitem__(self, suffix: Index) -> Pane[TensorGrid]:
        if suffix not in self.made:
            self.made[suffix] = self._make(self._planes[suffix])
        return self.made[suffix]

    def __iter__(self) -> Iterator[Index]:
        return iter(self._planes)

    def __len__(self) -> int:
        return len(self._planes)

    def __contains__(self, suffix: object) -> bool:
        return suffix in self._planes


class PaneSet:
    """A pane for every plane of every port of the shown layer, of its output, and beside it.

    Beside the output stand those of the layers that are worth a comparison, read only. To go
    through a set is to go through the panes that there are, in the order of the planes.
    """

    def __init__(
        self, board: QWidget, state: LabState, made: Callable[[str, Pane[TensorGrid]], object]
    ) -> None:
        self._board, self._state, self._made = board, state, made
        self._shown = state.shown
        self._shadings: dict[str, Shading | None] = {}
        """How the cells of each port are coloured by their numbers."""
        self._computed: dict[str, Array] = {}
        """The numbers of what stands beside the output."""
        self._layers = self._beside()
        self.besides = tuple(_COMPARED + key for key in self._layers)
        """The ports of what stands beside the output."""
        shapes = self._all_shapes()
        self._made_for = self._needed()
        self.letters = dict.fromkeys(shapes, 1)
        self.panes = {
            port: Panes(planes.planes(port, shape), partial(self._make, port))
            for port, shape in shapes.items()
        }

    def __iter__(self) -> Iterator[tuple[str, Pane[TensorGrid]]]:
        for port, panes in self.panes.items():
            for suffix in panes:
                if suffix in panes.made:
                    yield port, panes.made[suffix]

    @property
    def inner(self) -> tuple[str, ...]:
        """The layer's own ports: all but its input."""
        return tuple(p for p in self.panes if p not in ("x", OUTPUT, *self.besides))

    def first(self, port: str) -> Pane[TensorGrid]:
        """Return the first pane of a port."""
        return next(iter(self.panes[port].values()))

    def pane_of(self, port: str, index: Index) -> Pane[TensorGrid]:
        """Return the pane that a cell is in."""
        return self.panes[port][index[2:]]

    def fits(self) -> bool:
        """Say whether these panes are the ones that the shown layer needs."""
        return self._made_for == self._needed()

    def _needed(self) -> object:
        """What decides which panes there are: each port's planes, and whether they are editable."""
        shown, shapes = self._shown, self._all_shapes()
        return shown.layer.kind, {
            port: (shape[2:], shown.address(port) is not None) for port, shape in shapes.items()
        }

    def ask(self) -> None:
        """Ask for cells: those that the learner is to find the numbers of, or to mark."""
        for port, pane in self:
            if port not in self.besides:
                pane.grid.ask(self._state.hidden.of(port))
            else:
                pane.grid.viewport().update()

    def fill(self) -> None:
        """Let every grid look at its tensor; outputs that are not reached yet stay blank."""
        self._layers = self._beside()
        tensors = self.tensors()
        self._computed = {port: tensors[port] for port in self.besides}
        for port, tensor in tensors.items():
            for suffix, pane in self.panes[port].made.items():
                self._fill(port, suffix, pane)
            self.letters[port] = letters(tensor)
        self._pass_on_letters()
        if sum(map(len, self.panes.values())) <= _READY_LIMIT:
            for panes in self.panes.values():
                list(panes.values())  # which makes them

    def tensors(self) -> dict[str, Array]:
        """Return the numbers of every port, of the output and of what stands beside it."""
        tensors = self._shown.tensors
        inputs = {port: tensor for port, tensor in tensors.items() if port != OUTPUT}
        besides = {_COMPARED + key: layer.forward(inputs) for key, layer in self._layers.items()}
        return {**tensors, **besides}

    def title(self) -> None:
        """Write every title in the language and the theme that are on."""
        shapes = self._all_shapes()
        for port, panes in self.panes.items():
            for suffix, pane in panes.made.items():
                self._title(port, suffix, pane, shapes[port])

    def title_width(self, port: str) -> int:
        """Return how wide the widest title of a port's panes is in pixels, made or not."""
        shape, font = self._all_shapes()[port], self.first(port).title.font()
        texts = (self._texts(port, suffix, shape) for suffix in self.panes[port])
        return max(title_width(name, detail, font) for name, detail in texts)

    def repaint(self, port: str, cells: Sequence[Index] | None) -> None:
        """Paint some cells of a port again, all of them for None."""
        if cells is None:
            for pane in self.panes[port].made.values():
                pane.grid.viewport().update()
            return
        for index in cells:
            made = self.panes[port].made.get(index[2:])
            cell = made.grid.tensor_model.cell_of(index) if made else None
            if made and cell is not None:
                made.grid.update_cell(*cell)

    def lay_out(self) -> None:
        """Have the tables laid out now that are to be scrolled and pointed into."""
        for _, pane in self:
            if not pane.grid.isHidden():
                pane.grid.executeDelayedItemsLayout()
                # Qt has scroll bars come and go only later, and the cells have another room then.
                QCoreApplication.sendPostedEvents(pane.grid, QEvent.Type.MetaCall.value)

    def mark(self, marks: Mapping[str, Mapping[Index, Mark]]) -> None:
        """Mark these cells of every port, and no others; what is hidden is left as it is."""
        for port, panes in self.panes.items():
            by_plane: dict[Index, dict[Index, Mark]] = defaultdict(dict)
            wanted = OUTPUT if port in self.besides else port
            for index, mark in marks.get(wanted, {}).items():
                by_plane[index[2:]][index] = mark
            for suffix, pane in panes.made.items():
                if pane.grid.isHidden():
                    continue
                cell_of = pane.grid.tensor_model.cell_of
                cells = ((cell_of(index), mark) for index, mark in by_plane[suffix].items())
                pane.grid.set_marks({cell: mark for cell, mark in cells if cell is not None})
        self._show_window()

    def _show_window(self) -> None:
        """Tell the input's grids what the output that is looked at reads of them."""
        state = self._state
        known = state.hidden.highlights
        marks = (state.highlight if state.highlight.port == OUTPUT else state.pinned).marks
        read = [at for at, mark in marks.get("x", {}).items() if known and mark & Mark.READ]
        windows = self._shown.windows
        moves = known and len(windows) == 2 and any(window.positions > 1 for window in windows)
        for suffix, pane in self.panes["x"].made.items():
            pane.grid.grip = moves
            cells = (pane.grid.tensor_model.cell_of(at) for at in read if at[2:] == suffix)
            pane.grid.set_reads(cell for cell in cells if cell is not None)

    def scroll_to(
        self,
        marks: Mapping[str, Mapping[Index, Mark]],
        only: Collection[Pane[TensorGrid]] | None = None,
    ) -> None:
        """Bring the marked cells of the input and of the output into sight, the first above all."""
        for port in ("x", OUTPUT, *self.besides):
            by_plane: dict[Index, list[Index]] = defaultdict(list)
            for index in marks.get("x" if port == "x" else OUTPUT, {}):
                by_plane[index[2:]].append(index)
            for suffix, pane in self.panes[port].made.items():
                grid, indices = pane.grid, by_plane.get(suffix, [])
                if not indices or (only is not None and pane not in only):
                    continue
                for index in (indices[-1], indices[0]):
                    cell = grid.tensor_model.cell_of(index)
                    if cell is not None:
                        grid.scrollTo(grid.model().index(*cell))

    def refresh(self, change: Change) -> bool:
        """Paint again what an edit of cells reached.

        Return whether a number has become too long for its pane.
        """
        shown, tensors = self._shown, self._shown.tensors
        regions = {OUTPUT: change.outputs.get(shown.name)}
        if shown.address("x") is None:
            regions["x"] = change.outputs.get(shown.before)
        outgrown = False
        for port, panes in self.panes.items():
            region = regions.get(port)
            if region is not None:
                outgrown |= self.outgrown(port, tensors[port][region])
                for pane in panes.made.values():
                    pane.grid.tensor_model.refresh(region)
            elif shown.address(port) == change.address and port in tensors:
                outgrown |= self.outgrown(port, np.array([tensors[port][i] for i in change.cells]))
                for index in change.cells:
                    if index[2:] in panes.made:
                        model = panes[index[2:]].grid.tensor_model
                        model.refresh(tuple(slice(i, i + 1) for i in index))
        computed = self.tensors() if self.besides else {}
        for port in self.besides:
            self._computed[port] = computed[port]
            for suffix, pane in self.panes[port].made.items():
                model = pane.grid.tensor_model
                model.show(computed[port], suffix, NO_PADS, model.visible)
        return outgrown

    def shade(self, strong: bool) -> None:
        """Colour all cells by their numbers, each tensor on its own scale."""
        tensors = {**self._shown.tensors, **self._computed}
        self._shadings = {p: shading(self._state, p, t, strong) for p, t in tensors.items()}
        for port, pane in self:
            pane.grid.set_shading(self._shadings.get(port))

    def outgrown(self, port: str, values: Array) -> bool:
        """Say whether a number has become too long for its pane, which then asks for more room."""
        needed = letters(values)
        if needed <= self.letters[port]:
            return False
        self.letters[port] = needed
        self._pass_on_letters()
        return True

    def remove(self) -> None:
        """Take everything off the board."""
        for _, pane in self:
            pane.remove()

    def _make(self, port: str, plane: planes.Plane) -> Pane[TensorGrid]:
        """Make the pane of a plane as it would be if it had been there from the start."""
        tone = "written" if port in self.besides else _TONES.get(port, "weight")
        editable = port not in self.besides and self._shown.address(port) is not None
        switches = port in type(self._shown.layer).switches
        explains = partial(self._explains, port)
        pane = Pane(self._board, TensorGrid(tone, editable, switches, explains), plane.name)
        pane.grid.locked = self._shown.locked
        pane.letters = self.letters[port]
        self._fill(port, plane.suffix, pane)
        if port not in self.besides:
            pane.grid.ask(self._state.hidden.of(port))
        pane.grid.set_shading(self._shadings.get(port))
        self._title(port, plane.suffix, pane, self._all_shapes()[port])
        self._made(port, pane)
        return pane

    def _explains(self, port: str, at: Index) -> bool:
        """Say whether it may be seen what a cell has to do with others."""
        of_output = port == OUTPUT or port in self.besides
        return self._state.explains(at) if of_output else self._state.hidden.highlights

    def kept_pads(self, port: str) -> tuple[Pair, Pair]:
        """Return the padding around a port's planes that has its room but is not to be seen yet."""
        # The ring would tell how large the output is.
        return self._pads(port) if OUTPUT in self._shown.cover.hidden else NO_PADS

    def _pads(self, port: str) -> tuple[Pair, Pair]:
        windows = self._shown.windows
        if port != "x" or len(windows) != 2:
            return NO_PADS
        return windows[0].pads, windows[1].pads

    def _fill(self, port: str, suffix: Index, pane: Pane[TensorGrid]) -> None:
        shown = self._shown
        pads = NO_PADS if OUTPUT in shown.cover.hidden else self._pads(port)
        padding = 0.0 if type(shown.layer).padding_counts else None
        visible = self._state.shows if port == OUTPUT or port in self.besides else None
        visible = _nothing if port in shown.cover.blank else visible
        pane.hidden = port in shown.cover.hidden
        tensor = self._computed[port] if port in self.besides else shown.tensors[port]
        pane.grid.tensor_model.show(tensor, suffix, pads, visible, padding)

    def _title(self, port: str, suffix: Index, pane: Pane[TensorGrid], shape: Shape) -> None:
        pixels, tinted = self._shown.reads_pixels, planes.tinted(port, shape)
        name, detail = self._texts(port, suffix, shape)
        pane.set_title(name, detail, colours.channel(suffix[0], pixels) if tinted else "")

    def _texts(self, port: str, suffix: Index, shape: Shape) -> tuple[str, str]:
        """Return what is written over a pane, and the part that can be left out."""
        called = words.port(self._shown.layer.kind, port.removeprefix(_COMPARED))
        name, detail = planes.title(called, port, suffix, shape, self._shown.reads_pixels)
        return name, self._with_padding(detail) if port == "x" else detail

    def _pass_on_letters(self) -> None:
        for port, pane in self:
            pane.letters = self.letters[port]

    def _all_shapes(self) -> dict[str, Shape]:
        shapes, inputs = self._shown.shapes, self._shown.input_shapes
        besides = self._beside().items()
        return {**shapes, **{_COMPARED + key: layer.output_shape(inputs) for key, layer in besides}}

    def _beside(self) -> dict[str, Layer]:
        """Return what stands beside the layer: nothing in an exercise, which it might give away."""
        return {} if self._shown.locked else dict(self._shown.layer.beside())

    def _with_padding(self, shape: str) -> str:
        pads = [n for window in self._shown.windows for n in window.pads]
        if not any(pads) or OUTPUT in self._shown.cover.hidden:
            return shape
        by_side = " ".join(f"{side}{n}" for side, n in zip("↑↓←→", pads, strict=True) if n)
        shown = str(pads[0]) if len(set(pads)) == 1 else by_side
        return words.say("layers.margin", shape=shape, pads=shown)


def _nothing(at: Index) -> bool:
    return False


def letters(values: Array) -> int:
    """Return how long the longest of some numbers is when it stands in a cell."""
    return longest(values, numbers.brief)
