"""The language that is on is that of the program's words, of Qt's and of times."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from cnn_tutor.app.style import language
from cnn_tutor.study import words


@pytest.mark.parametrize(
    ("code", "chrome", "of_qt"),
    [("ja", "ファイル(&F)", "キャンセル"), ("en", "&File", "Cancel")],
)
def test_words_chrome_and_qt_speak_it(qapp, code: str, chrome: str, of_qt: str) -> None:
    language.apply("ja")
    language.apply(code)
    assert words.language() == code
    assert QCoreApplication.translate("menu", "&File") == chrome
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == of_qt
    assert QLocale().name().startswith(code)


@pytest.mark.parametrize(("locale", "code"), [("ja_JP", "ja"), ("en_GB", "en"), ("de_DE", "en")])
def test_the_systems_language_is_one_of_ours(monkeypatch, locale: str, code: str) -> None:
    monkeypatch.setattr(QLocale, "system", lambda: QLocale(locale))
    assert language.system_language() == code


def test_a_time_comes_with_the_day_unless_it_is_of_today(qapp) -> None:
    language.apply("en")
    now = QDateTime.currentDateTime()
    assert len(language.time_text(now)) < len(language.time_text(now.addDays(-1)))
