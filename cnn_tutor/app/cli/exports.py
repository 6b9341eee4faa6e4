"""What the command line writes without showing a window: worksheets and the gradebook."""

from __future__ import annotations

import random
import sys

from PySide6.QtGui import QGuiApplication

from cnn_tutor.app.files.exporting import check_place, export
from cnn_tutor.app.settings.preferences import Preferences
from cnn_tutor.app.style import language
from cnn_tutor.app.style.fonts import install_fonts
from cnn_tutor.app.worksheet.paper import usual_paper
from cnn_tutor.app.worksheet.worksheet import Worksheet, write_worksheet
from cnn_tutor.document.own_files import set_program_name
from cnn_tutor.engine.errors import Refusal
from cnn_tutor.study import words
from cnn_tutor.study.exercises.code import SEEDS
from cnn_tutor.study.practice.gradebook import gradebook
from cnn_tutor.study.practice.record.store import Store


def export_worksheet(
    path: str, skill: str, count: int, seed: int | None, paper: str | None
) -> str | None:
    """Print exercises into a PDF file; return what went wrong, or None."""
    app = _started()
    install_fonts(app)
    seed = random.randrange(SEEDS) if seed is None else seed
    try:
        paper = paper or usual_paper()
        write_worksheet(path, Worksheet(skill, count, seed, words.language(), paper))
    except Refusal as refusal:
        return f"{path}: {words.explain(refusal)}"
    return None


def export_gradebook(path: str) -> str | None:
    """Write everybody's results into a CSV file; return what went wrong, or None."""
    _started()
    try:
        check_place(path)
    except Refusal as refusal:
        return f"{path}: {words.explain(refusal)}"
    preferences = Preferences()
    database = preferences.practice_path
    try:
        store = Store.open(database)
    except Refusal as refusal:
        return f"{database}: {words.explain(refusal)}"
    try:
        export(path, gradebook(store))
    except Refusal as refusal:
        return f"{path}: {words.explain(refusal)}"
    finally:
        for notice in (*preferences.notices, *store.notices):
            print(f"cnn-tutor: {words.explain(notice)}", file=sys.stderr)
        store.close()
    return None


def _started() -> QGuiApplication:
    """Let Qt know the program's name, by which its folders go."""
    app = QGuiApplication.instance() or QGuiApplication(sys.argv[:1])
    assert isinstance(app, QGuiApplication)
    set_program_name()
    language.apply(words.language())
    return app
