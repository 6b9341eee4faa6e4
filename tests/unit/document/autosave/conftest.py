"""A work folder, and a run of the program that keeps its work there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from tests.unit.document.autosave.runs import Run


@pytest.fixture
def folder(tmp_path: Path, qapp: QGuiApplication) -> Path:
    return tmp_path / "work"


@pytest.fixture
def run(folder: Path) -> Iterator[Run]:
    run = Run(folder)
    yield run
    run.end()
