"""The grids of a product of matrices with their titles and signs: filled, named and laid out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QLabel, QWidget

from cnn_tutor.engine.arrays import Array
from cnn_tutor.engine.explanation import OUTPUT, Index
from cnn_tutor.engine.matrices import Matrices
from cnn_tutor.pages.views.boxes import Box
from cnn_tutor.pages.views.matrices.matrix_layout import SIGN, TITLE, MatrixSizes, arrange
from cnn_tutor.pages.views.matrices.matrix_marks import PARTS
from cnn_tutor.pages.views.matrices.matrix_words import Names
from cnn_tutor.study import numbers
from cnn_tutor.study.lengths import longest
from cnn_tutor.widgets.controls.layouts import named
from cnn_tutor.widgets.grids.matrix_grid import HEADER_LETTERS, MatrixGrid
from cnn_tutor.widgets.grids.plane_map import PlaneMap
from cnn_tutor.widgets.style.rich_text import cut_title_html, title_html
from cnn_tutor.widgets.style.sizes import px, sized

_TONES = ("read", "weight", "weight", "written")
_MAP_WIDTH_LIMIT = 200
_SIGN_LETTERS = 28
"""How high the letters of a sign are in a place as high as one can be, :data:`SIGN`."""

_LEAST_FOR_MAP = 560
"""A board that is narrower has room for the matrices only."""


class MatrixPanes:
    """What stands on the board of a product; all of it are children of the board."""

    def __init__(self, board: QWidget) -> None:
        self._board = board
        self.grids = {
            part: MatrixGrid(tone, part != OUTPUT, board)
            for part, tone in zip(PARTS, _TONES, strict=True)
        }
        self.map = named(PlaneMap(board), "matrix_map")
        self.ports = dict.fromkeys(PARTS, "")
        """The port whose cells each matrix holds; "" for one that is not there."""
        self._titles = {part: QLabel(board) for part in (*PARTS, "map")}
        self._signs = [named(QLabel(sign, board), "sign") for sign in ("→", "×", "=")]
        for sign in self._signs:
            sign.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._letters = dict.fromkeys(PARTS, 1)
        self._texts: dict[str, tuple[str, str]] = {}
        self._sliding = False
        self._following = False
        self._link("x", OUTPUT, Qt.Orientation.Vertical)
        self._link("kernel", "added", Qt.Orientation.Horizontal)
        self._link("kernel", OUTPUT, Qt.Orientation.Horizontal)
        never = Qt.ScrollBarPolicy.ScrollBarAlwaysOff  # it scrolls with what it stands under
        self.grids["added"].setHorizontalScrollBarPolicy(never)
        self.grids["added"].setVerticalScrollBarPolicy(never)

    def fill(
        self,
        matrices: Matrices,
        added: str,
        tensors: Mapping[str, Array],
        reached: Callable[[Index], bool],
        sliding: bool,
    ) -> None:
        """Let every grid look at its tensor; outputs that are not ``reached`` yet stay blank.

        ``added`` is the port of what is added to the product, if anything is. Where windows are
        ``sliding`` over the input its picture is shown, if there is room.
        """
        self._sliding = sliding
        self.ports = {"x": "x", "kernel": matrices.port, "added": added, OUTPUT: OUTPUT}
        count = matrices.columns.shape[1]
        indices = {
            "x": matrices.rows,
            "kernel": matrices.columns,
            "added": np.arange(count)[None, :, None],
            OUTPUT: matrices.outputs,
        }
        for part, grid in self.grids.items():
            port = self.ports[part]
            grid.setVisible(bool(port))
            self._titles[part].setVisible(bool(port))
            grid.setObjectName(f"matrix[{port}]")
            if port:
                visible = reached if part == OUTPUT else None
                grid.matrix_model.show_matrix(tensors[port], indices[part], visible)
                self._letters[part] = letters_of(tensors[port])

    def write(
        self, names: Names, ports: Mapping[str, str], texts: Mapping[str, tuple[str, str]]
    ) -> None:
        """Name everything: rows and columns, the tensors by their part, and the titles."""
        self._names, self._texts = names, dict(texts)
        over = {"x": names.taps_over, "kernel": names.filters, OUTPUT: names.filters}
        beside = {"x": names.outputs, "kernel": names.taps, OUTPUT: names.outputs}
        for part, grid in self.grids.items():
            grid.matrix_model.set_labels(ports[part], beside.get(part, ()), over.get(part, ()))
        for part, (title, detail) in texts.items():
            full = f"{title} {detail}".strip()
            self._titles[part].setToolTip(full)
            widget: QWidget = self.map if part == "map" else self.grids[part]
            widget.setAccessibleName(full)

    def outgrown(self, part: str, values: Array) -> bool:
        """Say whether a number has become too long for its matrix, which then asks for room."""
        letters = letters_of(values)
        if letters <= self._letters[part]:
            return False
        self._letters[part] = letters
        return True

    def arrange(self, width: int, height: int) -> None:
        """Put everything in its place on a board of this size."""
        pictured = self._sliding and width >= px(_LEAST_FOR_MAP)
        for widget in (self.map, self._titles["map"], self._signs[0]):
            widget.setVisible(pictured)
        sizes = self._sizes(width, height, pictured)
        places = arrange(sizes, width, height)
        boxes = (places.patches, places.filters, places.added, places.output)
        cells = (places.cells[0], places.cells[1], places.cells[1], places.cells[2])
        weights = max(self._letters["kernel"], self._letters["added"])
        letters = {**self._letters, "kernel": weights, "added": weights}
        (row_name, tap_name), (head, filter_head) = sizes.names, sizes.heads
        head = max(head, filter_head)
        headers = ((row_name, head), (tap_name, filter_head), (0, 0), (row_name, head))
        for part, box, cell, header in zip(PARTS, boxes, cells, headers, strict=True):
            grid = self.grids[part]
            grid.set_cell_size(*cell)
            grid.set_headers(*header)
            grid.set_longest(letters[part])
            grid.setGeometry(box.x, box.y, box.width, box.height)
            if self.ports[part]:
                self._put_title(part, box, header[0], _free(box, boxes, width))
        if pictured:
            self.map.setGeometry(places.map.x, places.map.y, places.map.width, places.map.height)
            self._put_title("map", places.map, 0, (0, width))
        for sign, at in zip(self._signs, places.signs, strict=True):
            sign.setFont(sized(sign.font(), max(1, _SIGN_LETTERS * at.height // SIGN)))
            sign.setGeometry(at.x, at.y, at.width, at.height)

    def _put_title(self, part: str, box: Box, indent: int, free: tuple[int, int]) -> None:
        """Write a title over a grid's cells; its detail goes where room is short.

        ``free`` is from where to where on the board it may stand.
        """
        label, (title, detail) = self._titles[part], self._texts[part]
        least, most = free
        label.setText(title_html(title, detail))
        if label.sizeHint().width() > box.width - indent + px(24):
            label.setText(title_html(title))
        if label.sizeHint().width() > most - least:
            label.setText(cut_title_html(title, label.font(), most - least))
        width = label.sizeHint().width()
        start = box.x + (indent if width <= box.width - indent else 0)
        start = max(least, min(start, most - width))
        label.setGeometry(start, box.y - px(TITLE), width, px(TITLE) - 2)

    def _sizes(self, width: int, height: int, pictured: bool) -> MatrixSizes:
        names, grids = self._names, self.grids
        taps = [line for text in names.taps_over for line in text.split("\n")]
        line = px(HEADER_LETTERS + 4)
        lines = max((text.count("\n") + 1 for text in names.taps_over), default=1)
        titles, short = [], []
        for part in ("x", "kernel", OUTPUT):
            label, (title, detail) = self._titles[part], self._texts[part]
            label.setText(title_html(title))
            short.append(label.sizeHint().width())
            label.setText(title_html(title, detail))
            titles.append(label.sizeHint().width())
        picture = (0, 0)
        if pictured:
            wanted = self.map.wanted(min(px(_MAP_WIDTH_LIMIT), width // 5), height - 2 * px(TITLE))
            picture = (wanted.width(), wanted.height())
        letters = self._letters
        beside = [self._wide(texts) for texts in (names.outputs, names.taps)]
        return MatrixSizes(
            rows=grids["x"].matrix_model.rowCount(),
            taps=grids["x"].matrix_model.columnCount(),
            filters=grids["kernel"].matrix_model.columnCount(),
            added=bool(self.ports["added"]),
            letters=(letters["x"], max(letters["kernel"], letters["added"]), letters[OUTPUT]),
            names=(beside[0] and beside[0] + px(12), beside[1] and beside[1] + px(12)),
            tap=self._wide(taps) + px(6),
            heads=(lines * line + px(4), line + px(4)),
            titles=(titles[0], titles[1], titles[2]),
            short=(short[0], short[1], short[2]),
            map=picture,
            bar=grids["x"].verticalScrollBar().sizeHint().width(),
        )

    def _wide(self, texts: Iterable[str]) -> int:
        font = QFont(self._board.font())
        font.setPixelSize(px(HEADER_LETTERS))
        font.setBold(True)
        return QFontMetrics(font).horizontalAdvance(max(texts, key=len, default=""))

    def _link(self, one: str, other: str, way: Qt.Orientation) -> None:
        """Let two matrices scroll as one, cell by cell."""
        upright = way == Qt.Orientation.Vertical
        grids = (self.grids[one], self.grids[other])

        def follow(moved: MatrixGrid, follower: MatrixGrid, _: int) -> None:
            if self._following:
                return
            bars = [
                grid.verticalScrollBar() if upright else grid.horizontalScrollBar()
                for grid in (moved, follower)
            ]
            steps = [grid.cell_size()[int(upright)] for grid in (moved, follower)]
            self._following = True
            bars[1].setValue(round(bars[0].value() * steps[1] / steps[0]))
            self._following = False

        for moved, follower in (grids, grids[::-1]):
            bar = moved.verticalScrollBar() if upright else moved.horizontalScrollBar()
            bar.valueChanged.connect(partial(follow, moved, follower))


def letters_of(values: Array) -> int:
    """Return how long the longest of some numbers is when it is written out."""
    return longest(values, numbers.show)


def _free(box: Box, boxes: Sequence[Box], width: int) -> tuple[int, int]:
    """Return from where to where a title may stand that is over one of several boxes in a row."""
    beside = [one.right for one in boxes if one.right <= box.x and one.y <= box.y < one.bottom]
    return max(beside, default=0), width
