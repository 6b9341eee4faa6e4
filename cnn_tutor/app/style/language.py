"""Japanese or English, for everything that is said or written, without a restart."""

from __future__ import annotations

from PySide6.QtCore import (
    QT_TRANSLATE_NOOP,
    QCoreApplication,
    QDate,
    QDateTime,
    QLibraryInfo,
    QLocale,
    QTranslator,
)

from cnn_tutor.bundled import bundled
from cnn_tutor.study import words

NAMES = {"ja": "日本語", "en": "English"}
"""Each language by the name it gives itself, so that nobody has to read the other one."""

_UNTRANSLATED_BY_QT = (
    QT_TRANSLATE_NOOP("QFileDialog", "&Look in:"),
    QT_TRANSLATE_NOOP("QFileDialog", "Look in:"),
    QT_TRANSLATE_NOOP("QFileDialog", "Files of &type:"),
    QT_TRANSLATE_NOOP("QFileDialog", "Files of type:"),
    QT_TRANSLATE_NOOP("QFileDialog", "Choose"),
    QT_TRANSLATE_NOOP("QFileDialog", "Show "),
)
"""Texts of Qt's own dialogs that its translations lack, in one version or another."""

_installed: list[QTranslator] = []


def system_language() -> str:
    """Return the language of the system, English where it is neither of ours."""
    return "ja" if QLocale.system().language() == QLocale.Language.Japanese else "en"


def apply(language: str) -> None:
    """Say everything in ``"ja"`` or ``"en"`` from now on; open windows follow at once."""
    words.speak(language)
    QLocale.setDefault(QLocale(language))
    for translator in _installed:
        QCoreApplication.removeTranslator(translator)
    _installed.clear()
    if language == "en":
        return  # the program's own texts are English
    shipped = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    for folder, name in ((shipped, "qtbase"), (str(bundled("i18n")), "cnn_tutor")):
        translator = QTranslator()
        if translator.load(f"{name}_{language}", folder):
            _installed.append(translator)
            QCoreApplication.installTranslator(translator)


def time_text(when: QDateTime) -> str:
    """Return a time as it is said, with the day if that is not today."""
    local, locale = when.toLocalTime(), QLocale(words.language())
    today = local.date() == QDate.currentDate()
    return locale.toString(local.time() if today else local, QLocale.FormatType.ShortFormat)
