"""The dialog in which a worksheet is chosen and saved as a PDF file."""

from __future__ import annotations

import random

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from cnn_tutor.app.files.saving import ask_and_save
from cnn_tutor.app.progress_bar import progress_bar
from cnn_tutor.app.style import language
from cnn_tutor.app.worksheet.worksheet import Worksheet, write_worksheet
from cnn_tutor.study import words
from cnn_tutor.study.exam import COUNT, EXAM
from cnn_tutor.study.exercises.code import SEEDS
from cnn_tutor.study.practice.mastery.skills import skills
from cnn_tutor.study.practice.worksheet import EXERCISE_LIMIT, MIX
from cnn_tutor.widgets.controls.boxes import CalmWheel, ChoiceBox
from cnn_tutor.widgets.controls.wrapped_label import WrappedLabel

_USUAL = 10


class WorksheetDialog(QDialog):
    """What is to be practised, how many exercises, which numbers and in which language."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("worksheet_dialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Worksheet"))
        self._window = window
        self._skill, self._language = ChoiceBox(), ChoiceBox()
        self._count, self._seed = QSpinBox(), QSpinBox()
        for box in (self._count, self._seed):
            CalmWheel(box)
        self._another = QPushButton(self.tr("New numbers"))
        buttons = QDialogButtonBox.StandardButton
        self._buttons = QDialogButtonBox(buttons.Save | buttons.Cancel)
        for widget, name in (
            (self._skill, "worksheet_skill"),
            (self._count, "worksheet_count"),
            (self._seed, "worksheet_seed"),
            (self._another, "worksheet_new_numbers"),
            (self._language, "worksheet_language"),
            (self._buttons, "worksheet_buttons"),
        ):
            widget.setObjectName(name)
        self._fill()
        self._build()
        self._skill.activated.connect(self._on_skill_chosen)
        self._another.clicked.connect(self._draw)
        self._buttons.accepted.connect(self._choose_file)
        self._buttons.rejected.connect(self.reject)

    @property
    def sheet(self) -> Worksheet:
        """The worksheet as it is chosen now."""
        return Worksheet(
            self._skill.currentData(),
            self._count.value(),
            self._seed.value(),
            self._language.currentData(),
        )

    # --- building --------------------------------------------------------------------------------

    def _fill(self) -> None:
        self._skill.addItem(self.tr("A mix of everything"), MIX)
        self._skill.addItem(self.tr("An exam"), EXAM)
        for key, skill in skills().items():
            self._skill.addItem(words.pick(skill.name), key)
        for key, name in language.NAMES.items():
            self._language.addItem(name, key)
        self._language.setCurrentIndex(self._language.findData(words.language()))
        self._count.setRange(1, EXERCISE_LIMIT)
        self._count.setValue(_USUAL)
        self._seed.setRange(0, SEEDS - 1)
        self._draw()

    def _build(self) -> None:
        about = WrappedLabel()
        about.setObjectName("worksheet_about")
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
        self._seed.setAccessibleName(self.tr("Numbers"))
        save = self._buttons.button(QDialogButtonBox.StandardButton.Save)
        save.setText(self.tr("Save as PDF…"))
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(16)
        column.addWidget(about)
        column.addLayout(form)
        column.addWidget(self._buttons)
        self.setMinimumWidth(440)

    # --- what it does ----------------------------------------------------------------------------

    def _draw(self) -> None:
        self._seed.setValue(random.randrange(SEEDS))

    def _on_skill_chosen(self) -> None:
        if self._skill.currentData() == EXAM:
            self._count.setValue(COUNT)

    def _choose_file(self) -> None:
        title, sheet = self.windowTitle(), self.sheet
        kinds = self.tr("PDF files ({pattern})").format(pattern="*.pdf")
        name = self.tr("worksheet") + f"-{sheet.seed}.pdf"

        def write(path: str) -> None:
            with progress_bar(self, title, self.tr("Making up exercises…")) as progress:
                write_worksheet(path, sheet, progress)
            self.accept()

        ask_and_save(self._window, title, kinds, name, write)
