"""The playback as moving pictures: GIF, WebP, or a picture for each step."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage

from cnn_tutor.app.figures.figure import Figure
from cnn_tutor.app.figures.formats import image
from cnn_tutor.app.figures.stage import Stage
from cnn_tutor.engine.errors import Refusal

if TYPE_CHECKING:
    from PIL.Image import Image

Progress = Callable[[float], object]
"""Is told the share that is done, and may raise to end it."""

STEP_LIMIT = 1000
"""Steps of a playback that can be exported."""

_LAST_LONGER = 2000
"""Milliseconds for which the last step is seen at least, before all begins anew."""

_LOOKED_AT = 12
"""Steps that are looked at beforehand, for room and colours."""

_PALETTE = 256
"""Colours that a GIF can have."""

_Colours = npt.NDArray[np.uint32]
"""Colours whose bytes are alpha, red, green and blue."""


class Animation:
    """All steps of a stage's playback, each a frame, all of them of one size.

    ``figure`` makes a figure of the part of the stage that they fill. With ``last`` it ends at that
    step of the playback.

    Raises:
        Refusal: if there are too many steps.
    """

    def __init__(
        self,
        stage: Stage,
        figure: Callable[[QRect], Figure],
        scale: float,
        last: int = 0,
    ) -> None:
        self._stage, self._scale = stage, scale
        end = min(last or stage.playback.count, stage.playback.count)
        if end > STEP_LIMIT:
            raise Refusal("figure_too_long", steps=end, most=STEP_LIMIT)
        self.steps = stage.steps(end)
        """The positions of the playback."""
        every = max(1, len(self.steps) // _LOOKED_AT)
        self._looked_at = sorted({*self.steps[::every], self.steps[-1]})
        bounds = QRect()
        for step in self._looked_at:
            stage.seek(step)
            bounds = bounds.united(stage.bounds())
        self._figure = figure(bounds)
        self._milliseconds = stage.playback.interval

    def frames(self, progress: Progress = lambda share: None) -> Iterator[QImage]:
        """Go through the steps from the first to the last."""
        for n, step in enumerate(self.steps):
            progress(n / len(self.steps))
            yield self.at(step)

    def gif(self, progress: Progress = lambda share: None) -> bytes:
        """Return a GIF that goes on for ever; all frames share one palette."""
        palette = self._palette()
        frames = (_indexed(frame, palette) for frame in self.frames(progress))
        return self._saved(frames, "GIF", disposal=1, optimize=False)

    def webp(self, progress: Progress = lambda share: None) -> bytes:
        """Return an animated WebP that loses nothing."""
        frames = (_pillow(frame) for frame in self.frames(progress))
        return self._saved(frames, "WEBP", lossless=True, quality=60, method=3)

    def _saved(self, frames: Iterator[Image], kind: str, **how: int | bool) -> bytes:
        buffer = BytesIO()
        times = [self._milliseconds] * len(self.steps)
        times[-1] = max(times[-1], _LAST_LONGER)
        next(frames).save(
            buffer, kind, save_all=True, append_images=frames, duration=times, loop=0, **how
        )
        return buffer.getvalue()

    def _palette(self) -> _Colours:
        """Return the most frequent colours of some steps, just as they are."""
        seen, counts = np.unique(
            np.concatenate([_pixels(self.at(step)) for step in self._looked_at]),
            return_counts=True,
        )
        most: _Colours = seen[np.argsort(-counts, kind="stable")[:_PALETTE]]
        return most

    def at(self, step: int) -> QImage:
        """Return the frame of a position of the playback."""
        self._stage.seek(step)
        return image(self._figure, self._scale)


def _pixels(picture: QImage) -> _Colours:
    return np.frombuffer(bytes(picture.constBits()), np.uint32)


def _parts(colours: _Colours) -> npt.NDArray[np.int64]:
    """Return red, green and blue of each colour."""
    return np.stack([colours >> shift & 0xFF for shift in (16, 8, 0)], axis=1).astype(np.int64)


def _indexed(picture: QImage, palette: _Colours) -> Image:
    """Return a picture in the colours of a palette: its own where it has them, else the nearest.

    Pillow takes one colour for another that is about as light, and would tint the ground.
    """
    from PIL import Image

    colours, places = np.unique(_pixels(picture), return_inverse=True)
    apart = _parts(colours)[:, None] - _parts(palette)[None]
    nearest = (apart**2).sum(axis=2).argmin(axis=1).astype(np.uint8)
    size = (picture.width(), picture.height())
    indexed = Image.frombytes("P", size, nearest[places].tobytes())
    indexed.putpalette(_parts(palette).ravel().tolist())
    return indexed


def _pillow(picture: QImage) -> Image:
    from PIL import Image

    plain = picture.convertToFormat(QImage.Format.Format_RGBA8888)
    size = (plain.width(), plain.height())
    return Image.frombytes("RGBA", size, bytes(plain.constBits()))
