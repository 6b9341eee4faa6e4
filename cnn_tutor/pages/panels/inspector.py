"""The inspector: this cell's formula, the sizes, the settings and the same layer as code."""

from __future__ import annotations

import itertools
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

from cnn_tutor.document.document import Change, Document
from cnn_tutor.engine.errors import Refusal
from cnn_tutor.engine.explanation import OUTPUT, Index
from cnn_tutor.pages.panels import layer_settings
from cnn_tutor.pages.panels.code_panel import CodePanel
from cnn_tutor.pages.panels.layer_settings import Key
from cnn_tutor.pages.panels.side_panel import SidePanel
from cnn_tutor.pages.state import planes
from cnn_tutor.pages.state.highlight import Highlight, term_of_result, winners
from cnn_tutor.pages.state.lab_state import LabState, Snapshot
from cnn_tutor.pages.views.cells.tables import Table, tables
from cnn_tutor.study import formula, numbers, words
from cnn_tutor.widgets.controls.boxes import finish_typing
from cnn_tutor.widgets.controls.layouts import named, row
from cnn_tutor.widgets.controls.settings_form import SettingsForm
from cnn_tutor.widgets.controls.term_texts import TermText
from cnn_tutor.widgets.controls.wrapped_label import WrappedLabel
from cnn_tutor.widgets.style import colours
from cnn_tutor.widgets.style.rich_text import line_html, lines_html, term_html
from cnn_tutor.widgets.style.sizes import LETTERS, px

_FORMULA_LEAST, _FORMULA_MOST, _FORMULA_SHARE = 124, 190, 0.17


