"""How a moment in the past is said."""

from __future__ import annotations

from PySide6.QtCore import QDate, QDateTime, QLocale

from cnn_tutor.study import words


def moment(when: QDateTime) -> str:
    """Return the time of a moment, with the day if that is not today."""
    local, locale = when.toLocalTime(), QLocale(words.language())
    today = local.date() == QDate.currentDate()
    return locale.toString(local.time() if today else local, QLocale.FormatType.ShortFormat)
