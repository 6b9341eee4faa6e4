"""What Qt calls is guarded, in all classes, and put back."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QAbstractListModel, QObject, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from cnn_tutor.app.errors.guarded_overrides import GuardedOverrides
from cnn_tutor.widgets.overlays.connectors import Connectors


@pytest.fixture
def told(monkeypatch) -> list[BaseException]:
    errors: list[BaseException] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, error, trace: errors.append(error))
    return errors


@pytest.fixture
def guards() -> Iterator[GuardedOverrides]:
    guards = GuardedOverrides()
    guards.install()
    yield guards
    guards.remove()


def failing() -> type[QLabel]:
    class Failing(QLabel):
        __module__ = "cnn_tutor.widgets.failing"

        def paintEvent(self, event: QPaintEvent) -> None:
            painter = QPainter(self)
            painter.drawPoint(1, 1)
            raise ValueError("while painting")

        def sizeHint(self) -> QSize:
            raise ValueError("no size")

        def own(self) -> None:
            raise ValueError("our own")

    return Failing


def test_a_painter_is_ended_when_painting_fails(qtbot, told, guards) -> None:
    widget = failing()()
    qtbot.addWidget(widget)
    told.clear()
    for _ in range(20):
        assert not widget.grab().isNull()  # a warning of Qt's would fail the test
    assert "while painting" in {str(error) for error in told}


def test_qt_gets_what_its_own_method_would_have_given(qtbot, told, guards) -> None:
    widget = failing()()
    qtbot.addWidget(widget)
    widget.setText("some text")
    assert widget.sizeHint() == QLabel.sizeHint(widget)


def test_what_is_not_of_qt_fails_as_ever(qtbot, guards) -> None:
    widget = failing()()
    qtbot.addWidget(widget)
    with pytest.raises(ValueError, match="our own"):
        widget.own()


def test_what_a_model_says_is_given_in_its_type(told, guards) -> None:
    class Failing(QAbstractListModel):
        __module__ = "cnn_tutor.widgets.failing"

        def rowCount(self, parent: object = None) -> int:
            raise ValueError("no rows")

    assert Failing().rowCount() == 0
    assert len(told) == 1


def test_every_class_is_put_back(qapp) -> None:
    before = vars(Connectors)["paintEvent"]
    guards = GuardedOverrides()
    guards.install()
    assert vars(Connectors)["paintEvent"] is not before
    guards.remove()
    assert vars(Connectors)["paintEvent"] is before
    assert "__init_subclass__" not in vars(QObject)


def test_classes_of_others_are_left_alone(qapp, guards) -> None:
    class Other(QWidget):
        def sizeHint(self) -> QSize:
            return QSize(3, 3)

    assert not hasattr(vars(Other)["sizeHint"], "__wrapped__")
    assert QApplication.instance() is not None
