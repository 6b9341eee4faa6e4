"""The board of any layer: input, weights and output as an equation, the products below."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

from cnn_tutor.document.document import Change, Document
from cnn_tutor.document.walk import Walk, term_count
from cnn_tutor.engine.errors import Refusal
from cnn_tutor.engine.explanation import Index
from cnn_tutor.engine.window import Window
from cnn_tutor.labs import routes, spotlight
from cnn_tutor.labs.board_layout import BoardSizes, arrange
from cnn_tutor.labs.pane import Pane, grid_size, planes
from cnn_tutor.labs.spotlight import OUTPUT, Spotlight
from cnn_tutor.project.project import Address
from cnn_tutor.study import formula, numbers, words
from cnn_tutor.widgets.connectors import Connector, Connectors
from cnn_tutor.widgets.marks import Mark
from cnn_tutor.widgets.notice import Notice
from cnn_tutor.widgets.product_grid import ProductGrid
from cnn_tutor.widgets.rich_text import line_html
from cnn_tutor.widgets.tensor_grid import TensorGrid
from cnn_tutor.widgets.tensor_model import NO_PADS, TensorModel


class LayerBoard(QWidget):
    """Shows one layer of the document and lights up what belongs together.

    It knows no kind of layer: ports, shapes, windows and explanations are all it asks for.
    """

    edited = Signal(object, object, int)
    """An Address, the numbers that the learner wants there, and the gesture they belong to."""

    focused = Signal(object)
    """The Spotlight that is on now."""

    def __init__(self, document: Document, walk: Walk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document, self._walk = document, walk
        self._node = ""
        self._panes: dict[str, list[Pane]] = {}
        self._products: Pane | None = None
        self._layout_key: object = None
        self._light: Spotlight | None = None
        self._pointed: tuple[str, Index] | None = None
        self._signs: list[QLabel] = []
        self._sum = QLabel(self)
        self._sum.setObjectName("running_sum")
        self._connectors = Connectors(self)
        self._notice = Notice(self)
        document.replaced.connect(self._rebuild)
        document.changed.connect(self._refresh)
        walk.moved.connect(self._follow)
        self._rebuild()

    @property
    def light(self) -> Spotlight:
        """What is lit up now."""
        assert self._light is not None
        return self._light

    @property
    def node(self) -> str:
        """The name of the layer that is shown."""
        return self._node

    def notify(self, text: str, near: QRect | None = None) -> None:
        """Show a message on the board, below a place on it or at its top."""
        self._notice.say(text, near or QRect(self.width() // 2, 0, 1, 1))

    def retranslate(self) -> None:
        """Write every title in the language that is on."""
        self._title_panes()
        self._place()
        self._relight()

    # --- building --------------------------------------------------------------------------------

    def _rebuild(self) -> None:
        """Show the document's layer anew: its shapes or settings are others."""
        network = self._document.project.network
        self._node = network.nodes[-1].name
        node, shapes = network.node(self._node), network.shapes(self._node)
        shape = network.shape(self._node)
        self._pointed = None
        explanation = self._document.evaluation.explain(self._node, (0,) * len(shape))
        ports = {port: planes(port, shapes[port]) for port in node.layer.inputs}
        ports[OUTPUT] = planes(OUTPUT, shape)
        key = {port: tuple(names) for port, names in ports.items()}
        if key != self._layout_key:
            self._layout_key = key
            self._make_panes(ports)
        self._walk.blockSignals(True)
        self._walk.start(shape, term_count(explanation))
        self._walk.blockSignals(False)
        self._fill()
        self._title_panes()
        self._show_light(self._pinned_light())
        self._place()
        self._walk.moved.emit()

    def _make_panes(self, ports: dict[str, list[tuple[str, Index]]]) -> None:
        for pane in self._all_panes():
            pane.remove()
        for sign in self._signs:
            sign.hide()
            sign.deleteLater()
        self._panes = {port: [] for port in ports}
        previous: QWidget | None = None
        for port, names in ports.items():
            tone = {"x": "read", OUTPUT: "written"}.get(port, "weight")
            for name, _ in names:
                grid = TensorGrid(tone, editable=port != OUTPUT)
                self._panes[port].append(Pane(self, grid, name))
                self._listen(port, grid)
                if previous is not None:
                    self.setTabOrder(previous, grid)
                previous = grid
        products = ProductGrid()
        products.hovered.connect(self._point_at_product)
        self._products = Pane(self, products, "products")
        signs = words.table("kinds").get(self._layer_kind(), {}).get("signs", {})
        inner = [port for port in ports if port not in ("x", OUTPUT)]
        texts = [signs.get(port, "∘") for port in inner] or ["→"]
        self._signs = [QLabel(text, self) for text in [*texts, "="]][: len(inner) + 1]
        for sign in self._signs:
            sign.setObjectName("sign")
            sign.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for widget in [*self._signs, *(w for p in self._all_panes() for w in (p.grid, p.title))]:
            widget.show()
        self._connectors.raise_()
        self._notice.raise_()

    def _listen(self, port: str, grid: TensorGrid) -> None:
        model = grid.tensor_model

        def index(cell: tuple[int, int]) -> Index:
            return model.tensor_index(*cell)

        grid.hovered.connect(lambda cell: self._point_at(port, index(cell) if cell else None))
        grid.pinned.connect(lambda cell: self._pin(port, grid, cell))
        grid.refused.connect(lambda r, c, why: self._refuse(grid, r, c, why))
        grid.horizontalScrollBar().valueChanged.connect(self._draw_lines)
        grid.verticalScrollBar().valueChanged.connect(self._draw_lines)
        if port != OUTPUT:
            grid.cells_edited.connect(
                lambda cells, gesture: self.edited.emit(self._address(port), cells, gesture)
            )

    def _fill(self) -> None:
        """Let every grid look at its tensor."""
        evaluation = self._document.evaluation
        tensors = {**evaluation.tensors(self._node), OUTPUT: evaluation.value(self._node)}
        windows = self._windows()
        pads = (windows[0].pads, windows[1].pads) if len(windows) == 2 else NO_PADS
        for port, panes in self._panes.items():
            tensor = tensors[port]
            for pane, (_, suffix) in zip(panes, planes(port, tensor.shape), strict=True):
                visible = self._walk.reached if port == OUTPUT else None
                self._model(pane).show(tensor, suffix, pads if port == "x" else NO_PADS, visible)
                pane.letters = _letters(tensor.flat)

    def _title_panes(self) -> None:
        shapes = self._document.project.network.shapes(self._node)
        shapes[OUTPUT] = self._document.project.network.shape(self._node)
        for port, panes in self._panes.items():
            detail = "×".join(map(str, grid_size(shapes[port])))
            if port == "x":
                detail = self._with_padding(detail)
            for pane in panes:
                pane.set_title(words.say(f"layers.{port}"), "" if detail == "1×1" else detail)
        if self._products:
            self._products.set_title(words.say("layers.products"), "")

    def _with_padding(self, shape: str) -> str:
        pads = [n for window in self._windows() for n in window.pads]
        if not any(pads):
            return shape
        shown = str(pads[0]) if len(set(pads)) == 1 else "·".join(map(str, pads))
        return words.say("layers.margin", shape=shape, pads=shown)

    # --- placing ---------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._node:
            self._title_panes()
            self._relight()
        elif event.type() == QEvent.Type.FontChange and self._node:
            self._place()

    def _place(self) -> None:
        inner = [panes[0] for port, panes in self._panes.items() if port not in ("x", OUTPUT)]
        x, output, products = self._panes["x"][0], self._panes[OUTPUT][0], self._products
        assert products is not None
        ordered = [x, *inner, products, output]
        sizes = [
            (pane.grid.model().rowCount(), pane.grid.model().columnCount()) for pane in ordered
        ]
        titles = tuple(pane.title_width() for pane in ordered)
        letters = tuple(pane.letters for pane in (x, *inner, output))
        places = arrange(
            BoardSizes(sizes[0], tuple(sizes[1:-2]), sizes[-2], sizes[-1], titles, letters),
            self.width(),
            self.height(),
        )
        boxes = (places.x, *places.ports, places.output)
        for pane, box, cell in zip((x, *inner, output), boxes, places.cells, strict=True):
            pane.place(box, cell)
        if places.products and places.sum_line:
            products.place(places.products, places.product_cell)
            line = places.sum_line
            self._sum.setGeometry(line.x, line.y, line.width, line.height)
        for sign, box in zip(self._signs, places.signs, strict=True):
            sign.setGeometry(box.x, box.y, box.width, box.height)
        self._connectors.setGeometry(self.rect())
        self._scroll_into_sight()
        self._draw_lines()

    # --- following the document and the walk -----------------------------------------------------

    def _refresh(self, change: Change) -> None:
        """Paint again what an edit of cells reached."""
        evaluation = self._document.evaluation
        for port, panes in self._panes.items():
            if port != OUTPUT and self._address(port) == change.address:
                for pane in panes:
                    for index in change.cells:
                        self._model(pane).refresh(tuple(slice(i, i + 1) for i in index))
                    self._make_room(
                        pane, [evaluation.tensors(self._node)[port][i] for i in change.cells]
                    )
        region = change.outputs.get(self._node)
        if region is not None:
            for pane in self._panes[OUTPUT]:
                self._model(pane).refresh(region)
                self._make_room(pane, evaluation.value(self._node)[region].flat)
        self._notice.hide()
        self._relight()

    def _make_room(self, pane: Pane, values: Iterable[float]) -> None:
        """Widen the cells if a number has become too long for them."""
        letters = _letters(values)
        if letters > pane.letters:
            pane.letters = letters
            self._place()

    def _follow(self) -> None:
        """Show the place that the walk has come to."""
        for pane in self._panes[OUTPUT]:
            pane.grid.viewport().update()
        cell = self._model(self._panes[OUTPUT][0]).cell_of(self._walk.at)
        if cell is not None:
            self._panes[OUTPUT][0].grid.go_to(*cell)
        self._pointed = None
        self._relight()
        self._scroll_into_sight()

    # --- pointing --------------------------------------------------------------------------------

    def _point_at(self, port: str, index: Index | None) -> None:
        if index is not None and port == OUTPUT and not self._walk.reached(index):
            index = None
        self._pointed = None if index is None else (port, index)
        self._relight()

    def _point_at_product(self, cell: tuple[int, int] | None) -> None:
        light = self._pinned_light()
        if cell is not None and light.explanation is not None:
            columns = self._products.grid.model().columnCount() if self._products else 1
            place = cell[0] * columns + cell[1]
            if place < light.shown:
                light = spotlight.on_term(self._document.evaluation, self._node, light.at, place)
        self._show_light(light)

    def _pin(self, port: str, grid: TensorGrid, cell: tuple[int, int]) -> None:
        index = grid.tensor_model.tensor_index(*cell)
        if port == OUTPUT:
            self._walk.point_at(index)
        elif not grid.tensor_model.is_padding(*cell):
            self._point_at(port, index)

    def _relight(self) -> None:
        if self._pointed is None:
            self._show_light(self._pinned_light())
            return
        port, index = self._pointed
        evaluation = self._document.evaluation
        if port == OUTPUT:
            self._show_light(spotlight.on_output(evaluation, self._node, index, 10**9))
        else:
            self._show_light(spotlight.on_input(evaluation, self._node, port, index))

    def _pinned_light(self) -> Spotlight:
        evaluation = self._document.evaluation
        return spotlight.on_output(evaluation, self._node, self._walk.at, self._walk.terms)

    def _show_light(self, light: Spotlight) -> None:
        self._light = light
        for port, panes in self._panes.items():
            for pane in panes:
                cells = self._model(pane).cell_of
                marked = ((cells(index), mark) for index, mark in light.marks.get(port, {}).items())
                pane.grid.set_marks({cell: mark for cell, mark in marked if cell is not None})
        if light.explanation is not None:
            self._show_products(light)
        self._draw_lines()
        self.focused.emit(light)

    def _show_products(self, light: Spotlight) -> None:
        assert light.explanation is not None
        assert self._products is not None
        step, inside, columns = spotlight.grid_step(light.explanation)
        grid = self._products.grid
        assert isinstance(grid, ProductGrid)
        grid.product_model.show(step.terms[:inside], columns, min(light.shown, inside))
        last = light.shown - 1
        active = not light.complete and last < inside
        grid.set_marks({divmod(last, columns): Mark.ACTIVE} if active else {})
        sign = words.table("folds")[step.fold]["sign"]
        line = [formula.Token(f"{sign} = ")]
        rest = step.terms[inside : light.shown]
        if rest:
            line.append(formula.Token(numbers.show(step.partial(inside))))
            for term in rest:
                line.append(formula.Token(" + "))
                line += formula.term_tokens(term, "·")
            line.append(formula.Token(" = "))
        total = step.partial(light.shown)
        line.append(formula.Token(numbers.show(total), formula.RESULT))
        self._sum.setText(line_html(tuple(line)))

    def _scroll_into_sight(self) -> None:
        """Bring the window and the output cell of the walk's place into sight."""
        light = self._light
        if light is None or light.port != OUTPUT:
            return
        for port in ("x", OUTPUT):
            for pane in self._panes[port]:
                for index in list(light.marks[port])[-1:] + list(light.marks[port])[:1]:
                    cell = self._model(pane).cell_of(index)
                    if cell is not None:
                        pane.grid.scrollTo(pane.grid.model().index(*cell))

    # --- lines -----------------------------------------------------------------------------------

    def _draw_lines(self) -> None:
        self._connectors.set_lines(list(self._lines()))

    def _lines(self) -> Iterator[Connector]:
        light = self._light
        if light is None or light.port != OUTPUT or self._products is None:
            return
        products = self._products.grid.geometry()
        x, output = self._panes["x"][0], self._panes[OUTPUT][0]
        window = QRect()
        for index in light.marks["x"]:
            cell = self._model(x).cell_of(index)
            if cell is not None:
                window = window.united(x.grid.cell_rect(*cell))
        if window.isValid() and x.grid.rect().contains(window):
            place = x.grid.geometry()
            yield from routes.window_to_products(
                window.translated(place.topLeft()), place, products
            )
        cell = self._model(output).cell_of(light.at)
        if cell is not None:
            rect = output.grid.cell_rect(*cell)
            if output.grid.rect().contains(rect):
                place = output.grid.geometry()
                yield routes.products_to_output(products, rect.translated(place.topLeft()), place)

    # --- small helpers ---------------------------------------------------------------------------

    def refuse(self, port: str, index: Index, why: Refusal) -> None:
        """Say at a cell why it can't be what was wanted."""
        for pane in self._panes[port]:
            cell = self._model(pane).cell_of(index)
            if cell is not None and isinstance(pane.grid, TensorGrid):
                self._refuse(pane.grid, *cell, why)

    def _refuse(self, grid: TensorGrid, row: int, column: int, why: Refusal) -> None:
        place = grid.cell_rect(row, column).translated(grid.pos())
        self.notify(words.explain(why), place)

    def _address(self, port: str) -> Address:
        return self._document.project.address(self._node, port)

    def _layer_kind(self) -> str:
        return self._document.project.network.node(self._node).layer.kind

    def _windows(self) -> tuple[Window, ...]:
        network = self._document.project.network
        return network.node(self._node).layer.windows(network.shapes(self._node))

    def _all_panes(self) -> list[Pane]:
        panes = [pane for group in self._panes.values() for pane in group]
        return [*panes, self._products] if self._products else panes

    @staticmethod
    def _model(pane: Pane) -> TensorModel:
        assert isinstance(pane.grid, TensorGrid)
        return pane.grid.tensor_model


def _letters(values: Iterable[float]) -> int:
    """How long the longest of some numbers is when it is written out."""
    return max(len(numbers.show(value)) for value in values)
