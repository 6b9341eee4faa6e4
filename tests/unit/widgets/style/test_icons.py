"""The program's drawings, in the colours of its themes."""

from __future__ import annotations

import re

import numpy as np
import pytest
from PySide6.QtGui import QColor, QIcon, QImage, QPixmap
from PySide6.QtWidgets import QApplication

from cnn_tutor.app.style import appearance
from cnn_tutor.bundled import bundled
from cnn_tutor.widgets.style import colours
from cnn_tutor.widgets.style.icons import drawing, icon, tinted

NAMES = sorted(path.stem for path in bundled("icons").glob("*.svg"))
TINTED = [n for n in NAMES if "currentColor" in bundled("icons", f"{n}.svg").read_text("utf-8")]


def pixels(pixmap: QPixmap) -> np.ndarray:
    """Return rows of (red, green, blue, alpha)."""
    image = pixmap.toImage().convertToFormat(QImage.Format.Format_RGBA8888)
    data = np.frombuffer(image.constBits(), np.uint8)
    return data.reshape(image.height(), -1, 4)[:, : image.width()].copy()


def is_all(pixmap: QPixmap, name: str) -> bool:
    """Say whether the pixels that are wholly covered are all of one colour, but for rounding."""
    drawn = pixels(pixmap).astype(int)
    covered = drawn[drawn[..., 3] == 255][:, :3]
    return len(covered) > 5 and bool((abs(covered - QColor(name).getRgb()[:3]) <= 1).all())


@pytest.mark.parametrize("name", NAMES)
def test_every_drawing_fills_its_size_and_is_not_empty(qapp: QApplication, name: str) -> None:
    pixmap = drawing(name, 32)
    ratio = pixmap.devicePixelRatio()
    assert (pixmap.width() / ratio, pixmap.height() / ratio) == (32, 32)
    drawn = np.argwhere(pixels(pixmap)[..., 3])
    assert len(drawn) > 30
    assert (drawn.max(axis=0) - drawn.min(axis=0)).max() > 16 * ratio


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", TINTED)
def test_an_icon_is_in_the_text_colour_and_fainter_when_off(
    qapp: QApplication, name: str, theme: str
) -> None:
    appearance.apply(theme)  # type: ignore[arg-type]
    now = colours.current()
    made = icon(name, 64)
    assert is_all(made.pixmap(64, 64, QIcon.Mode.Normal), now.text)
    assert is_all(made.pixmap(64, 64, QIcon.Mode.Disabled), now.line)
    assert is_all(tinted(name, "#12ab34", 64).pixmap(64, 64), "#12ab34")


def test_no_drawing_reaches_for_anything_outside(qapp: QApplication) -> None:
    for name in NAMES:
        text = bundled("icons", f"{name}.svg").read_text("utf-8")
        assert not re.search(r"href|url\(http|<image|<script|<text", text), name


def test_an_unknown_icon_is_an_error(qapp: QApplication) -> None:
    with pytest.raises(FileNotFoundError):
        icon("nothing")
