"""What every test needs: no screen, no settings of the user's, no hurry, nothing left behind."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from functools import partial

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from hypothesis import HealthCheck, settings
from PySide6.QtCore import QCoreApplication, QEvent, QStandardPaths
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from cnn_tutor.app.style import appearance, fonts, language, letters
from tests.helpers.hanging import HANGS

# What is drawn at random is the same in each run, so that a run which is red was red before;
# the long runs look further.
settings.register_profile(
    "tests",
    deadline=None,
    derandomize="CNN_TUTOR_LONG" not in os.environ,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("tests")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what takes long, unless it is asked for."""
    if "CNN_TUTOR_LONG" in os.environ or "long" in config.option.markexpr:
        return
    for item in items:
        if item.get_closest_marker("long"):
            item.add_marker(pytest.mark.skip(reason="CNN_TUTOR_LONG=1 takes its time"))


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    return ["cnn-tutor-tests"]


@pytest.fixture(scope="session")
def qapp(qapp: QApplication) -> QApplication:
    """The one of pytest-qt, with the program's font: what finds room must not hang on the order."""
    fonts.install_fonts(qapp)
    return qapp


@pytest.fixture(scope="session", autouse=True)
def _home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Have a home of its own for each run: what is kept there would meet that of another one.

    There is nothing to set for it on Windows, where Qt asks the system.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(tmp_path_factory.mktemp("home")))
        yield


@pytest.fixture
def qtbot(qtbot: QtBot) -> QtBot:
    """The one of pytest-qt, which waits for what is to come until it hangs, not for 5 seconds."""
    for name in ("waitUntil", "waitSignal", "waitSignals", "waitActive", "waitExposed"):
        setattr(qtbot, name, partial(getattr(qtbot, name), timeout=HANGS * 1000))
    return qtbot


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
    letters.apply(100)
    before = set(app.topLevelWidgets())
    yield
    language.apply("en")  # for the tests without a window, which come in any order
    if _left(before):
        gc.collect()  # what only waits for Python's collector is not left behind
    left = [(w, w.objectName(), w.parent()) for w in _left(before)]
    assert not left, f"top-level widgets left behind: {left}"


def _left(before: set[QWidget]) -> list[QWidget]:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()
    return [widget for widget in QApplication.topLevelWidgets() if widget not in before]
