"""Looks over an installation or a file, and says in one line what is wrong and where."""

from __future__ import annotations

from pathlib import Path

from cnn_tutor.bundled import bundled
from cnn_tutor.engine.errors import Refusal
from cnn_tutor.project import limits
from cnn_tutor.project.file import FileError, decode
from cnn_tutor.project.plain_text import harmless
from cnn_tutor.study import words
from cnn_tutor.study.boards.presets import presets
from cnn_tutor.study.lessons.language.fault import LessonError
from cnn_tutor.study.lessons.library import Library
from cnn_tutor.study.lessons.reader import read
from cnn_tutor.study.loading import load

_NEEDED = (
    "icons/app.svg",
    "style/window.qss",
    "fonts/NotoSansJP-Regular.otf",
    "i18n/cnn_tutor_ja.qm",
)


def check_file(path: str) -> str | None:
    """Return what is wrong with a project or a lesson, or None if it opens."""
    try:
        if path.lower().endswith(".toml"):
            read(Path(path), "")
        else:
            decode(load(path, limits.MAX_FILE_BYTES))
    except (FileError, LessonError) as error:
        return f"{harmless(path, limits.MAX_ARGUMENT)}: {words.explain(error)}"
    return None


def check_installation() -> str | None:
    """Return what is wrong with the installation, or None: every part is there and opens."""
    for name in _NEEDED:
        if not bundled(*name.split("/")).is_file():
            return f"{bundled(*name.split('/'))}: missing"
    for key, preset in presets().items():
        try:
            preset.project()
        except (Refusal, KeyError, ValueError) as error:
            return f"resources/presets: {key}: {error}"
    for entry in Library().values():
        try:
            _ = entry.lesson
        except LessonError as error:
            return f"{entry.path}: {words.explain(error)}"
    from PySide6.QtWidgets import QApplication

    from cnn_tutor.app.main_window import MainWindow

    app = QApplication.instance() or QApplication(["cnn-tutor"])
    window = MainWindow()
    window.close()
    del window
    app.processEvents()
    return None
