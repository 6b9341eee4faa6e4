"""Paper has its own font, and its colours are those of the light theme."""

from __future__ import annotations

from cnn_tutor.app.worksheet import ink


def test_paper_has_its_own_font_whatever_is_on_the_screen(qapp) -> None:
    before, font = ink.width("123", 10), qapp.font()
    other = qapp.font()
    other.setFamilies(["DejaVu Sans Mono"])
    try:
        qapp.setFont(other)
        ink.font.cache_clear()
        ink.width.cache_clear()
        assert ink.width("123", 10) == before
        assert ink.width("123", 20) > before
    finally:
        qapp.setFont(font)
        ink.font.cache_clear()
        ink.width.cache_clear()
