"""Makes a figure of a stage: a file of one of the kinds, or what is copied of it."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QFileInfo, QMimeData, QRect

from cnn_tutor.app.figures import formats
from cnn_tutor.app.figures.animation import Animation, Progress
from cnn_tutor.app.figures.figure import Figure
from cnn_tutor.app.figures.stage import Stage
from cnn_tutor.app.files.exporting import export

SERIES = "series"
"""The kind that is a PNG file for each step of the playback."""

MOVING = ("gif", "webp", SERIES)
"""The kinds that show all steps of the playback."""


class Order(NamedTuple):
    """What is wanted: the kind of file, how many pixels for one, and what is around the board.

    ``title`` is what the file says of itself. With ``last`` a playback ends at that step.
    """

    kind: str
    scale: int = 2
    transparent: bool = False
    caption: str = ""
    title: str = ""
    last: int = 0


def still(stage: Stage, order: Order) -> Figure:
    """Return the figure of a stage as it stands."""
    return _figure(stage, order, stage.bounds())


def animation(stage: Stage, order: Order, scale: int) -> Animation:
    """Return the figure of a stage step by step.

    Raises:
        Refusal: if there are too many steps.
    """
    see_through = order.transparent and order.kind != "gif"  # which has no soft edges
    clear = order._replace(transparent=see_through)
    return Animation(stage, lambda bounds: _figure(stage, clear, bounds), scale, order.last)


def write_figure(
    path: str, stage: Stage, order: Order, progress: Progress = lambda share: None
) -> None:
    """Write a figure into a file, or into one for each step: ``board-01.png`` and so on.

    Raises:
        FileError: if it can't be written.
        Refusal: if there are too many steps.
    """
    if order.kind == SERIES:
        moving, place = animation(stage, order, order.scale), QFileInfo(path)
        digits = len(str(len(moving.steps)))
        for n, frame in enumerate(moving.frames(progress), 1):
            name = f"{place.completeBaseName()}-{n:0{digits}}.png"
            export(f"{place.path()}/{name}", formats.encoded(frame))
    else:
        export(path, _made(stage, order, progress))


def clipping(stage: Stage, order: Order) -> QMimeData:
    """Return a figure as pixels, as SVG and as PDF: who pastes it takes what suits best."""
    figure, data = still(stage, order), QMimeData()
    data.setData("image/svg+xml", formats.svg(figure, order.title))
    data.setData("application/pdf", formats.pdf(figure, order.title))
    data.setImageData(formats.image(figure, order.scale))
    return data


def _made(stage: Stage, order: Order, progress: Progress) -> bytes:
    match order.kind:
        case "gif":
            return animation(stage, order, order.scale).gif(progress)
        case "webp":
            return animation(stage, order, order.scale).webp(progress)
        case "svg":
            return formats.svg(still(stage, order), order.title)
        case "pdf":
            return formats.pdf(still(stage, order), order.title)
        case _:
            return formats.png(still(stage, order), order.scale)


def _figure(stage: Stage, order: Order, bounds: QRect) -> Figure:
    return Figure(stage, bounds, order.caption, order.transparent)
