"""The dialog in which a worksheet is chosen, looked at and saved as a PDF file."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QElapsedTimer, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSpinBox,
    QWidget,
)

from cnn_tutor.app.files.exporting import export
from cnn_tutor.app.files.saving import ask_and_save
from cnn_tutor.app.progress_bar import PATIENCE_MS
from cnn_tutor.app.settings.preferences import Preferences
from cnn_tutor.app.style import language
from cnn_tutor.app.worksheet.page_view import PageView
from cnn_tutor.app.worksheet.paper import Paper, usual_paper
from cnn_tutor.app.worksheet.worksheet import Draft, Worksheet
from cnn_tutor.engine.arrays import Tensors
from cnn_tutor.engine.errors import Refusal
from cnn_tutor.engine.explanation import OUTPUT, Index
from cnn_tutor.engine.layer import Layer
from cnn_tutor.study import words
from cnn_tutor.study.exam import COUNT, EXAM
from cnn_tutor.study.exercise import Exercise
from cnn_tutor.study.exercises.board_code import exercise_over, shareable
from cnn_tutor.study.exercises.code import SEEDS
from cnn_tutor.study.practice.mastery.skills import skills
from cnn_tutor.study.practice.worksheet import BOARD, EXERCISE_LIMIT, MIX, PAPERS
from cnn_tutor.widgets.controls.boxes import CalmWheel, ChoiceBox
from cnn_tutor.widgets.controls.layouts import column, fitting, fixed, named, row
from cnn_tutor.widgets.controls.wrapped_label import WrappedLabel

_USUAL = 10
_FORM_WIDTH = 380
_SIZE = (920, 620)


class OpenBoard(NamedTuple):
    """The layer on a board with its numbers, and the cells of a port that are selected there."""

    layer: Layer
    tensors: Tensors
    port: str
    cells: Sequence[Index]

    @property
    def means_cells(self) -> bool:
        """Whether it looks as if the cells were selected to be blank: some cell always is."""
        return len(self.cells) > 1 or (self.port == OUTPUT and len(self.cells) == 1)


class WorksheetDialog(QDialog):
    """What is to be practised, how many exercises, on which paper, and the pages of it.

    They are made anew, one exercise at a time, after each change; they are written when they are
    all there. With a ``board`` that is what is asked about at first, and its code can be copied.
    """

    def __init__(
        self,
        window: QWidget,
        preferences: Preferences | None = None,
        board: OpenBoard | None = None,
    ) -> None:
        super().__init__(window)
        self.setObjectName("worksheet_dialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Worksheet"))
        self._window, self._preferences, self._board = window, preferences, board
        self._skill = named(ChoiceBox(), "worksheet_skill")
        self._blank = named(ChoiceBox(), "worksheet_blank")
        self._count = named(QSpinBox(), "worksheet_count")
        self._seed = named(QSpinBox(), "worksheet_seed")
        for box in (self._count, self._seed):
            CalmWheel(box)
        self._another = named(QPushButton(self.tr("New numbers")), "worksheet_new_numbers")
        self._language = named(ChoiceBox(), "worksheet_language")
        self._paper = named(ChoiceBox(), "worksheet_paper")
        self._pages = named(PageView(), "worksheet_pages")
        self._about = named(WrappedLabel(), "worksheet_about")
        self._said = named(WrappedLabel(), "worksheet_said")
        self._bar = named(QProgressBar(), "worksheet_progress")
        buttons = QDialogButtonBox.StandardButton
        self._buttons = named(QDialogButtonBox(buttons.Save | buttons.Cancel), "worksheet_buttons")
        self._fill()
        self._build()
        self._draft: Draft | None = None
        self._making, self._since = QTimer(self), QElapsedTimer()
        self._making.timeout.connect(self._make)
        self._skill.activated.connect(self._on_skill_chosen)
        self._another.clicked.connect(self._draw)
        self._copy.clicked.connect(self._copy_code)
        for chosen in (self._skill, self._blank, self._language, self._paper):
            chosen.currentIndexChanged.connect(self._begin)
        for number in (self._count, self._seed):
            number.valueChanged.connect(self._begin)
        self._buttons.accepted.connect(self._choose_file)
        self._buttons.rejected.connect(self.reject)
        self._begin()

    @property
    def sheet(self) -> Worksheet:
        """The worksheet as it is chosen now.

        Raises:
            Refusal: if the board has no such exercise.
        """
        board, skill = self._exercise.board if self._of_board else "", self._skill.currentData()
        language, paper = self._language.currentData(), self._paper.currentData()
        if board:
            return Worksheet(skill, 1, 0, language, paper, board)
        return Worksheet(skill, self._count.value(), self._seed.value(), language, paper)

    @property
    def _of_board(self) -> bool:
        return bool(self._skill.currentData() == BOARD)

    @property
    def _exercise(self) -> Exercise:
        """The exercise over the board; raises Refusal if there is none."""
        assert self._board is not None
        cells = self._board.cells if self._blank.currentData() else ()
        port = self._board.port if self._blank.currentData() else OUTPUT
        return exercise_over(self._board.layer, self._board.tensors, port, cells)

    # --- building --------------------------------------------------------------------------------

    def _fill(self) -> None:
        if self._board is not None:
            self._skill.addItem(self.tr("The board that is open"), BOARD)
            self._blank.addItem(self.tr("The whole output"), False)
            if self._board.cells:
                name = words.port(self._board.layer.kind, self._board.port)
                text = self.tr("The selected cells: {port}, {count}")
                self._blank.addItem(text.format(port=name, count=len(self._board.cells)), True)
                self._blank.setCurrentIndex(int(self._board.means_cells))
        self._skill.addItem(self.tr("A mix of everything"), MIX)
        self._skill.addItem(self.tr("An exam"), EXAM)
        for key, skill in skills().items():
            self._skill.addItem(words.pick(skill.name), key)
        for key, name in language.NAMES.items():
            self._language.addItem(name, key)
        self._language.setCurrentIndex(self._language.findData(words.language()))
        names = {"a4": "A4", "letter": self.tr("Letter"), "b5": "B5", "a3": "A3"}
        for key in PAPERS:
            self._paper.addItem(f"{names[key]} ({Paper(key).sides})", key)
        wanted = self._preferences.paper if self._preferences else ""
        paper = wanted if wanted in PAPERS else usual_paper()
        self._paper.setCurrentIndex(PAPERS.index(paper))
        self._count.setRange(1, EXERCISE_LIMIT)
        self._count.setValue(_USUAL)
        self._seed.setRange(0, SEEDS - 1)
        self._draw()

    def _build(self) -> None:
        seed = QHBoxLayout()
        seed.addWidget(self._seed, 1)
        seed.addWidget(self._another)
        self._form = form = QFormLayout()
        form.addRow(self.tr("&Practise"), self._skill)
        form.addRow(self.tr("&Blank"), self._blank)
        form.addRow(self.tr("&Exercises"), self._count)
        numbers = QLabel(self.tr("&Numbers"))
        numbers.setBuddy(self._seed)
        form.addRow(numbers, seed)
        self._numbers = seed
        form.addRow(self.tr("&Language"), self._language)
        form.addRow(self.tr("Pape&r"), self._paper)
        self._seed.setAccessibleName(self.tr("Numbers"))
        self._save = self._buttons.button(QDialogButtonBox.StandardButton.Save)
        self._save.setText(self.tr("Save as PDF…"))
        roles = QDialogButtonBox.ButtonRole
        self._copy = self._buttons.addButton(self.tr("&Copy as code"), roles.ActionRole)
        self._copy.setObjectName("worksheet_copy")
        self._said.setTextFormat(Qt.TextFormat.PlainText)
        self._bar.setFormat(self.tr("Making up exercises…") + " %p %")
        for part in (self._bar, self._pages):  # which are named for how many they are, once made
            part.setAccessibleName(self.tr("Making up exercises…"))
        kept = self._bar.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self._bar.setSizePolicy(kept)
        left = fixed(QWidget(), _FORM_WIDTH)
        column(self._about, form, self._said, 1, self._bar, on=left, spacing=16)
        both = row(left, (self._pages, 1), spacing=20)
        column((both, 1), self._buttons, on=self, margins=(20, 20, 20, 16), spacing=16)
        self.resize(fitting(self, *_SIZE))

    # --- what it does ----------------------------------------------------------------------------

    def _draw(self) -> None:
        self._seed.setValue(random.randrange(SEEDS))

    def _on_skill_chosen(self) -> None:
        if self._skill.currentData() == EXAM:
            self._count.setValue(COUNT)

    def _explain(self) -> None:
        drawn = self.tr(
            "Exercises to print, from easy to hard, with their answers on pages of their own. "
            "The same numbers make the same worksheet again."
        )
        of_board = self.tr(
            "The board as an exercise, to print or to hand out as a code. Select cells on the "
            "board first, to have only these blank."
        )
        self._about.setText(of_board if self._of_board else drawn)

    def _begin(self) -> None:
        """Make the worksheet that is chosen now; the pages of the last one are seen meanwhile."""
        self._explain()
        self._form.setRowVisible(self._blank, self._of_board)
        for row_of in (self._count, self._numbers):
            self._form.setRowVisible(row_of, not self._of_board)
        self._copy.setVisible(self._of_board)
        self._copy.setEnabled(True)
        self._save.setEnabled(False)
        self._bar.hide()
        self._say("")
        try:
            self._draft = Draft(self.sheet)
        except Refusal as refusal:
            self._draft = None
            self._making.stop()
            self._copy.setEnabled(False)
            self._pages.clear()
            self._say(words.explain(refusal))
            return
        self._since.start()
        self._making.start()

    def _say(self, text: str) -> None:
        self._said.setText(text)
        self._said.setVisible(bool(text))

    def _copy_code(self) -> None:
        try:
            code = shareable(self._exercise)
        except Refusal as refusal:
            self._say(words.explain(refusal))
            return
        QGuiApplication.clipboard().setText(code)
        self._say(
            self.tr(
                "The code is on the clipboard. Whoever pastes it at Practice ▸ Exercise by code… "
                "gets this exercise."
            )
        )

    def _make(self) -> None:
        assert self._draft is not None
        share = self._draft.go_on()
        self._bar.setValue(int(share * self._bar.maximum()))
        self._bar.setVisible(share < 1 and self._since.elapsed() >= PATIENCE_MS)
        if self._draft.pages is not None:
            self._making.stop()
            self._save.setEnabled(True)
            self._pages.show_draft(self._draft)
            count = len(self._draft.pages)
            self._pages.setAccessibleName(self.tr("Preview, pages: {count}").format(count=count))

    def _choose_file(self) -> None:
        title, draft = self.windowTitle(), self._draft
        assert draft is not None
        kinds = self.tr("PDF files ({pattern})").format(pattern="*.pdf")
        number = "" if draft.sheet.board else f"-{draft.sheet.seed}"
        name = self.tr("worksheet") + f"{number}.pdf"

        def write(path: str) -> None:
            export(path, draft.pdf())
            if self._preferences:
                self._preferences.paper = draft.sheet.paper
            self.accept()

        ask_and_save(self._window, title, kinds, name, write)