class Inspector(SidePanel):
    """Everything about the cell that is pointed at and the layer that it belongs to."""

    wanted = Signal(object, object, int)
    """Emitted with a setting's key, the value that the learner wants it to have, and which drag of
    a slider it belongs to; 0 for none."""

    def __init__(self, document: Document, state: LabState, parent: QWidget | None = None) -> None:
        super().__init__("inspector", 14, parent)
        self._document, self._state, self._shown = document, state, state.shown
        self._chain: list[QWidget] = []
        self._rows: list[str] = []
        self._cell_title = self._heading(self.folding)
        self.formula = named(TermText(), "formula")
        """The formula of the cell that is looked at."""
        LETTERS.changed.connect(self._measure)
        self.formula.pointed.connect(state.point_at_term)
        self.column.addWidget(self.formula)

        self._settings_title = self._heading()
        self.form = SettingsForm()
        self.form.wanted.connect(self.wanted)
        self.form.refused.connect(self.refuse)
        self.column.addWidget(self.form)

        self._size_title = self._heading()
        self.size_card = named(WrappedLabel(), "size_formula")
        """How large the output is, and how many parameters there are."""
        self.size_card.setProperty("card", True)
        self.column.addWidget(self.size_card)

        self.code = CodePanel(document, state.shown)
        self.column.addWidget(self.code, 10)
        self.column.addStretch(1)
        self._measure()

        state.leaving.connect(partial(finish_typing, self.form))
        state.updated.connect(self._on_updated)

    @property
    def first_part(self) -> QWidget:
        """What the keyboard comes to first: the settings, if there are any."""
        return (self.form.editors or [self.formula])[0]

    def rows_about(self, name: str) -> list[list[QWidget]]:
        """Return what stands in the rows of a setting or of a port's size, run by run.

        ``name`` may also be the key of a single row. What is not offered now has no rows.
        """
        keys = [key for key in self.form.keys if isinstance(key, Key)]
        runs = itertools.groupby(keys, lambda key: name in (str(key), key.name))
        return [[w for key in keys for w in self.form.row(key)] for about, keys in runs if about]

    def _on_updated(self, old: Snapshot, new: Snapshot, change: Change | None) -> None:
        if not new.same_board(old):
            self._show_layer()
        elif change is not None:
            self._show_numbers(change)
        if new.highlight is not old.highlight:
            self._show_highlight(new.highlight)

    def _show_highlight(self, highlight: Highlight) -> None:
        port = words.port(self._shown.layer.kind, highlight.port)
        cell = f"{port}{self._written(highlight.port, highlight.at)}"
        self._cell_title.setText(self.tr("This cell · {cell}").format(cell=cell))
        text = self._formula_html(highlight)
        if highlight.port != OUTPUT and highlight.explanation.output not in highlight.marks.get(
            OUTPUT, {}
        ):
            text = self._about_input(highlight)  # another output's formula would only mislead
        elif highlight.port != OUTPUT:
            chosen = f"{words.say(f'layers.{OUTPUT}')}"
            chosen += self._written(OUTPUT, highlight.explanation.output)
            between = "<br>" if "<br>" in text else " "
            text = f"{self._about_input(highlight)}<br>{chosen}:{between}{text}"
        # Of a formula that does not fit the end is seen: it is the result. Under the pointer it
        # stays where it is.
        bar = self.formula.verticalScrollBar()
        stays, at = self.formula.underMouse(), bar.value()
        self.formula.setHtml(text)
        bar.setValue(at if stays else bar.maximum() if highlight.port == OUTPUT else 0)

    def refuse(self, key: Key, refusal: Refusal) -> None:
        """Say at a setting why it can't be what was wanted."""
        message = self.form.show_refusal(key, words.explain(refusal, self._shown.name))
        if message is not None:  # it has its place once all has been laid out
            QTimer.singleShot(0, message, lambda: self.ensureWidgetVisible(message, 0, 0))

    def retranslate(self) -> None:
        self._size_title.setText(self.tr("Size"))
        self._settings_title.setText(self.tr("Settings"))
        self.formula.setAccessibleName(self.tr("Formula of this cell"))
        self.code.retranslate()
        self._show_layer()
        self._show_highlight(self._state.highlight)

    def restyle(self) -> None:
        self._show_sizes()
        self._show_highlight(self._state.highlight)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    # --- inside ----------------------------------------------------------------------------------

    def _measure(self) -> None:
        """Give the formula one height for every cell, or all that stands under it would jump."""
        share = round(self.height() * _FORMULA_SHARE)
        self.formula.setFixedHeight(max(px(_FORMULA_LEAST), min(share, px(_FORMULA_MOST))))

    def _heading(self, *beside: QWidget) -> QLabel:
        label = QLabel()
        label.setProperty("heading", True)
        self.column.addLayout(row((label, 1), *beside))
        return label

    def _show_layer(self) -> None:
        """Show the sizes, settings and programs of the layer, which are others now."""
        self._show_sizes()
        self._show_form()
        self.form.clear_refusals()
        self.code.offer()
        self._settings_title.setVisible(bool(self.form.editors))

    def _show_sizes(self) -> None:
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
        self._rows = rows
        self._show_facts()

    def _show_facts(self) -> None:
        facts = self._shown.layer.facts(self._shown.tensors).items()
        rows = [*self._rows, *(words.say(f"layers.{key}", **values) for key, values in facts)]
        text = "<br>".join(rows)
        if text != self.size_card.text():
            self.size_card.setText(text)
        self.size_card.setVisible(bool(rows))
        self._size_title.setVisible(bool(rows))

    def _show_numbers(self, change: Change) -> None:
        self.form.clear_refusals()
        self._show_facts()
        if self._document.project.tensor(change.address).shape == (1,):  # it stands in the form
            self._show_form()
        self.code.refresh()

    def _show_form(self) -> None:
        self.form.show_fields(layer_settings.form_fields(self._document.project, self._shown.name))
        chain = [self.formula, *self.form.editors, *self.code.chain]
        if chain != self._chain:
            self._chain = chain
            for before, after in itertools.pairwise(chain):
                self.setTabOrder(before, after)

    def _formula_html(self, highlight: Highlight) -> str:
        """The formula, a line a step.

        Of several channels it has the sums alone, as the board shows the rest; of a number that
        is passed on as it is, where it comes from.
        """
        (*_, last), found = highlight.explanation.steps, tables(highlight.explanation)
        if len(highlight.explanation.steps) == len(last.terms) == len(last.terms[0].factors) == 1:
            cell = last.terms[0].factors[0]
            if last.terms[0].scale == 1 and last.fold == "sum":
                port, output = words.name(f"layers.{cell.port}"), words.say(f"layers.{OUTPUT}")
                here = f"{port}{self._written(cell.port, cell.index)}"
                there = f"{output}{self._written(OUTPUT, highlight.explanation.output)}"
                value = numbers.UNKNOWN if highlight.hidden else numbers.show(cell.value)
                way = "" if highlight.hidden and not highlight.shown else f"{here} → {there} = "
                return way + line_html((formula.Token(value, formula.RESULT),))
        if len(found) < 2:
            lines = formula.lines(highlight.explanation, highlight.shown, (), highlight.hidden)
            text = lines_html(lines, highlight.pointed)
            won = 0 if highlight.hidden else len(winners(highlight.explanation, highlight.shown))
            return f"{text}<br>{words.say('layers.tie', count=won)}" if won > 1 else text
        done = {
            table.place: table
            for table in found
            if table.added(highlight.shown) == len(table.step.terms)
        }
        lines = formula.lines(highlight.explanation, highlight.shown, done.keys(), highlight.hidden)
        written = [self._sum_html(table, highlight) for table in done.values()]
        return "<br>".join([*written, lines_html(lines, highlight.pointed)])

    def _sum_html(self, table: Table, highlight: Highlight) -> str:
        pixels = self._shown.reads_pixels
        place = table.plane[0] if table.plane else table.place
        name = planes.channel(place, pixels)
        value = numbers.UNKNOWN if highlight.hidden else numbers.show(table.step.value)
        ink = colours.channel(place, pixels)
        text = f"<span style='color:{ink}'>{name}: <b>{value}</b></span>"
        summed = term_of_result(highlight.explanation, table.place)
        return text if summed is None else term_html(text, summed, highlight.pointed)

    def _about_input(self, highlight: Highlight) -> str:
        count = len(highlight.marks.get(OUTPUT, {}))
        key = "layers.readers" if highlight.port == "x" else "layers.touches"
        return words.say(key, count=count)

    def _written(self, port: str, index: Index) -> str:
        """Write an index the way the learner counts it: without the axes of a single place."""
        shape = self._shown.shapes[port]
        kept = [i for n, i in enumerate(index) if n < 2 or shape[n] > 1]
        return "[" + ", ".join(map(str, kept)) + "]"
