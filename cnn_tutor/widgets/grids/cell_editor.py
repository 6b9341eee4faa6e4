"""The line that opens over a cell to write a number into it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from cnn_tutor.widgets.grids.answer_model import ModelIndex
from cnn_tutor.widgets.grids.fitting import smallest_letters
from cnn_tutor.widgets.grids.grid_view import GridView
from cnn_tutor.widgets.style.sizes import px

_WIDTH = 44
_HINT = "h"
"""What asks for a hint also while a number is typed; other letters are typed, and refused."""


class EditingDelegate(QStyledItemDelegate):
    """Paints nothing itself; lets a number be typed into a cell, however small it is."""

    def __init__(self, grid: GridView) -> None:
        super().__init__(grid)
        self._grid = grid

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.text().lower() == _HINT
        ):
            event.ignore()
            return True
        return super().eventFilter(editor, event)

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: ModelIndex
    ) -> QWidget:
        editor = QLineEdit(parent)
        editor.setFrame(False)
        editor.setAlignment(Qt.AlignmentFlag.AlignCenter)
        editor.setMaxLength(40)
        editor.setTextMargins(0, 0, 0, 0)
        editor.setObjectName("cell_editor")
        editor.setAccessibleName(str(index.data(Qt.ItemDataRole.AccessibleTextRole)))
        rect: QRect = option.rect
        font = QFont(self._grid.font())
        font.setPixelSize(max(smallest_letters() + 2, min(px(18), round(rect.height() * 0.4))))
        editor.setFont(font)
        return editor

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: ModelIndex
    ) -> None:
        rect: QRect = option.rect
        room = self._grid.viewport().width()
        wide = min(max(rect.width() - 2, px(_WIDTH)), room)
        left = max(0, min(rect.center().x() - wide // 2, room - wide))
        editor.setGeometry(left, rect.y() + 1, wide, rect.height() - 2)
