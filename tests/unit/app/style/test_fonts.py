"""The program's font can write what the program says, wherever it comes from."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QFont, QFontDatabase, QRawFont
from PySide6.QtWidgets import QApplication

from cnn_tutor.app.style import fonts
from cnn_tutor.bundled import bundled

BUNDLED = "CNN Tutor Sans"
SAMPLE = (
    "畳み込みニューラルネットワーク：入力（５×５）とフィルターの積を足し、バイアスを加える。"
    "最大値プーリング、全結合層、活性化関数、ドロップアウト、ゼロパディング。「曖昧な語彙」々〜…①"
    "ABC xyz 0123456789 + − × ÷ · ∗ = ≤ ≥ ≠ ≈ Σ √ ∞ ⌊ ⌋ ⌈ ⌉ ′ σ μ"
    "→ ← ↑ ↓ ↔ – — ‘’“” ✓ ✗ ● ○ □ ▲ ▼ ▸ ⏎"
)


def written() -> set[str]:
    """Return every character of the shipped words, presets and translations."""
    files = [
        path
        for folder, ending in (
            ("words", "toml"),
            ("presets", "toml"),
            ("lessons", "toml"),
            ("i18n", "ts"),
        )
        for path in bundled(folder).glob(f"*.{ending}")
    ]
    return {letter for path in files for letter in path.read_text("utf-8") if letter.isprintable()}


@pytest.fixture
def app(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[QApplication]:
    before = qapp.font()
    fonts.bundled_family.cache_clear()
    monkeypatch.setattr(sys, "platform", "linux")
    yield qapp
    qapp.setFont(before)
    fonts.bundled_family.cache_clear()


def system_has(monkeypatch: pytest.MonkeyPatch, *families: str) -> None:
    monkeypatch.setattr(QFontDatabase, "families", lambda *_: list(families))


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("style", ["Regular", "Bold"])
def test_bundled_font_can_write_everything(style: str) -> None:
    font = QRawFont(str(bundled("fonts", f"NotoSansJP-{style}.otf")), 16)
    assert font.isValid()
    letters = written().union(SAMPLE)
    assert [letter for letter in sorted(letters) if not font.supportsCharacter(ord(letter))] == []


def test_bundled_font_is_used_where_the_system_has_none(
    app: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    system_has(monkeypatch)
    fonts.install_fonts(app)
    assert app.font().families()[0] == BUNDLED
    assert QFontDatabase.styles(BUNDLED) == ["Regular", "Bold"]
    assert app.font().pointSizeF() >= 10.5


@pytest.mark.parametrize(
    ("families", "first", "last"),
    [
        (("Droid Sans Fallback", "IPAexGothic", "Noto Sans CJK JP"), "Noto Sans CJK JP", ""),
        (("Noto Serif CJK JP", "Odd Gothic"), "", "Odd Gothic"),
        (("Odd Mincho",), "", "Odd Mincho"),
    ],
)
def test_font_of_the_system_goes_first(
    app: QApplication,
    monkeypatch: pytest.MonkeyPatch,
    families: tuple[str, ...],
    first: str,
    last: str,
) -> None:
    system = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()
    system_has(monkeypatch, *families)
    for _ in range(2):
        fonts.install_fonts(app)
        assert app.font().families() == [name or system for name in (first, last)]


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_other_systems_keep_their_font(
    app: QApplication, monkeypatch: pytest.MonkeyPatch, platform: str
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    before = QFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont))
    app.setFont(before)
    system_has(monkeypatch, "Yu Gothic UI")
    fonts.install_fonts(app)
    assert app.font() == before
    system_has(monkeypatch)
    fonts.install_fonts(app)
    assert app.font().families()[1:] == [BUNDLED]


@pytest.mark.parametrize("content", [None, b"no font"])
def test_font_that_cannot_be_read_is_no_error(
    app: QApplication, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: bytes | None
) -> None:
    if content is not None:
        (tmp_path / "fonts").mkdir()
        for style in ("Regular", "Bold"):
            (tmp_path / "fonts" / f"NotoSansJP-{style}.otf").write_bytes(content)
    monkeypatch.setattr(fonts, "bundled", tmp_path.joinpath)
    system_has(monkeypatch)
    fonts.install_fonts(app)
    assert BUNDLED not in app.font().families()
