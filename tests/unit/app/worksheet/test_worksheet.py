"""Worksheets as PDF files, from the dialog and as bytes."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from pypdf import PageObject, PdfReader
from PySide6.QtGui import QPainter, QTextDocument

from cnn_tutor.app.progress_bar import CalledOff
from cnn_tutor.app.worksheet.chain import ChainFigure
from cnn_tutor.app.worksheet.worksheet import Worksheet, pdf, write_worksheet
from cnn_tutor.study import numbers, words
from cnn_tutor.study.exam import EXAM
from cnn_tutor.study.exam.question import questions
from cnn_tutor.study.practice.mastery.skills import skills
from cnn_tutor.study.practice.worksheet import MIX

SMALL = Worksheet("output_size", 2, 7, "en")


def without_time(data: bytes) -> bytes:
    for pattern in (rb"\(D:[^)]*\)", rb"\d{4}-\d\d-\d\dT[^\"<]*"):
        data = re.sub(pattern, b"", data)
    return data


def page_count(data: bytes) -> int:
    return len(re.findall(rb"/Type /Page\b[^s]", data))


def test_it_is_a4_with_its_fonts_in_it(qapp) -> None:
    data = pdf(Worksheet("mix", 4, 1, "ja"))
    assert data.startswith(b"%PDF-")
    boxes = re.findall(rb"/MediaBox \[([^\]]*)\]", data)
    assert {tuple(round(float(n)) for n in box.split()) for box in boxes} == {(0, 0, 595, 842)}
    assert b"/FontFile" in data
    assert page_count(data) >= 2


@pytest.mark.parametrize(
    ("paper", "sides"), [("letter", (612, 792)), ("b5", (516, 729)), ("a3", (842, 1191))]
)
def test_it_has_the_size_of_its_paper(qapp, paper: str, sides: tuple[int, int]) -> None:
    reader = PdfReader(io.BytesIO(pdf(Worksheet("output_size", 1, 7, "en", paper))))
    for page in reader.pages:
        assert (round(page.mediabox.width), round(page.mediabox.height)) == sides


@pytest.mark.parametrize("language", words.LANGUAGES)
@pytest.mark.parametrize("skill", [MIX, EXAM, *skills()])
def test_its_text_can_be_copied_and_found(qapp, monkeypatch, language: str, skill: str) -> None:
    drawn: list[str] = []
    draw = QTextDocument.drawContents

    def recorded(document: QTextDocument, *arguments: object) -> None:
        drawn.append(document.toPlainText())
        draw(document, *arguments)

    draw_chain = ChainFigure.drawContents

    def chain_recorded(figure: ChainFigure, painter: QPainter) -> None:
        chain = figure._chain
        drawn.extend(text for _, stop in chain._boxes for text in (stop.name, *stop.details))
        drawn.extend((*(text for _, text in chain._texts), *figure._answers))
        draw_chain(figure, painter)

    monkeypatch.setattr(QTextDocument, "drawContents", recorded)
    monkeypatch.setattr(ChainFigure, "drawContents", chain_recorded)
    data = pdf(Worksheet(skill, 3, 3, language))
    pages = PdfReader(io.BytesIO(data)).pages
    read = "".join(page.extract_text() for page in pages)
    letters, found = (Counter(re.sub(r"\s", "", text)) for text in ("".join(drawn), read))
    assert found == letters
    assert sum(found[digit] for digit in "0123456789") > 20
    assert "\t" not in read
    fonts = {str(font["/BaseFont"]) for page in pages for font in _fonts(page)}
    assert fonts <= {"/CNNTutorSans-Regular", "/CNNTutorSans-Bold"}


def _fonts(page: PageObject) -> Iterator[Any]:
    for font in page["/Resources"]["/Font"].values():
        yield font.get_object()


def test_a_sentence_is_found_as_it_is_written(qapp) -> None:
    data = pdf(Worksheet("mix", 4, 3, "en"))
    (page, *_) = PdfReader(io.BytesIO(data)).pages
    told = "Average pooling, window 2×2, stride 2, no padding: work out what is mi"
    assert told in page.extract_text()


def test_the_same_worksheet_is_the_same_file_but_for_its_time(qapp) -> None:
    first, again, other, japanese = (
        without_time(pdf(sheet))
        for sheet in (
            SMALL,
            SMALL,
            Worksheet("output_size", 2, 8, "en"),
            Worksheet("output_size", 2, 7, "ja"),
        )
    )
    assert first == again
    assert first != other
    assert first != japanese


def test_the_program_goes_on_in_its_own_language(qapp) -> None:
    seen = []
    words.speak("en")
    pdf(Worksheet("output_size", 2, 7, "ja"), lambda share: seen.append(words.language()))
    assert seen == ["en", "en"]
    assert words.language() == "en"


def test_a_worksheet_that_is_called_off_is_not_written(qapp, tmp_path) -> None:
    path = tmp_path / "out.pdf"
    seen = []

    def until_half(share: float) -> None:
        seen.append(share)
        if share >= 0.5:
            raise CalledOff

    with pytest.raises(CalledOff):
        write_worksheet(str(path), Worksheet("output_size", 4, 7, "en"), until_half)
    assert seen == [0.25, 0.5]
    assert list(tmp_path.iterdir()) == []


def test_the_exam_on_paper_is_that_of_the_same_seed(qapp) -> None:
    sheet = Worksheet(EXAM, 20, 7, "en")
    pages = PdfReader(io.BytesIO(pdf(sheet))).pages
    read = "".join(page.extract_text() for page in pages)
    assert "Exam (40 minutes)" in read
    drawn = questions(7, 20)
    plain = re.sub(r"\s", "", read)
    for question in drawn:
        assert plain.count(question.code) == 2  # beside the exercise and in the key
        for letter, number in zip("abcd", question.choices, strict=False):
            assert f"{letter}){numbers.show(number)}" in plain
