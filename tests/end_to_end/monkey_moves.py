"""Every kind of event that a person can cause in the window, drawn at random.

Keys, the mouse and the wheel go through the platform's door, as real ones do: popups, modal
dialogs, shortcuts and focus are Qt's to sort out.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

from PySide6.QtCore import QAbstractListModel, QMimeData, QModelIndex, QPoint, QRect, Qt, QUrl
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QWindow,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QDialog, QMainWindow, QMenu, QWidget
from shiboken6 import isValid

from tests.end_to_end.monkey_keys import MODIFIERS, Keys, Move

_Button, _NONE = Qt.MouseButton, Qt.KeyboardModifier.NoModifier
_BUTTONS = [_Button.LeftButton] * 6 + [_Button.RightButton, _Button.MiddleButton]


class Mouse:
    """Draws what is done with the mouse; ``dropped`` are files to let fall."""

    def __init__(self, rng: Random, dropped: Sequence[Path]) -> None:
        self._rng, self._dropped = rng, dropped

    def _place(self, on: QWidget) -> tuple[str, QPoint]:
        """Draw a place: in any of the widgets that are in sight, or anywhere in the window."""
        at = QPoint(self._rng.randrange(on.width() or 1), self._rng.randrange(on.height() or 1))
        widgets = [w for w in on.findChildren(QWidget) if w.isVisible() and w.window() is on]
        for _ in range(3):
            if not widgets or self._rng.random() < 0.3:
                break
            widget = self._rng.choice(widgets)
            seen = widget.visibleRegion().boundingRect()
            if not seen.isEmpty():
                at = widget.mapTo(on, self._inside(seen))
                break
        return f"{name(on.childAt(at) or on)} ({at.x()}, {at.y()})", at

    def _inside(self, rect: QRect) -> QPoint:
        return QPoint(
            rect.left() + self._rng.randrange(rect.width()),
            rect.top() + self._rng.randrange(rect.height()),
        )

    def click(self, on: QWidget) -> Move:
        what, at = self._place(on)
        act = self._rng.choice((QTest.mouseClick, QTest.mouseClick, QTest.mouseDClick))
        button, held = self._rng.choice(_BUTTONS), self._held()
        name = f"{act.__name__} {button.name} {held.name} {what}"
        return name, lambda: _mouse(act, on, at, button, held)

    def touch(self, on: QWidget) -> Move:
        """Point at something, or press or let go there and no more."""
        what, at = self._place(on)
        if self._rng.random() < 0.8:
            return f"point at {what}", lambda: _mouse(QTest.mouseMove, on, at)
        act = self._rng.choice((QTest.mousePress, QTest.mouseRelease))
        return f"{act.__name__} {what}", lambda: _mouse(act, on, at, _Button.LeftButton, _NONE)

    def drag(self, on: QWidget) -> Move:
        (what, at), held = self._place(on), self._held()
        far = self._rng.choice((5, 60, 400))
        inside = QRect(QPoint(), on.size())
        ways = [QPoint(self._rng.randint(-far, far), self._rng.randint(-far, far)) for _ in "1234"]
        stops = [at + way for way in ways if inside.contains(at + way)]
        button, brush = self._rng.choice(_BUTTONS), self._rng.random() < 0.2

        def drag() -> None:
            if brush and on.isVisible():
                QTest.keyClick(on.windowHandle(), Qt.Key.Key_B)
            _mouse(QTest.mousePress, on, at, button, held)
            for stop in stops:
                _mouse(QTest.mouseMove, on, stop)
            _mouse(QTest.mouseRelease, on, stops[-1] if stops else at, button, held)

        how = f"{'brush and ' * brush}drag {button.name}"
        return f"{how} {what} over {[stop.toTuple() for stop in stops]}", drag

    def wheel(self, on: QWidget) -> Move:
        """Turn the wheel somewhere, or with Alt where the keyboard is."""
        (what, at), held = self._place(on), self._held()
        by = QPoint(self._rng.choice((0, 0, 120, -120)), self._rng.choice((120, -120, 30, -960)))
        to = QApplication.focusWidget()
        if to is not None and to.window() is on and self._rng.random() < 0.25:
            seen = to.visibleRegion().boundingRect()
            if not seen.isEmpty():
                what, at = f"at the keyboard in {name(to)}", to.mapTo(on, self._inside(seen))
                by, held = QPoint(by.y(), 0), Qt.KeyboardModifier.AltModifier

        def turned(window: QWindow, at: QPoint) -> None:
            QTest.wheelEvent(window, at, by, QPoint(), held)

        return f"wheel {by.toTuple()} {held.name} {what}", lambda: _mouse(turned, on, at)

    def _held(self) -> Qt.KeyboardModifier:
        return _NONE if self._rng.random() < 0.8 else self._rng.choice(MODIFIERS)

    def item(self, on: QWidget) -> Move:
        """Click any line of a list or cell of a table, be it in sight or not."""
        views = [v for v in on.findChildren(QAbstractItemView) if v.isVisible() and v.model()]
        if not views or views[0].window() is not on:
            return self.click(on)
        view = self._rng.choice(views)
        model = view.model()
        rows = model.rowCount(QModelIndex())
        columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(QModelIndex())
        if not rows or not columns:
            return self.click(on)
        index = model.index(self._rng.randrange(rows), self._rng.randrange(columns))
        view.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)
        at = view.viewport().mapTo(on, view.visualRect(index).center())
        text = str(index.data())[:20]
        where = f"{index.row()}, {index.column()} {text!r}"
        return f"click item {name(view)} {where}", _clicking(on, at)

    def context_menu(self, on: QWidget) -> Move:
        what, at = self._place(on)
        to = on.childAt(at) or on
        place = to.mapFrom(on, at)
        event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, place, to.mapToGlobal(place))
        return f"menu key {what}", lambda: QApplication.sendEvent(to, event)

    def drop(self, on: QWidget) -> Move:
        """Drag files over the window, as from a file manager, and mostly let them fall."""
        (what, at), fall = self._place(on), self._rng.random() < 0.8
        to: QWidget | None = on.childAt(at) or on
        while to is not None and not to.acceptDrops():
            to = None if to is on else to.parentWidget()
        if to is None or isinstance(on, QMenu):
            return self.click(on)
        place = to.mapFrom(on, at)
        paths = self._rng.sample(self._dropped, self._rng.choice((1, 1, 1, 1, 2)))
        names = ", ".join(path.name for path in paths)
        text = f"drag {names} over {what}{' and drop' if fall else ''}"
        return text, lambda: _drop(to, place, paths, fall)


def _mouse(act: Callable[..., object], on: QWidget, at: QPoint, *rest: object) -> None:
    """Do something with the mouse at a place of a window, if that is still there."""
    if not isValid(on) or not on.isVisible():
        return
    window = on.windowHandle()
    if isValid(window) and QRect(QPoint(), window.size()).contains(at):
        act(window, *rest, at)


def _clicking(on: QWidget, at: QPoint) -> Callable[[], None]:
    return lambda: _mouse(QTest.mouseClick, on, at, _Button.LeftButton, _NONE)


def name(widget: QWidget) -> str:
    names = []
    at: QWidget | None = widget
    while at is not None and not (names and at.isWindow()):
        names += [at.objectName()] if at.objectName() else []
        at = at.parentWidget()
    return f"{type(widget).__name__} {'<'.join(names[:2])}"


def _drop(to: QWidget, at: QPoint, paths: Sequence[Path], fall: bool) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    ways = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
    rest = (ways, data, _Button.LeftButton, _NONE)
    enter = QDragEnterEvent(at, *rest)
    QApplication.sendEvent(to, enter)
    if enter.isAccepted():
        QApplication.sendEvent(to, QDragMoveEvent(at, *rest))
        drop = QDropEvent(at.toPointF(), *rest) if fall else QDragLeaveEvent()
        QApplication.sendEvent(to, drop)


_WAIT_LIMIT = 160
"""Milliseconds; now and then it is long enough for every timer to have run."""
_PATIENT = 1700


class Moves:
    """Draws one move after the other with ``rng``; ``dropped`` are files to let fall."""

    def __init__(self, rng: Random, dropped: Sequence[Path]) -> None:
        self._rng = rng
        self._keys, self._mouse = keys, mouse = Keys(rng), Mouse(rng, dropped)
        self._kinds: list[tuple[int, Callable[[QWidget], Move]]] = [
            *((16, keys.walk), (12, keys.type), (4, keys.number), (12, keys.shortcut)),
            *((4, keys.any_key), (2, keys.compose), (4, keys.paste)),
            *((30, mouse.click), (10, mouse.touch), (11, mouse.drag), (8, mouse.wheel)),
            *((8, mouse.item), (2, mouse.context_menu), (2, mouse.drop)),
            *((2, self._resize), (5, self._wait), (1, self._state)),
        ]

    def draw(self) -> Move:
        """Draw a move in the window that is on."""
        popup, modal = QApplication.activePopupWidget(), QApplication.activeModalWidget()
        if QGuiApplication.focusWindow() is None and (lost := modal or self._any_window()):
            return "the system activates a window", lost.activateWindow
        on = popup or modal or self._any_window()
        if on is None or on.windowHandle() is None:
            return self._wait(QWidget.find(0))
        if self._rng.random() < (0.2 if popup else 0.06 if modal else 0.0):
            return self.out()
        if popup and self._rng.random() < 0.5:
            return self._keys.walk(on)
        weights, kinds = zip(*self._kinds, strict=True)
        return self._rng.choices(kinds, weights)[0](on)

    def out(self) -> Move:
        """Leave what is on."""
        return self._keys.tap(Qt.Key.Key_Escape)

    def _any_window(self) -> QWidget | None:
        """The window that has the keyboard, mostly, or another one."""
        active = QApplication.activeWindow()
        if active is not None and self._rng.random() < 0.9:
            return active
        kinds = (QMainWindow, QDialog)
        found = [w for w in QApplication.topLevelWidgets() if isinstance(w, kinds)]
        found = sorted((w for w in found if w.isVisible()), key=lambda w: w.objectName())
        return self._rng.choice(found) if found else None

    def _resize(self, on: QWidget) -> Move:
        if isinstance(on, QMenu):
            return self._mouse.click(on)
        least = on.minimumSize()
        size = self._rng.randint(least.width(), 1920), self._rng.randint(least.height(), 1080)
        return f"resize {name(on)} to {size}", lambda: on.resize(*size)

    def _state(self, on: QWidget) -> Move:
        """Fold the window up, unfold it, or let the system turn dark."""
        scheme = self._rng.choice((Qt.ColorScheme.Dark, Qt.ColorScheme.Light))
        way = self._rng.choice(("showMinimized", "showMaximized", "showNormal", "showNormal", ""))
        if not isinstance(on, QMainWindow):
            return f"activate {name(on)}", on.activateWindow
        if not way:
            hints = QGuiApplication.styleHints()
            return f"system turns {scheme.name}", lambda: hints.setColorScheme(scheme)

        def show() -> None:
            getattr(on, way)()
            if way == "showMinimized":
                on.showNormal()
            on.activateWindow()

        return f"{way} {name(on)}", show

    def _wait(self, _: QWidget | None) -> Move:
        patient = self._rng.random() < 0.03
        span = _PATIENT if patient else self._rng.randrange(_WAIT_LIMIT)
        return f"wait {span} ms", lambda: QTest.qWait(span)
