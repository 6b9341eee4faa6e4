"""What every test needs: no screen, no settings of the user's, nothing left behind."""

from __future__ import annotations

import os
from collections.abc import Iterator

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QStandardPaths
from PySide6.QtWidgets import QApplication

from cnn_tutor.app import appearance, language


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    return ["cnn-tutor-tests"]


@pytest.fixture(autouse=True)
def _clean_state(request: pytest.FixtureRequest) -> Iterator[None]:
    """Start each test of a window in English and light; fail it if it leaves a window behind."""
    if "qapp" not in request.fixturenames and "qtbot" not in request.fixturenames:
        yield
        return
    app = request.getfixturevalue("qapp")
    QStandardPaths.setTestModeEnabled(True)
    language.apply("en")
    appearance.apply("light")
    before = set(app.topLevelWidgets())
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    app.processEvents()
    left = [w for w in QApplication.topLevelWidgets() if w not in before]
    assert not left, f"top-level widgets left behind: {left}"
