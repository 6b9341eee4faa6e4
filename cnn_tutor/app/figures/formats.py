"""Figures as files: PNG, SVG with text that stays text, and PDF with its fonts."""

from __future__ import annotations

import re
from functools import cache
from html import unescape

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRect, QSizeF, Qt
from PySide6.QtGui import (
    QFont,
    QFontDatabase,
    QFontInfo,
    QFontMetricsF,
    QGuiApplication,
    QImage,
    QPageSize,
    QPainter,
    QPdfWriter,
)
from PySide6.QtSvg import QSvgGenerator

from cnn_tutor import __version__
from cnn_tutor.app.figures.figure import Figure

_POINTS_PER_INCH = 72
_MM_PER_INCH = 25.4
_LINES = re.compile(
    r'<g fill="none" stroke="#[^>]*stroke-width="[13]"[^>]*>'
    r'(?:\s*<(?:polyline[^>]* points="[\d, -]+"|rect x="-?\d+" y="-?\d+"[^>]*) ?/>)+\s*</g>'
)
"""Lines and frames of cells: drawn by a pen of 1 or 3 pixels from whole pixels to whole pixels."""

_TEXT = re.compile(
    r'<text [^>]*font-family="(?P<families>[^"]+)" font-size="(?P<size>[\d.]+)"'
    r' font-weight="(?P<weight>\d+)"[^>]*>(?P<text>[^<]+)</text>'
)


def image(figure: Figure, scale: float) -> QImage:
    """Return a figure as pixels, ``scale`` times as many as it is wide and high."""
    picture = QImage(figure.size * scale, QImage.Format.Format_ARGB32_Premultiplied)
    picture.fill(Qt.GlobalColor.transparent)
    with QPainter(picture) as painter:
        painter.scale(scale, scale)
        figure.paint(painter)
    per_metre = round(_dots() * scale * 1000 / _MM_PER_INCH)  # for it to be as large on paper
    picture.setDotsPerMeterX(per_metre)
    picture.setDotsPerMeterY(per_metre)
    return picture


def png(figure: Figure, scale: float) -> bytes:
    """Return a figure as PNG; see :func:`image`."""
    return encoded(image(figure, scale))


def encoded(picture: QImage) -> bytes:
    """Return a picture as PNG."""
    buffer = _buffer()
    if picture.format() == QImage.Format.Format_ARGB32_Premultiplied:
        picture = picture.convertToFormat(QImage.Format.Format_ARGB32)
    picture.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs want bytes, Qt takes both
    return bytes(buffer.data().data())


def svg(figure: Figure, title: str) -> bytes:
    """Return a figure as SVG."""
    buffer, generator = _buffer(), QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setResolution(_dots())
    generator.setSize(figure.size)
    generator.setViewBox(QRect(0, 0, figure.size.width(), figure.size.height()))
    generator.setTitle(title)
    generator.setDescription(f"CNN Tutor {__version__}")
    with QPainter(generator) as painter:
        figure.paint(painter)
    drawn = _tidied(bytes(buffer.data().data()).decode())
    size = f'width="{figure.size.width()}" height="{figure.size.height()}"'
    return re.sub(r'width="[^"]+mm" height="[^"]+mm"', size, drawn, count=1).encode()


def pdf(figure: Figure, title: str) -> bytes:
    """Return a figure as one page of PDF, just as large as it is."""
    buffer = _buffer()
    writer = QPdfWriter(buffer)
    writer.setTitle(title)
    writer.setCreator(f"CNN Tutor {__version__}")
    writer.setResolution(_dots())
    points = QSizeF(figure.size) * _POINTS_PER_INCH / _dots()
    exact = QPageSize.SizeMatchPolicy.ExactMatch  # or Qt would take the nearest kind of paper
    writer.setPageSize(QPageSize(points, QPageSize.Unit.Point, "", exact))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    with QPainter(writer) as painter:
        painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
        figure.paint(painter)
    return bytes(buffer.data().data())


def _tidied(drawn: str) -> str:
    """Let lines lie on pixels as they do on the screen, and fonts be known elsewhere, too.

    Where Qt fills whole pixels from a line's coordinates on, SVG draws it to both sides of them.
    """
    drawn = re.sub(r'<path[^>]* d=""[^>]*/>', "", drawn)
    drawn = _LINES.sub(lambda group: f'<g transform="translate(.5,.5)">{group[0]}</g>', drawn)
    drawn = _TEXT.sub(_as_wide, drawn)
    return re.sub(r'font-family="([^"]+)"', lambda f: f'font-family="{_families(f[1])}"', drawn)


def _as_wide(text: re.Match[str]) -> str:
    """Give a text its width, which it keeps where its font is not known and another is taken."""
    font = QFont()
    font.setFamilies(text["families"].split(","))
    font.setPointSizeF(float(text["size"]) * _POINTS_PER_INCH / _dots())
    font.setWeight(QFont.Weight(int(text["weight"])))
    wide = QFontMetricsF(font).horizontalAdvance(unescape(text["text"]))
    return f'<text textLength="{wide:g}" lengthAdjust="spacingAndGlyphs"{text[0][5:]}'


@cache
def _families(names: str) -> str:
    """Return the families of a font with another at last, and first what an alias stands for."""
    named = names.split(",")
    known = QFontDatabase.hasFamily(named[0])
    real = [] if known else [QFontInfo(QFont(named[0])).family()]
    return ",".join([*real, *named, "sans-serif"])


def _dots() -> int:
    """Dots per inch by which fonts are as large as on the screen."""
    return round(QGuiApplication.primaryScreen().logicalDotsPerInch())


def _buffer() -> QBuffer:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    return buffer
