"""Figures as files: all of them look alike, and what is text in them stays text."""

from __future__ import annotations

import itertools
import re
from html import unescape
from io import BytesIO

import numpy as np
import pytest
from pypdf import PdfReader
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from cnn_tutor.app.figures import formats
from cnn_tutor.app.figures.figure import Figure
from cnn_tutor.app.figures.source import FORMULA
from cnn_tutor.app.figures.stage import Stage
from cnn_tutor.app.style import language
from cnn_tutor.study.boards.views import CELLS, MATRICES, NETWORK, UNITS
from cnn_tutor.widgets.style.colours import DARK, LIGHT
from tests.unit.app.figures.sources import source

CASES = [
    ("convolution", CELLS),
    ("rgb", CELLS),
    ("relu", CELLS),
    ("im2col", MATRICES),
    ("local_or_full", UNITS),
    ("deck_network", NETWORK),
    ("softmax", FORMULA),
]
PDF_LIMIT = 200_000


@pytest.fixture
def make(window):
    made: list[Stage] = []

    def figure(chapter: str, subject: str, theme=LIGHT, transparent: bool = False) -> Figure:
        made.append(Stage(source(window, chapter), subject, theme))
        return Figure(made[-1], made[-1].bounds(), "", transparent)

    yield figure
    for stage in made:
        stage.close()


def pixels(picture: QImage) -> np.ndarray:
    plain = picture.convertToFormat(QImage.Format.Format_RGBA8888)
    flat = np.frombuffer(bytes(plain.constBits()), np.uint8)
    return flat.reshape(plain.height(), plain.width(), 4).astype(int)


def rendered(svg: bytes, size) -> QImage:
    picture = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    picture.fill(0)
    alone = re.sub(rb'font-family="([^",]+)[^"]*"', rb'font-family="\1"', svg)
    with QPainter(picture) as painter:  # QSvgRenderer takes a list of families for one name
        QSvgRenderer(QByteArray(alone)).render(painter)
    return picture


@pytest.mark.parametrize(("chapter", "subject"), CASES)
@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_the_svg_looks_like_the_png(make, chapter, subject, theme) -> None:
    figure = make(chapter, subject, theme)
    picture = formats.image(figure, 2)
    other = rendered(formats.svg(figure, ""), picture.size())
    off = np.abs(pixels(picture) - pixels(other)).max(axis=2)
    # Letters are smoothed in another way, and may stand on whole pixels.
    assert (off > 64).mean() < 0.03
    assert off.mean() < 3


def test_lines_between_cells_are_as_sharp_in_the_svg(make) -> None:
    figure = make("convolution", CELLS)
    picture = formats.image(figure, 1)
    other = pixels(rendered(formats.svg(figure, ""), picture.size()))
    line = (pixels(picture) == QColor(LIGHT.line).getRgb()).all(axis=2)
    assert line.sum() > 2000
    assert (other[line] == QColor(LIGHT.line).getRgb()).all(axis=1).mean() > 0.99


@pytest.mark.parametrize("code", ["en", "ja"])
@pytest.mark.parametrize(("chapter", "subject"), CASES)
def test_text_stays_text(make, code, chapter, subject) -> None:
    language.apply(code)
    figure = make(chapter, subject)
    drawn = formats.svg(figure, "Title").decode()
    assert "<title>Title</title>" in drawn
    written = re.findall(r"<text[^>]*>([^<]+)</text>", drawn)
    data = formats.pdf(figure, "Title")
    reader = PdfReader(BytesIO(data))
    (page,) = reader.pages
    said = re.sub(r"\s", "", page.extract_text())
    assert reader.metadata is not None
    assert reader.metadata.title == "Title"
    assert len(written) > 5
    for text in map(unescape, written):
        assert re.sub(r"\s", "", text) in said
    fonts = [font.get_object() for font in page["/Resources"]["/Font"].values()]
    descriptors = [font["/DescendantFonts"][0]["/FontDescriptor"] for font in fonts]
    assert all("/FontFile2" in d or "/FontFile3" in d for d in descriptors)
    assert len(data) <= PDF_LIMIT


def test_every_font_of_an_svg_has_another_to_fall_back_to(make) -> None:
    drawn = formats.svg(make("convolution", CELLS), "").decode()
    families = re.findall(r'font-family="([^"]+)"', drawn)
    assert families
    assert all(family.endswith(",sans-serif") for family in families)


@pytest.mark.parametrize(("chapter", "subject"), CASES)
def test_texts_keep_their_width_in_any_font_and_so_stay_apart(make, chapter, subject) -> None:
    drawn = formats.svg(make(chapter, subject), "").decode()
    lines: dict[object, list[tuple[float, float]]] = {}
    for matrix, group in re.findall(r'transform="(matrix\([^"]+)"(.*?)</g>', drawn, re.DOTALL):
        for text in re.findall(r"<text [^>]*>", group):
            named = dict(re.findall(r'(\w+)="([^"]*)"', text))
            at, wide = float(named["x"]), float(named["textLength"])
            lines.setdefault((matrix, named["y"]), []).append((at, wide))
    assert len(lines) > 3
    for line in lines.values():
        for (at, wide), (after, _) in itertools.pairwise(sorted(line)):
            assert at + wide <= after + 1


def test_maps_lose_no_colour_in_a_pdf(make) -> None:
    (page,) = PdfReader(BytesIO(formats.pdf(make("deck_network", NETWORK), ""))).pages
    filters = [image["/Filter"] for image in page["/Resources"]["/XObject"].values()]
    assert filters
    assert set(filters) == {"/FlateDecode"}


def test_a_page_of_pdf_is_as_large_as_the_figure(make) -> None:
    figure = make("relu", FORMULA)
    (page,) = PdfReader(BytesIO(formats.pdf(figure, ""))).pages
    assert float(page.mediabox.width) == pytest.approx(figure.size.width() * 0.75, abs=1)
    assert float(page.mediabox.height) == pytest.approx(figure.size.height() * 0.75, abs=1)


@pytest.mark.parametrize("scale", [1, 2, 3, 4])
def test_a_png_has_as_many_pixels_as_wanted_and_the_same_size_on_paper(make, scale) -> None:
    figure = make("relu", FORMULA, transparent=True)
    picture = QImage.fromData(formats.png(figure, scale))
    assert picture.size() == figure.size * scale
    assert picture.dotsPerMeterX() == pytest.approx(96 * scale / 0.0254, rel=0.01)
    assert picture.pixelColor(0, 0).alpha() == 0


def test_nothing_stands_behind_a_transparent_svg(make) -> None:
    figure = make("relu", FORMULA, transparent=True)
    assert rendered(formats.svg(figure, ""), figure.size).pixelColor(2, 2).alpha() == 0
