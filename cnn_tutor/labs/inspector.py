"""The inspector: this cell's formula, the sizes, the settings and the same layer as code."""

from __future__ import annotations

import itertools

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QScrollArea,
    QTabBar,
    QTextEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from cnn_tutor.document.document import Document
from cnn_tutor.engine.errors import Refusal
from cnn_tutor.engine.explanation import Index
from cnn_tutor.labs import settings
from cnn_tutor.labs.shown_layer import OUTPUT, ShownLayer
from cnn_tutor.labs.spotlight import Spotlight
from cnn_tutor.study import formula, numbers, words
from cnn_tutor.widgets import colours
from cnn_tutor.widgets.icons import icon
from cnn_tutor.widgets.rich_text import line_html, lines_html
from cnn_tutor.widgets.settings_form import SettingsForm
from cnn_tutor.widgets.wrapped_label import WrappedLabel

WIDTH = 304
_COPIED_MS = 1500
_FORMULA_LEAST, _FORMULA_MOST, _FORMULA_FRAME = 76, 150, 12


class Inspector(QScrollArea):
    """Everything about the cell that is pointed at and the layer that it belongs to."""

    wanted = Signal(str, object)
    """A setting's key and the value that the learner wants it to have."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._shown = ShownLayer(document)
        self._light: Spotlight | None = None
        self._chain: list[QWidget] = []
        self._theme = colours.current()
        self.setObjectName("inspector")
        self.setFixedWidth(WIDTH)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        page = QWidget()
        page.setObjectName("inspector_page")
        self._column = QVBoxLayout(page)
        self._column.setContentsMargins(14, 8, 14, 10)
        self._column.setSpacing(5)
        self.setWidget(page)

        self._cell_title = self._heading()
        self._formula = QTextEdit()
        self._formula.setObjectName("formula")
        self._formula.setReadOnly(True)
        self._formula.setFixedHeight(_FORMULA_LEAST)
        self._formula.setTabChangesFocus(True)
        self._formula.document().documentLayout().documentSizeChanged.connect(
            lambda _: self._fit_formula(at_least=self._formula.height())
        )
        self._column.addWidget(self._formula)

        self._size_title = self._heading()
        self._size = WrappedLabel()
        self._size.setObjectName("size_formula")
        self._size.setProperty("card", True)
        self._column.addWidget(self._size)

        self._settings_title = self._heading()
        self._form = SettingsForm()
        self._form.wanted.connect(self.wanted)
        self._form.refused.connect(self.refuse)
        self._column.addWidget(self._form)

        self._code_title = self._heading()
        self._make_code()
        self._column.addStretch(1)

        # The program is long to write out and read last: it waits until all else is painted.
        self._code_timer = QTimer(self)
        self._code_timer.setSingleShot(True)
        self._code_timer.setInterval(60)
        self._code_timer.timeout.connect(self._write_code)
        document.replaced.connect(self._show_layer)
        document.changed.connect(self._show_numbers)

    @property
    def first_part(self) -> QWidget:
        """What the keyboard comes to first: the settings, if there are any."""
        return (self._form.editors or [self._formula])[0]

    def show_light(self, light: Spotlight) -> None:
        """Show the formula of the cell that is pointed at."""
        self._light = light
        port = words.name(f"layers.{light.port}")
        self._cell_title.setText(
            self.tr("This cell · {cell}").format(cell=f"{port}{_written(light.at)}")
        )
        text = lines_html(formula.lines(light.explanation, light.shown))
        if light.port != OUTPUT:
            chosen = f"{words.say(f'layers.{OUTPUT}')}{_written(light.explanation.output)}"
            text = f"{self._about_input(light)}<br>{chosen}: {text}"
        self._formula.setHtml(text)

    def refuse(self, key: str, refusal: Refusal) -> None:
        """Say at a setting why it can't be what was wanted."""
        self._form.show_refusal(key, words.explain(refusal))

    def retranslate(self) -> None:
        """Put every word into the language that is on."""
        self._size_title.setText(self.tr("Size"))
        self._settings_title.setText(self.tr("Settings"))
        self._code_title.setText(self.tr("Code"))
        self._formula.setAccessibleName(self.tr("Formula of this cell"))
        self._tabs.setAccessibleName(self.tr("Framework"))
        self._copy.setAccessibleName(self.tr("Copy the code"))
        self._copy.setToolTip(self.tr("Copy the code"))
        self._code.setAccessibleName(self.tr("The same layer as code"))
        self._show_layer()
        if self._light is not None:
            self.show_light(self._light)

    def dismiss(self) -> None:
        """Take all messages back."""
        self._form.clear_refusals()

    def finish(self) -> None:
        """Write the program now instead of when everything else is painted."""
        self._code_timer.stop()
        self._write_code()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if self._light is None or self._theme is colours.current():
            return
        if event.type() == QEvent.Type.PaletteChange:
            self._theme = colours.current()
            self._copy.setIcon(icon("copy", 18))
            self._show_layer()
            self.show_light(self._light)

    # --- inside ----------------------------------------------------------------------------------

    def _heading(self) -> QLabel:
        label = QLabel()
        label.setProperty("heading", True)
        self._column.addWidget(label)
        return label

    def _make_code(self) -> None:
        row = QHBoxLayout()
        self._tabs = QTabBar()
        self._tabs.setObjectName("code_tabs")
        self._tabs.setDrawBase(False)
        self._tabs.setExpanding(False)
        self._tabs.currentChanged.connect(self._write_code)
        self._copy = QToolButton()
        self._copy.setObjectName("copy_code")
        self._copy.setIcon(icon("copy", 18))
        self._copy.clicked.connect(self._copy_code)
        row.addWidget(self._tabs)
        row.addStretch(1)
        row.addWidget(self._copy)
        self._column.addLayout(row)
        self._code = QPlainTextEdit()
        self._code.setObjectName("code")
        self._code.setReadOnly(True)
        self._code.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._code.setMinimumHeight(120)
        self._code.setTabChangesFocus(True)
        self._column.addWidget(self._code, 10)

    def _show_layer(self) -> None:
        """Show the sizes and settings of the layer, which are others now."""
        layer, shapes, windows = self._shown.layer, self._shown.shapes, self._shown.windows
        lines = [line_html(formula.size(window)) for window in windows]
        if len(set(windows)) == 1:
            sides = [words.say("layers.both")]
        else:
            sides = [words.say("layers.height"), words.say("layers.width")]
        rows = [f"<b>{side}</b><br>{line}" for side, line in zip(sides, lines, strict=False)]
        weights = [shapes[port] for port in layer.weights if port in shapes]
        if weights:
            terms = " + ".join("·".join(map(str, shape)) for shape in weights)
            total = formula.Token(numbers.show(layer.parameters(shapes)), formula.RESULT)
            line = line_html((formula.Token(f"{terms} = "), total))
            rows.append(f"<b>{words.say('layers.count')}</b>&nbsp; {line}")
        self._fit_formula(at_least=_FORMULA_LEAST)
        self._size.setText("<br>".join(rows))
        self._size.setVisible(bool(rows))
        self._size_title.setVisible(bool(rows))
        self._show_form()
        self._form.clear_refusals()
        names = list(layer.code(self._shown.tensors))
        if names != [self._tabs.tabText(n) for n in range(self._tabs.count())]:
            while self._tabs.count():
                self._tabs.removeTab(0)
            for framework in names:
                self._tabs.addTab(framework)
        for part in (self._code_title, self._tabs, self._copy, self._code):
            part.setVisible(bool(names))
        self._settings_title.setVisible(bool(self._form.editors))
        self._code_timer.start()

    def _show_numbers(self) -> None:
        """Show the numbers of the layer, some of which are others now."""
        self._form.clear_refusals()
        self._show_form()
        self._code_timer.start()

    def _show_form(self) -> None:
        self._form.show_fields(settings.form_fields(self._document.project, self._shown.name))
        chain = [self._formula, *self._form.editors, self._tabs, self._copy, self._code]
        if chain != self._chain:
            self._chain = chain
            for before, after in itertools.pairwise(chain):
                self.setTabOrder(before, after)

    def _write_code(self) -> None:
        programs = self._shown.layer.code(self._shown.tensors)
        text = programs.get(self._tabs.tabText(self._tabs.currentIndex()), "")
        if text != self._code.toPlainText():
            self._code.setPlainText(text)

    def _copy_code(self) -> None:
        self._write_code()
        QGuiApplication.clipboard().setText(self._code.toPlainText())
        self._copy.setIcon(icon("copied", 18))
        QTimer.singleShot(_COPIED_MS, self._copy, lambda: self._copy.setIcon(icon("copy", 18)))

    def _fit_formula(self, at_least: int) -> None:
        """Let the formula have the height it needs, within reason.

        It never shrinks while the pointer moves, or everything under it would jump.
        """
        needed = round(self._formula.document().size().height()) + _FORMULA_FRAME
        self._formula.setFixedHeight(max(at_least, min(needed, _FORMULA_MOST)))

    def _about_input(self, light: Spotlight) -> str:
        count = len(light.marks.get(OUTPUT, {}))
        key = "layers.readers" if light.port == "x" else "layers.touches"
        return words.say(key, count=count)


def _written(index: Index) -> str:
    """Write an index the way the learner counts it: without the only channel's 0."""
    shown = index[:-1] if len(index) > 2 and index[-1] == 0 else index
    shown = shown[:2] if len(shown) == 3 and shown[-1] == 0 else shown
    return "[" + ", ".join(map(str, shown)) + "]"
