"""The hooks hear all that nobody caught, and are put back."""

from __future__ import annotations

import gc
import sys
import threading
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import qWarning

from cnn_tutor.app.errors.error_handler import ErrorHandler
from cnn_tutor.app.errors.log import Log

pytestmark = pytest.mark.qt_no_exception_capture


@pytest.fixture
def log(qtbot, tmp_path) -> Iterator[Log]:
    log = Log(str(tmp_path))
    yield log
    log.close()


@pytest.mark.qt_log_ignore("brush")
@pytest.mark.filterwarnings("ignore")
def test_messages_and_warnings_go_into_the_log(log) -> None:
    class Dying:
        def __del__(self) -> None:
            raise ValueError("while dying")

    with ErrorHandler(log):
        qWarning("no brush")
        warnings.showwarning("take care", UserWarning, "a.py", 3)
        Dying()
        gc.collect()
    log.close()
    text = Path(log.baseFilename).read_text("utf-8")
    assert "WARNING app.errors.hooks: Qt: no brush" in text
    assert "WARNING app.errors.hooks: UserWarning: take care (a.py:3)" in text
    assert "ValueError('while dying')" in text


def test_everything_is_put_back_at_the_end(log) -> None:
    def hooks() -> tuple[object, ...]:
        return sys.excepthook, threading.excepthook, sys.unraisablehook, warnings.showwarning

    before = hooks()
    with ErrorHandler(log):
        assert not set(before) & set(hooks())
    assert hooks() == before
    assert not Path(log.baseFilename).exists(), "nothing happened"


def test_who_stops_the_program_is_not_in_the_way(log, capsys) -> None:
    with ErrorHandler(log) as listening:
        sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert not listening.faults.list
    assert "KeyboardInterrupt" in capsys.readouterr().err
