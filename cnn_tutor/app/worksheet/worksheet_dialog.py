"""The dialog in which a worksheet is chosen, looked at and saved as a PDF file."""

from __future__ import annotations

import random

from PySide6.QtCore import QElapsedTimer, Qt, QTimer
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
from cnn_tutor.study import words
from cnn_tutor.study.exercises.code import SEEDS
from cnn_tutor.study.practice.mastery.skills import skills
from cnn_tutor.study.practice.worksheet import EXERCISE_LIMIT, MIX, PAPERS
from cnn_tutor.widgets.controls.boxes import CalmWheel, ChoiceBox
from cnn_tutor.widgets.controls.layouts import column, named, row
from cnn_tutor.widgets.controls.wrapped_label import WrappedLabel

_USUAL = 10
_FORM_WIDTH = 380
_SIZE = (920, 620)


class WorksheetDialog(QDialog):
    """What is to be practised, how many exercises, on which paper, and the pages of it.

    They are made anew, one exercise at a time, after each change; they are written when they are
    all there.
    """

    def __init__(self, window: QWidget, preferences: Preferences | None = None) -> None:
        super().__init__(window)
        self.setObjectName("worksheet_dialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Worksheet"))
        self._window, self._preferences = window, preferences
        self._skill = named(ChoiceBox(), "worksheet_skill")
        self._count = named(QSpinBox(), "worksheet_count")
        self._seed = named(QSpinBox(), "worksheet_seed")
        for box in (self._count, self._seed):
            CalmWheel(box)
        self._another = named(QPushButton(self.tr("New numbers")), "worksheet_new_numbers")
        self._language = named(ChoiceBox(), "worksheet_language")
        self._paper = named(ChoiceBox(), "worksheet_paper")
        self._pages = named(PageView(), "worksheet_pages")
        self._bar = named(QProgressBar(), "worksheet_progress")
        buttons = QDialogButtonBox.StandardButton
        self._buttons = named(QDialogButtonBox(buttons.Save | buttons.Cancel), "worksheet_buttons")
        self._fill()
        self._build()
        self._draft = Draft(self.sheet)
        self._making, self._since = QTimer(self), QElapsedTimer()
        self._making.timeout.connect(self._make)
        self._another.clicked.connect(self._draw)
        for chosen in (self._skill, self._language, self._paper):
            chosen.currentIndexChanged.connect(self._begin)
        for number in (self._count, self._seed):
            number.valueChanged.connect(self._begin)
        self._buttons.accepted.connect(self._choose_file)
        self._buttons.rejected.connect(self.reject)
        self._begin()

    @property
    def sheet(self) -> Worksheet:
        """The worksheet as it is chosen now."""
        return Worksheet(
            self._skill.currentData(),
            self._count.value(),
            self._seed.value(),
            self._language.currentData(),
            self._paper.currentData(),
        )

    # --- building --------------------------------------------------------------------------------

    def _fill(self) -> None:
        self._skill.addItem(self.tr("A mix of everything"), MIX)
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
        about = named(WrappedLabel(), "worksheet_about")
        about.setText(
            self.tr(
                "Exercises to print, from easy to hard, with their answers on pages of their own. "
                "The same numbers make the same worksheet again."
            )
        )
        seed = QHBoxLayout()
        seed.addWidget(self._seed, 1)
        seed.addWidget(self._another)
        form = QFormLayout()
        form.addRow(self.tr("&Practise"), self._skill)
        form.addRow(self.tr("&Exercises"), self._count)
        numbers = QLabel(self.tr("&Numbers"))
        numbers.setBuddy(self._seed)
        form.addRow(numbers, seed)
        form.addRow(self.tr("&Language"), self._language)
        form.addRow(self.tr("Pape&r"), self._paper)
        self._seed.setAccessibleName(self.tr("Numbers"))
        self._save = self._buttons.button(QDialogButtonBox.StandardButton.Save)
        self._save.setText(self.tr("Save as PDF…"))
        self._bar.setFormat(self.tr("Making up exercises…") + " %p %")
        self._bar.setAccessibleName(self.tr("Making up exercises…"))
        kept = self._bar.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self._bar.setSizePolicy(kept)
        left = QWidget()
        left.setFixedWidth(_FORM_WIDTH)
        column(about, form, 1, self._bar, on=left, spacing=16)
        both = row(left, (self._pages, 1), spacing=20)
        column((both, 1), self._buttons, on=self, margins=(20, 20, 20, 16), spacing=16)
        self.resize(*_SIZE)

    # --- what it does ----------------------------------------------------------------------------

    def _draw(self) -> None:
        self._seed.setValue(random.randrange(SEEDS))

    def _begin(self) -> None:
        """Make the worksheet that is chosen now; the pages of the last one are seen meanwhile."""
        self._draft = Draft(self.sheet)
        self._save.setEnabled(False)
        self._bar.hide()
        self._since.start()
        self._making.start()

    def _make(self) -> None:
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
        kinds = self.tr("PDF files ({pattern})").format(pattern="*.pdf")
        name = self.tr("worksheet") + f"-{draft.sheet.seed}.pdf"

        def write(path: str) -> None:
            export(path, draft.pdf())
            if self._preferences:
                self._preferences.paper = draft.sheet.paper
            self.accept()

        ask_and_save(self._window, title, kinds, name, write)
