"""Makes the bundled fonts from the full Noto Sans CJK collections.

    python resources/fonts/subset.py /usr/share/fonts/opentype/noto

Only this needs fontTools (``pip install fonttools``); the fonts made are kept beside this file.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fontTools.misc.roundTools import otRound  # type: ignore[import-untyped]
from fontTools.pens.recordingPen import RecordingPen  # type: ignore[import-untyped]
from fontTools.pens.t2CharStringPen import T2CharStringPen  # type: ignore[import-untyped]
from fontTools.subset import Options, Subsetter  # type: ignore[import-untyped]
from fontTools.ttLib import TTCollection, TTFont  # type: ignore[import-untyped]

FACE = "Noto Sans CJK JP"
FAMILY = "CNN Tutor Sans"  # not Noto: the full font may be installed, and Noto is a trademark
STYLES = ("Regular", "Bold")

BLOCKS = (
    range(0x0020, 0x007F),  # Basic Latin
    range(0x00A0, 0x0100),  # Latin-1
    range(0x0370, 0x0400),  # Greek
    range(0x2000, 0x2070),  # General punctuation
    range(0x2070, 0x20A0),  # Superscripts and subscripts
    range(0x2100, 0x2190),  # Letterlike, number forms
    range(0x2190, 0x2200),  # Arrows
    range(0x2200, 0x2300),  # Mathematical operators
    range(0x2300, 0x2400),  # Miscellaneous technical
    range(0x2460, 0x2500),  # Enclosed alphanumerics
    range(0x2500, 0x2580),  # Box drawing
    range(0x25A0, 0x2700),  # Geometric shapes, miscellaneous symbols
    range(0x2700, 0x27C0),  # Dingbats
    range(0x3000, 0x3100),  # CJK punctuation, kana
    range(0x31F0, 0x3200),  # Small kana
    range(0xFF01, 0xFFEF),  # Full-width and half-width forms
)
# Everyday kanji, and a few a lesson may want, that are not in level 1 of JIS X 0208.
EVERYDAY = "佇傲刹剝哺喩嗅嘲塡嵌彙恣慄憬拉捩摯曖楷毀濾璧瘍箋籠綺緻罠羞訃諧貪踪躓辣錮頰鬱𠮟"
# What the font has not, and the glyph it has that reads the same.
STAND_INS = {
    "\t": "\u2002",  # or Qt takes the blank's, and blanks are tabs in a PDF; see TWINS
    "∗": "＊",
    "∼": "~",
    "⋅": "·",
    "∙": "·",
    "✗": "×",
    "✕": "×",
    "✔": "✓",
    "▸": "▶",
    "▾": "▼",
    "◂": "◀",
    "▴": "▲",
}
# What looks like another sign, and comes before it in Unicode: a PDF names each glyph by the first
# character that it is drawn for, and – and ・ could be neither found nor copied in it.
TWINS = "\u2012\u2027"
# The brackets of floor and ceiling: the square one they are made of, the arm it loses (1 upper,
# -1 lower) and the letter whose glyph they take over, as adding one to a CID font is far more work.
BRACKETS = {"⌊": ("[", 1, "Ж"), "⌋": ("]", 1, "Ш"), "⌈": ("[", -1, "Щ"), "⌉": ("]", -1, "Ю")}

FEATURES = ("kern", "mark", "ccmp")
UNUSED_TABLES = ("BASE", "VORG", "vhea", "vmtx")


def wanted() -> set[int]:
    """Return the code points to keep: the blocks, kanji of JIS X 0208 level 1, everyday ones."""
    level_1 = {ord(kanji) for kanji in _kanji_of_level_1()}
    return level_1.union(map(ord, EVERYDAY), [ord("\t")], *BLOCKS).difference(map(ord, TWINS))


def _kanji_of_level_1() -> Iterator[str]:
    for row in range(16, 48):
        for cell in range(1, 95):
            yield from bytes((0xA0 + row, 0xA0 + cell)).decode("euc_jp", errors="ignore")


def face(path: Path) -> TTFont:
    """Return the Japanese face of a collection."""
    for font in TTCollection(path, lazy=True).fonts:
        if font["name"].getDebugName(1) == FACE:
            font.recalcTimestamp = False  # the same source gives the same bytes
            return font
    raise SystemExit(f"{path}: has no face {FACE}")


def add_brackets(font: TTFont) -> None:
    """Draw ⌊ ⌋ ⌈ ⌉ as square brackets that lack an arm."""
    cmap = font.getBestCmap()
    glyphs = font.getGlyphSet()
    strings = font["CFF "].cff.topDictIndex[0].CharStrings
    for bracket, (model, side, place) in BRACKETS.items():
        name = cmap[ord(place)]
        width, bearing = font["hmtx"][cmap[ord(model)]]
        record = RecordingPen()
        glyphs[cmap[ord(model)]].draw(record)
        corners = [points[0] for _, points in record.value if points]
        middle = sum(y for _, y in corners) / len(corners)
        # Three different x: the stem's outer edge, its inner edge, the tips of the arms.
        xs = sorted({x for x, _ in corners}, reverse=model == "]")
        _, inner, tip = xs

        pen = T2CharStringPen(None, glyphs)
        outline = [(inner if x == tip and (y - middle) * side > 0 else x, y) for x, y in corners]
        pen.moveTo(outline[0])
        for corner in outline[1:]:
            pen.lineTo(corner)
        pen.closePath()
        old = strings[name]
        drawn = pen.getCharString(private=old.private, globalSubrs=old.globalSubrs)
        drawn.program.insert(0, otRound(width - old.private.nominalWidthX))
        strings[name].setProgram(drawn.program)
        font["hmtx"][name] = (width, bearing)
        map_to(font, bracket, name)


def map_to(font: TTFont, character: str, glyph: str) -> None:
    """Let a character be drawn by a glyph, in every table that maps Unicode."""
    for table in font["cmap"].tables:
        if table.isUnicode() and table.format != 14:
            table.cmap[ord(character)] = glyph


def rename(font: TTFont, style: str) -> None:
    """Give the font the family's name; copyright, licence and designers stay."""
    postscript = f"{FAMILY.replace(' ', '')}-{style}"
    full = f"{FAMILY} {style}"
    version = font["name"].getDebugName(5)
    names = {1: FAMILY, 2: style, 3: f"{version};{postscript}", 4: full, 6: postscript}
    for key, text in names.items():
        font["name"].setName(text, key, 3, 1, 0x409)
    for key in (16, 17, 21, 22):
        font["name"].removeNames(nameID=key)
    cff = font["CFF "].cff
    cff.fontNames[0] = postscript
    top: Any = cff.topDictIndex[0]
    top.FullName, top.FamilyName = full, FAMILY


def make(source: Path, target: Path, style: str) -> None:
    """Write one style of the bundled family."""
    font = face(source)
    cmap = font.getBestCmap()
    for character, model in STAND_INS.items():
        if ord(character) not in cmap:
            map_to(font, character, cmap[ord(model)])
    add_brackets(font)

    options = Options(
        layout_features=list(FEATURES),
        drop_tables=[*Options().drop_tables, *UNUSED_TABLES],
        name_IDs=["*"],
        name_languages=[0x409],
        notdef_outline=True,
        hinting=True,
    )
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=wanted())
    subsetter.subset(font)
    rename(font, style)
    font.save(target)
    print(f"{target.name}: {len(font.getGlyphOrder())} glyphs, {target.stat().st_size:,} bytes")


def main() -> None:
    """Make every style."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path, help="holds NotoSansCJK-Regular.ttc and -Bold.ttc")
    folder = parser.parse_args().folder
    for style in STYLES:
        target = Path(__file__).with_name(f"NotoSansJP-{style}.otf")
        make(folder / f"NotoSansCJK-{style}.ttc", target, style)


if __name__ == "__main__":
    main()
