"""The program's icons: drawings in ``resources/icons``, in the colour of the theme's text."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize
from PySide6.QtGui import QGuiApplication, QIcon, QImageReader, QPixmap, QPixmapCache

from cnn_tutor.bundled import bundled
from cnn_tutor.widgets.style import colours
from cnn_tutor.widgets.style.sizes import px


def icon(name: str, size: int = 20) -> QIcon:
    """Return the icon ``name`` in the text colour, and in the dim one where it is disabled.

    ``size``, here and below, is at the standard letters; see ``px``.
    """
    theme = colours.current()
    made = QIcon()
    made.addPixmap(_drawn(name, theme.text, size), QIcon.Mode.Normal)
    made.addPixmap(_drawn(name, theme.line, size), QIcon.Mode.Disabled)
    return made


def tinted(name: str, colour: str, size: int = 20) -> QIcon:
    """Return the icon ``name`` in a colour given as hex."""
    return QIcon(_drawn(name, colour, size))


def drawing(name: str, size: int) -> QPixmap:
    """Return a drawing in its own colours, ``size`` wide and high."""
    return _drawn(name, colours.current().text, size)


def _drawn(name: str, colour: str, size: int) -> QPixmap:
    ratio = QGuiApplication.primaryScreen().devicePixelRatio()
    size = px(size)
    key, pixmap = f"icon {name} {colour} {size} {ratio}", QPixmap()
    if QPixmapCache.find(key, pixmap):
        return pixmap
    svg = bundled("icons", f"{name}.svg").read_text("utf-8").replace("currentColor", colour)
    buffer = QBuffer()
    buffer.setData(QByteArray(svg.encode()))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, b"svg")
    reader.setScaledSize(QSize(round(size * ratio), round(size * ratio)))
    pixmap = QPixmap.fromImage(reader.read())
    pixmap.setDevicePixelRatio(ratio)
    QPixmapCache.insert(key, pixmap)
    return pixmap
