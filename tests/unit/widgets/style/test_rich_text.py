"""Formulas and captions as labels show them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QApplication

from cnn_tutor.app.style import appearance
from cnn_tutor.study.formula import RESULT, Pointed, Token
from cnn_tutor.study.glossary import glossary
from cnn_tutor.widgets.style import colours
from cnn_tutor.widgets.style.rich_text import line_html, lines_html, marked, pointed_term

LINE = (Token("1", "x"), Token("·"), Token("(−2)", "kernel"), Token(" = "), Token("−2", RESULT))


def read(html: str) -> QTextDocument:
    document = QTextDocument()
    document.setHtml(html)
    return document


def fragments(html: str) -> list[tuple[str, str, bool]]:
    """Return each piece of the first line: its text, its colour if it has one, whether bold."""
    document = read(html)
    at = document.begin().begin()
    found = []
    while not at.atEnd():
        form = at.fragment().charFormat()
        brush = form.foreground()
        colour = "" if brush.style() == Qt.BrushStyle.NoBrush else brush.color().name()
        found.append((at.fragment().text(), colour, form.fontWeight() > QFont.Weight.Medium))
        at += 1
    return found


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_numbers_are_in_the_colour_of_their_tensor_and_the_result_bold(
    qapp: QApplication, theme: str
) -> None:
    appearance.apply(theme)  # type: ignore[arg-type]
    now = colours.current()
    assert fragments(line_html(LINE)) == [
        ("1", now.read_text, False),
        ("·", "", False),
        ("(−2)", now.weight_text, False),
        (" = ", "", False),
        ("−2", now.written_text, True),
    ]


def test_each_line_stands_under_the_other(qapp: QApplication) -> None:
    assert read(lines_html([LINE, LINE])).toPlainText() == "1·(−2) = −2\n1·(−2) = −2"


TERMS = (
    Token("1", "x", 4),
    Token("·", "", 4),
    Token("2", "kernel", 4),
    Token(" + "),
    Token("3", "bias", 5),
    Token(" = "),
    Token("5", RESULT),
)


def grounds(html: str) -> dict[str, bool]:
    """Return each piece of the first line, and whether it has a ground of its own."""
    document = read(html)
    at = document.begin().begin()
    found = {}
    while not at.atEnd():
        brush = at.fragment().charFormat().background()
        found[at.fragment().text()] = brush.style() != Qt.BrushStyle.NoBrush
        at += 1
    return found


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_of_terms_only_those_that_are_pointed_at_stand_out(qapp: QApplication, theme: str) -> None:
    appearance.apply(theme)  # type: ignore[arg-type]
    html = line_html(TERMS, "", Pointed(frozenset({4})))
    assert [text for text, ground in grounds(html).items() if ground] == ["1", "·", "2"]
    colour = {text: name for text, name, _ in fragments(html)}
    assert colour["3"] == colours.current().weight_text  # the rest is as it was
    plain = read(line_html(TERMS)).toPlainText()
    assert read(html).toPlainText() == plain


def test_what_does_not_belong_is_faint_and_so_is_the_result_of_nothing_that_does(
    qapp: QApplication,
) -> None:
    usual = {text: name for text, name, _ in fragments(line_html(TERMS, "", Pointed()))}
    some = line_html(TERMS, "", Pointed(frozenset({4}), faint=True))
    none = line_html(TERMS, "", Pointed(faint=True))
    seen = {text: name for text, name, _ in fragments(some)}
    assert {text for text in usual if seen[text] != usual[text]} == {" + ", "3", " = "}
    seen = {text: name for text, name, _ in fragments(none)}
    assert all(seen[text] != usual[text] for text in usual)


def test_a_link_tells_its_term_and_no_other_does(qapp: QApplication) -> None:
    assert pointed_term(read_link(line_html(TERMS, "", Pointed()))) == 4
    assert pointed_term("term:stride") is None
    assert pointed_term("") is None


def read_link(html: str) -> str:
    document = read(html)
    return document.begin().begin().fragment().charFormat().anchorHref()


def test_signs_of_a_formula_are_no_html(qapp: QApplication) -> None:
    line = (Token("a<b & c>"), Token("<i>", "x"), Token("</b>", RESULT))
    assert read(line_html(line)).toPlainText() == "a<b & c><i></b>"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("plain", "plain"),
        ("**all**", "<b>all</b>"),
        ("one **two** and **three**", "one <b>two</b> and <b>three</b>"),
        ("2 * 3 ** 4", "2 * 3 ** 4"),
        ("a < b & **c > d**", "a &lt; b &amp; <b>c &gt; d</b>"),
        ("重なった**積**を全部**足した**数", "重なった<b>積</b>を全部<b>足した</b>数"),
        ("padding='same'", "padding='same'"),
        ("a & b", "<span>a &amp; b</span>"),
        ("a > b", "<span>a &gt; b</span>"),
    ],
)
def test_important_words_of_a_caption_are_bold(text: str, html: str) -> None:
    assert marked(text) == html


STYLE = 'style="text-underline-style: dotted"'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("the [steps](stride) go", f'the <a href="term:stride" {STYLE}>steps</a> go'),
        ("[**two**](stride) on", f'<a href="term:stride" {STYLE}><b>two</b></a> on'),
        ("**a [map](channel)** b", f'<b>a <a href="term:channel" {STYLE}>map</a></b> b'),
        (
            "[a < b](mask) & [c](rate)",
            f'<a href="term:mask" {STYLE}>a &lt; b</a> &amp; <a href="term:rate" {STYLE}>c</a>',
        ),
        ("x[0](3) and [1, 2]", "x[0](3) and [1, 2]"),
        ('["><i>](stride)', f'<a href="term:stride" {STYLE}>"&gt;&lt;i&gt;</a>'),
        ("[empty]()", "[empty]()"),
    ],
)
def test_terms_of_a_caption_are_links(text: str, html: str) -> None:
    assert marked(text) == html


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_link_has_the_colour_of_the_theme_and_dots_under_it(
    qapp: QApplication, theme: str
) -> None:
    appearance.apply(theme)  # type: ignore[arg-type]
    html = marked("a [window](window) b")
    assert fragments(html)[1] == ("window", colours.current().accent_text, False)
    document = read(html)
    cursor = QTextCursor(document)
    cursor.setPosition(4)
    form = cursor.charFormat()
    assert form.anchorHref() == "term:window"
    assert form.underlineStyle() == QTextCharFormat.UnderlineStyle.DotLine


def test_every_term_can_be_linked() -> None:
    for key in glossary():
        assert f'href="term:{key}"' in marked(f"[word]({key})")
