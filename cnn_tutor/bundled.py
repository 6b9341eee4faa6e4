"""Where the lessons, words, icons and fonts that ship with the program are."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def bundled(*parts: str) -> Path:
    """Return the path of a shipped file or folder, as in ``bundled("words", "errors.toml")``.

    An installed wheel carries ``resources`` inside the package; a checkout has it beside it.
    """
    inside = _PACKAGE / "resources"
    base = inside if inside.is_dir() else _PACKAGE.parent / "resources"
    return base.joinpath(*parts)
