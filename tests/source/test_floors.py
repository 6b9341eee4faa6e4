"""What the import contract in pyproject.toml can't say: it knows no parts of other packages."""

from __future__ import annotations

import ast
from pathlib import Path

import cnn_tutor

PACKAGE = Path(cnn_tutor.__file__).parent


def imported(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {str(node.module), *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def test_the_document_has_no_widgets() -> None:
    files = list((PACKAGE / "document").glob("*.py"))
    assert len(files) > 3
    for path in files:
        assert "PySide6.QtWidgets" not in imported(path), path


def test_no_kind_of_layer_is_named_outside_the_engine() -> None:
    from cnn_tutor.engine.registry import layer_kinds

    names = {word for kind, layer in layer_kinds().items() for word in (kind, layer.__name__)}
    for path in PACKAGE.rglob("*.py"):
        if path.is_relative_to(PACKAGE / "engine"):
            continue
        used = {
            n.id for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.Name)
        }
        strings = {
            n.value
            for n in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(n, ast.Constant) and isinstance(n.value, str)
        }
        assert not names & (used | strings), path
