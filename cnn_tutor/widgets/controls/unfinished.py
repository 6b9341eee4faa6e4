"""What is being typed and has not been taken over yet."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractItemView, QAbstractSpinBox, QApplication, QLineEdit, QWidget


def finish_typing(part: QWidget) -> None:
    """Take over what is being typed into a cell or a setting of a window or of a part of it."""
    line = QApplication.focusWidget()
    if isinstance(line, QLineEdit | QAbstractSpinBox) and part.isAncestorOf(line):
        grid: QWidget | None = line
        while grid is not None and not isinstance(grid, QAbstractItemView):
            grid = grid.parentWidget()
        line.clearFocus()
        (grid or line).setFocus()  # the keyboard stays where it was
