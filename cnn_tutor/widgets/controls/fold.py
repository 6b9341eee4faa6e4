"""A panel at a side of the window that can be folded away."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from cnn_tutor.widgets.controls.buttons import LabelledButton, with_icon, with_keys
from cnn_tutor.widgets.controls.layouts import fixed, row
from cnn_tutor.widgets.style.icons import icon

_BUTTON, _EDGE, _ICON = 22, 20, 16


class FoldButton(LabelledButton):
    """Folds a panel away, or shows it again at the edge of the window.

    ``said`` returns its name in the language that is on; ``keys`` do the same.
    """

    def __init__(
        self, name: str, said: Callable[[], str], keys: str, to_left: bool, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("folds", True)
        self._said, self._keys = said, keys
        self._drawing = "fold_left" if to_left else "fold_right"
        with_icon(self, _ICON)
        self.label()

    def label(self) -> None:
        name = self._said()
        self.setAccessibleName(name)
        self.setToolTip(with_keys(name, self._keys))
        self.setIcon(icon(self._drawing, _ICON))


class Fold(QWidget):
    """Shows a panel, or in its place a button to show it again, as high as the panel.

    ``folding`` is the button to fold it away, which stands in the panel; ``said`` and ``keys`` are
    those of the other button.
    """

    toggled = Signal()
    """Emitted when the panel is to be folded away, or to be shown again."""

    def __init__(
        self, panel: QWidget, folding: FoldButton, said: Callable[[], str], keys: str, at_left: bool
    ) -> None:
        super().__init__()
        self._panel, self._folding = panel, folding
        self.zoomed_away = False
        """Whether it is folded only because all is zoomed in."""
        self._edge = FoldButton(f"{panel.objectName()}_edge", said, keys, not at_left, self)
        fixed(self._edge, _EDGE)
        policy = QSizePolicy.Policy
        self._edge.setSizePolicy(policy.Fixed, policy.Expanding)
        fixed(folding, _BUTTON, _BUTTON)
        parts = (self._edge, (panel, 1))
        row(*(parts if at_left else parts[::-1]), on=self, spacing=0)
        self._edge.hide()
        self._edge.clicked.connect(self.toggled)
        folding.clicked.connect(self.toggled)

    @property
    def is_open(self) -> bool:
        """Whether the panel is shown."""
        return not self._panel.isHidden()

    @property
    def spared(self) -> int:
        """The width in pixels that there is for others because all is zoomed in."""
        return self._panel.sizeHint().width() - self._edge.width() if self.zoomed_away else 0

    def show_open(self, shown: bool) -> None:
        """Show the panel or the button; the keyboard goes along if it was there."""
        if shown == self.is_open:
            return
        focus = QApplication.focusWidget()
        here = focus is not None and self.isAncestorOf(focus)
        self._panel.setVisible(shown)
        self._edge.setVisible(not shown)
        if here:
            (self._folding if shown else self._edge).setFocus()
