"""A row of labelled chips joined by arrows, one of which is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QContextMenuEvent,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractButton, QWidget

from cnn_tutor.widgets.controls.gestures import WheelTurn
from cnn_tutor.widgets.controls.layouts import fixed
from cnn_tutor.widgets.style import colours
from cnn_tutor.widgets.style.focus_ring import rings_itself
from cnn_tutor.widgets.style.rich_text import tip
from cnn_tutor.widgets.style.sizes import px, scaled

_HEIGHT, _SIDE, _GAP = 28, 10, 7
"""The height of a chip and the room in it: at the sides and before the detail, in pixels."""

_ARROW = 22
"""The room between two chips, at the standard letters, as all lengths here."""

_TINT = 0.16
"""How much of the accent's colour the ground of the chosen chip has."""

_NARROW, _LONG_NAME = 80, 200
"""The least width of the row, and that of a chip whose name may be cut."""


@dataclass(frozen=True)
class Chip:
    """A name with a detail in a quieter tone; ``key`` tells it apart. Some can't be chosen."""

    key: str
    name: str
    detail: str
    fixed: bool = False


class _ChipButton(QAbstractButton):
    """Shows a chip; the chosen one has an edge in the accent's colour."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.chip = Chip("", "", "")
        self._brief = self._bare = False
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the row has the keyboard
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def show_chip(self, chip: Chip) -> None:
        self.chip = chip
        self.setText(f"{chip.name} {chip.detail}")
        self.setToolTip(tip(self.text()))
        self.setObjectName(f"chip[{chip.key}]")
        self.setEnabled(not chip.fixed)
        self.update()

    def set_brief(self, brief: bool, bare: bool = False) -> None:
        """Leave the detail out: room is short. The chosen chip keeps it unless it is ``bare``."""
        self._brief, self._bare = brief, bare
        self.update()

    def sizeHint(self) -> QSize:
        width = self.bare_width()
        if self._detail:
            detail = QFontMetrics(self._fonts()[1]).horizontalAdvance(self._detail)
            width += px(_GAP) + detail
        return QSize(width, px(_HEIGHT))

    def bare_width(self) -> int:
        """Return how wide it is without its detail."""
        return QFontMetrics(self.font()).horizontalAdvance(self.chip.name) + px(2 * _SIDE + 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, checked, fixed = colours.current(), self.isChecked(), self.chip.fixed
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        hover = self.underMouse() and self.isEnabled()
        edge = theme.accent if hover or checked else theme.border
        fill = colours.colour(theme.background if fixed else theme.panel)
        if checked:
            fill = colours.blend(theme.accent, theme.panel, _TINT)
        name, detail = self._fonts()
        rect = self.rect().adjusted(px(_SIDE), 0, -px(_SIDE), 0)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(colours.colour(edge))
            painter.setBrush(fill)
            painter.drawRoundedRect(box, 7, 7)
            painter.setFont(name)
            painter.setPen(colours.colour(theme.text))
            text = painter.fontMetrics().elidedText(
                self.chip.name, Qt.TextElideMode.ElideRight, rect.width()
            )
            painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, text)
            painter.setFont(detail)
            painter.setPen(colours.colour(theme.text if checked else theme.dim))
            ends = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(rect, ends, self._detail)

    @property
    def _detail(self) -> str:
        return "" if self._bare or (self._brief and not self.isChecked()) else self.chip.detail

    def _fonts(self) -> tuple[QFont, QFont]:
        return self.font(), scaled(self.font(), 0.88)


class ChipRow(QWidget):
    """Shows as many chips as have room, whole ones only, the chosen one among them.

    The arrow keys, Home and End choose; the wheel and :meth:`turn` look further along the row.
    """

    chosen = Signal(str)
    """Emitted with the key of the chip that was clicked or reached with the keyboard."""

    menu_wanted = Signal(QPoint)
    """Emitted with a place on the screen for a menu about the chosen chip."""

    turned = Signal()
    """Emitted when other chips are in sight, or there is room for more of them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        rings_itself(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        fixed(self, high=_HEIGHT + 4)
        self._chips: tuple[Chip, ...] = ()
        self._buttons: list[_ChipButton] = []
        self._current = ""
        self._first = self._end = 0
        self._wheel = WheelTurn()

    def show_chips(self, chips: Sequence[Chip], current: str) -> None:
        """Show these chips, ``current`` chosen among them."""
        if tuple(chips) != self._chips:
            self._chips = tuple(chips)
            while len(self._buttons) > len(chips):
                button = self._buttons.pop()
                button.hide()
                button.setObjectName("")  # a new one may get the name before this one has gone
                button.deleteLater()
            while len(self._buttons) < len(chips):
                self._add_button()
            for chip, button in zip(chips, self._buttons, strict=True):
                button.show_chip(chip)
        self._current = current
        for chip, button in zip(self._chips, self._buttons, strict=True):
            button.setChecked(chip.key == current)
        self.look_at_current()

    def buttons(self, key: str = "") -> list[QWidget]:
        """Return the chip of a key, if there is one, or all of them; some may be out of sight."""
        return [button for button in self._buttons if key in ("", button.chip.key)]

    @property
    def more_before(self) -> bool:
        """Whether chips before those in sight have no room."""
        return self._first > 0

    @property
    def more_after(self) -> bool:
        """Whether chips after those in sight have no room."""
        return self._end < len(self._buttons)

    def turn(self, by: int) -> None:
        """Look further along the row by a number of chips, back if it is negative."""
        last = self._first_for(len(self._buttons) - 1)
        self._arrange(max(0, min(self._first + by, last)))

    def look_at_current(self) -> None:
        """Bring the chosen chip into sight; where room is short, only it shows its detail."""
        for brief in (False, True):
            for button in self._buttons:
                button.set_brief(brief)
            if self.whole_width() <= self.width() - 4:
                break
        for button in self._buttons:
            if button.sizeHint().width() > self.width() - 4:
                button.set_brief(brief=True, bare=True)
        self._look_at(self._place())

    def look_at(self, key: str) -> None:
        """Bring a chip into sight, if there is one of that key."""
        for place, chip in enumerate(self._chips):
            if chip.key == key:
                self._look_at(place)

    def whole_width(self) -> int:
        """Return how wide the row is with all of its chips."""
        return sum(b.sizeHint().width() + px(_ARROW) for b in self._buttons) - px(_ARROW)

    def sizeHint(self) -> QSize:
        return QSize(max(self.whole_width(), 0), px(_HEIGHT + 4))

    def minimumSizeHint(self) -> QSize:
        widest = max((button.bare_width() for button in self._buttons), default=0)
        return QSize(max(px(_NARROW), min(widest + px(4), px(_LONG_NAME))), px(_HEIGHT + 4))

    # --- events ----------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = [chip.key for chip in self._chips if not chip.fixed]
        if self._current not in keys or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
            return
        place = keys.index(self._current)
        to = {
            Qt.Key.Key_Left: max(place - 1, 0),
            Qt.Key.Key_Right: min(place + 1, len(keys) - 1),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: len(keys) - 1,
        }.get(Qt.Key(event.key()))
        if to is None:
            super().keyPressEvent(event)
        else:
            self._choose(keys[to])

    def wheelEvent(self, event: QWheelEvent) -> None:
        delta = event.angleDelta()
        self.turn(-self._wheel.turn((0, 0), delta.y() or delta.x()))
        event.accept()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            for chip, button in zip(self._chips, self._buttons, strict=True):
                if button.isVisible() and button.geometry().contains(event.pos()):
                    if chip.fixed:
                        return
                    self._choose(chip.key)
            self.menu_wanted.emit(event.globalPos())
        else:
            button = self._buttons[self._place()]
            self.menu_wanted.emit(self.mapToGlobal(button.geometry().bottomLeft()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.look_at_current()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.look_at_current()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.look_at_current()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw an arrow from each chip in sight to the next, and where the keyboard is."""
        theme = colours.current()
        middle = self.height() // 2
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(colours.colour(theme.dim), 1.5))
            for button in self._buttons[self._first : max(self._end - 1, self._first)]:
                right = button.geometry().right() + 1
                end = right + px(_ARROW) - 5
                painter.drawLine(right + 5, middle, end, middle)
                for way in (-4, 4):
                    painter.drawLine(end, middle, end - 4, middle + way)
            if self.hasFocus() and self._buttons and self._buttons[self._place()].isVisible():
                around = self._buttons[self._place()].geometry().adjusted(-2, -2, 2, 2)
                painter.setPen(colours.focus_pen())
                painter.drawRoundedRect(QRectF(around).adjusted(1, 1, -1, -1), 8, 8)

    # --- inside ----------------------------------------------------------------------------------

    def _add_button(self) -> None:
        button = _ChipButton(self)
        button.clicked.connect(lambda: self._choose(button.chip.key))
        self._buttons.append(button)

    def _choose(self, key: str) -> None:
        if key != self._current:
            self.chosen.emit(key)
        for chip, button in zip(self._chips, self._buttons, strict=True):
            button.setChecked(chip.key == self._current)
        event = QAccessibleEvent(self, QAccessible.Event.NameChanged)
        QAccessible.updateAccessibility(event)

    def _place(self) -> int:
        keys = [chip.key for chip in self._chips]
        return keys.index(self._current) if self._current in keys else 0

    def _look_at(self, place: int) -> None:
        first = min(max(self._first, self._first_for(place)), place)
        self._arrange(min(first, self._first_for(len(self._buttons) - 1)))

    def _first_for(self, last: int) -> int:
        """Return the first chip that can be in sight together with a later one."""
        room = self.width() - 4
        first = max(last, 0)
        for place, button in reversed(list(enumerate(self._buttons[: last + 1]))):
            room -= button.sizeHint().width()
            if room < 0:
                break
            first, room = place, room - px(_ARROW)
        return first

    def _arrange(self, first: int) -> None:
        x, room = 2, self.width() - 2
        self._first = self._end = first
        fits = True
        for place, button in enumerate(self._buttons):
            width = button.sizeHint().width()
            # The first one in sight is shown even where it does not fit: a row can't be empty.
            fits = fits and (place <= first or x + width <= room)
            seen = place >= first and fits
            if seen:
                width = min(width, max(room - x, 0))
                button.setGeometry(x, px(2), width, px(_HEIGHT))
                x += width + px(_ARROW)
                self._end = place + 1
            button.setVisible(seen)
        self.update()
        self.turned.emit()
