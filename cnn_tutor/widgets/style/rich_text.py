"""Formulas and captions as the HTML that Qt's labels show, in the colours of the theme."""

from __future__ import annotations

import html
import itertools
import re
from collections.abc import Iterable

from PySide6.QtGui import QFont, QFontMetrics, Qt

from cnn_tutor.study.formula import RESULT, Line, Pointed, Token
from cnn_tutor.study.glossary import LINK
from cnn_tutor.widgets.style import colours

TERM = "term:"
"""What the address of a link to a term begins with; its key follows."""

_PLACE = "place:"
"""What the address of a link to a term of a formula begins with; its place follows."""

_POINTED = 0.22
"""How much of the accent is on the ground of a term that is pointed at."""


def ink(role: str) -> str:
    """Return the text colour of a number by the port it comes from."""
    theme = colours.current()
    named = {"x": theme.read_text, RESULT: theme.written_text, "": theme.text}
    return named.get(role, theme.weight_text)


def line_html(line: Line, result_ink: str = "", pointed: Pointed | None = None) -> str:
    """Return a formula's line, its numbers coloured and its result bold.

    ``result_ink`` is the colour of the result, if not that of what is written. Where terms can be
    ``pointed`` at, each is a link that :func:`pointed_term` knows.
    """
    if pointed is None:
        return "".join(_token_html(token, result_ink) for token in line)
    concerned = not pointed.faint or any(token.term in pointed.terms for token in line)
    written = []
    for term, tokens in itertools.groupby(line, lambda token: token.term):
        if term >= 0:
            text = "".join(_token_html(token, result_ink) for token in tokens)
            written.append(term_html(text, term, pointed))
            continue
        for token in tokens:
            text = _token_html(token, result_ink)
            result = token.role == RESULT and concerned
            written.append(_faint(text) if pointed.faint and not result else text)
    return "".join(written)


def lines_html(lines: Iterable[Line], pointed: Pointed | None = None) -> str:
    """Return a formula's lines, one under the other."""
    return "<br>".join(line_html(line, "", pointed) for line in lines)


def term_html(text: str, term: int, pointed: Pointed) -> str:
    """Return a term, as HTML, as a link to itself; it stands out if it is pointed at."""
    theme = colours.current()
    style = f"text-decoration:none; color:{theme.text}"
    if term in pointed.terms:
        ground = colours.blend(theme.accent, theme.panel, _POINTED).name()
        style = f"text-decoration:underline; color:{theme.text}; background-color:{ground}"
    elif pointed.faint:
        text = _faint(text)
    return f'<a href="{_PLACE}{term}" style="{style}">{text}</a>'


def pointed_term(link: str) -> int | None:
    """Return the term that a link in a formula stands for; None for any other link."""
    return int(link.removeprefix(_PLACE)) if link.startswith(_PLACE) else None


def _faint(text: str) -> str:
    """Return HTML in the same colours, but faint."""
    theme = colours.current()

    def fainter(name: str) -> str:
        return "color:" + colours.blend(name, theme.panel, colours.faint()).name()

    inner = re.sub(r"color:(#[0-9a-f]{6})", lambda found: fainter(found[1]), text)
    return f"<span style='{fainter(theme.text)}'>{inner}</span>"


def title_html(title: str, detail: str = "", title_ink: str = "") -> str:
    """Return a title in bold with its detail in a quieter tone."""
    style = f" style='color:{title_ink}'" if title_ink else ""
    text = f"<b{style}>{html.escape(title)}</b>"
    if detail:  # with letters for blanks, as "&n" would be a key in the title of a grid
        dim = colours.current().dim
        text += f"\u00a0\u00a0<span style='color:{dim}'>{html.escape(detail)}</span>"
    return text


def cut_title_html(title: str, font: QFont, room: int, ink: str = "") -> str:
    """Return a title as :func:`title_html` does, of which is left out what has no room."""
    bold = QFont(font)
    bold.setBold(True)
    right = Qt.TextElideMode.ElideRight
    return title_html(QFontMetrics(bold).elidedText(title, right, room), "", ink)


def marked(text: str) -> str:
    """Return a caption's text with its **important words** bold and its [terms](key) as links.

    A link has the colour that the palette gives to links when the text is set, so a text that
    stays while the theme changes has to be set anew. Whether the glossary has the key is not
    asked: that would read it at every start, and captions are looked over before they come here.
    """
    linked = LINK.sub(lambda link: term_link(link[2], link[1]), html.escape(text, quote=False))
    found = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", linked)
    if "&" in found and not Qt.mightBeRichText(found):  # a label would show "&gt;" as it is
        return f"<span>{found}</span>"
    return found


def tip(text: str) -> str:
    """Return a text as a tool tip that shows it as it is, whatever looks like HTML in it.

    What comes from a file could name a picture otherwise, which Qt would read from the disk.
    """
    if not Qt.mightBeRichText(text):
        return text
    return f"<span>{html.escape(text, quote=False)}</span>".replace("\n", "<br>")


def term_link(key: str, text: str) -> str:
    """Return a link to a term of the glossary, under words that are HTML already."""
    return f'<a href="{TERM}{key}" style="text-underline-style: dotted">{text}</a>'


def _token_html(token: Token, result_ink: str) -> str:
    text = html.escape(token.text, quote=False)
    colour = ink(token.role)
    if token.role == RESULT:
        text, colour = f"<b>{text}</b>", result_ink or colour
    return f'<span style="color:{colour}">{text}</span>' if token.role else text
