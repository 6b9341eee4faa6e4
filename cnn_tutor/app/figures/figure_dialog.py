"""The dialog in which a figure is chosen, looked at, copied and saved."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QPlainTextEdit,
    QWidget,
)

from cnn_tutor.app.figures import formats
from cnn_tutor.app.figures.animation import Animation
from cnn_tutor.app.figures.export import (
    MOVING,
    SERIES,
    Order,
    animation,
    clipping,
    still,
    write_figure,
)
from cnn_tutor.app.figures.preview import Preview
from cnn_tutor.app.figures.source import FORMULA, Source
from cnn_tutor.app.figures.stage import Stage
from cnn_tutor.app.files.saving import ask_and_save
from cnn_tutor.app.progress_bar import progress_bar
from cnn_tutor.app.settings.preferences import Preferences
from cnn_tutor.app.settings.settings_file import FigureLook
from cnn_tutor.engine.errors import Refusal
from cnn_tutor.study import words
from cnn_tutor.widgets.controls.boxes import ChoiceBox
from cnn_tutor.widgets.controls.layouts import column, fitting, fixed, named, row
from cnn_tutor.widgets.controls.wrapped_label import WrappedLabel
from cnn_tutor.widgets.style.colours import DARK, LIGHT, colour

_FORM_WIDTH = 330
_SIZE = (1000, 600)
_SCALES = (1, 2, 3, 4)
_PAUSE = 200
"""Milliseconds without another letter after which the caption is drawn."""

THEMES = {"light": LIGHT, "dark": DARK}
"""The themes of figures by their keys."""


class FigureDialog(QDialog):
    """What is to be shown, in which kind of file and how it looks, beside a picture of it.

    A playback is played there. How it was made is remembered for the next figure.
    """

    def __init__(
        self, window: QWidget, source: Source, preferences: Preferences | None = None
    ) -> None:
        super().__init__(window)
        self.setObjectName("figure_dialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Export figure"))
        self._window, self._source, self._preferences = window, source, preferences
        self._subject = named(ChoiceBox(), "figure_subject")
        self._kind = named(ChoiceBox(), "figure_kind")
        self._scale = named(ChoiceBox(), "figure_scale")
        self._theme = named(ChoiceBox(), "figure_theme")
        self._transparent = named(
            QCheckBox(self.tr("&Transparent background")), "figure_transparent"
        )
        self._captioned = named(QCheckBox(self.tr("&Caption below")), "figure_captioned")
        self._caption = named(QPlainTextEdit(), "figure_caption")
        self._preview = named(Preview(), "figure_preview")
        self._said = named(WrappedLabel(), "figure_said")
        buttons = QDialogButtonBox.StandardButton
        self._buttons = named(QDialogButtonBox(buttons.Save | buttons.Close), "figure_buttons")
        self._stage: Stage | None = None
        self._moving: Animation | None = None
        self._step = 0
        self._play = QTimer(self)
        self._play.timeout.connect(self._show_step)
        self._typed = QTimer(self)
        self._typed.setSingleShot(True)
        self._typed.setInterval(_PAUSE)
        self._fill()
        self._build()
        for box in (self._subject, self._theme):
            box.currentIndexChanged.connect(self._set_stage)
        for box in (self._kind, self._scale):
            box.currentIndexChanged.connect(self._show)
        for tick in (self._transparent, self._captioned):
            tick.toggled.connect(self._show)
        self._typed.timeout.connect(self._show)
        self._caption.textChanged.connect(self._typed.start)
        self._buttons.accepted.connect(self._choose_file)
        self._buttons.rejected.connect(self.reject)
        self._copy.clicked.connect(self._copy_figure)
        self.finished.connect(self._leave)
        self._set_stage()

    @property
    def look(self) -> FigureLook:
        """How the figure is made, as it is chosen now."""
        return FigureLook(
            self._kind.currentData(),
            self._scale.currentData(),
            self._theme.currentData(),
            self._transparent.isChecked(),
            self._captioned.isChecked(),
        )

    @property
    def order(self) -> Order:
        """The figure that is chosen now."""
        look, caption = self.look, self._caption.toPlainText().strip()
        shown = caption if look.captioned else ""
        return Order(look.kind, look.scale, look.transparent, shown, self._source.title)

    # --- building --------------------------------------------------------------------------------

    def _fill(self) -> None:
        look = self._preferences.figure if self._preferences else FigureLook()
        for subject in self._source.subjects:
            formula = subject == FORMULA
            name = self.tr("Formula") if formula else words.say(f"views.{subject}")
            self._subject.addItem(name, subject)
        self._subject.setCurrentIndex(self._subject.findData(self._source.state.view))
        for name, kind in (
            ("PNG", "png"),
            ("SVG", "svg"),
            ("PDF", "pdf"),
            (self.tr("Playback as GIF"), "gif"),
            (self.tr("Playback as WebP"), "webp"),
            (self.tr("Playback as PNG series"), SERIES),
        ):
            self._kind.addItem(name, kind)
        self._kind.setCurrentIndex(self._kind.findData(look.kind))
        for scale in _SCALES:
            self._scale.addItem(f"{scale}×", scale)
        self._scale.setCurrentIndex(self._scale.findData(look.scale))
        for name, theme in ((self.tr("Light"), "light"), (self.tr("Dark"), "dark")):
            self._theme.addItem(name, theme)
        self._theme.setCurrentIndex(self._theme.findData(look.theme))
        self._transparent.setChecked(look.transparent)
        self._captioned.setChecked(look.captioned)
        lines = filter(None, (self._source.title, self._source.caption))
        self._caption.setPlainText("\n".join(lines))

    def _build(self) -> None:
        self._form = form = QFormLayout()
        form.addRow(self.tr("&Show"), self._subject)
        form.addRow(self.tr("&Format"), self._kind)
        form.addRow(self.tr("S&ize"), self._scale)
        form.addRow(self.tr("T&heme"), self._theme)
        form.addRow(self._transparent)
        form.addRow(self._captioned)
        form.addRow(self._caption)
        self._caption.setAccessibleName(self.tr("Caption"))
        self._caption.setTabChangesFocus(True)
        self._preview.setAccessibleName(self.tr("Preview"))
        self._save = self._buttons.button(QDialogButtonBox.StandardButton.Save)
        self._save.setText(self.tr("Save…"))
        roles = QDialogButtonBox.ButtonRole
        self._copy = self._buttons.addButton(self.tr("C&opy as picture"), roles.ActionRole)
        self._copy.setObjectName("figure_copy")
        left = fixed(QWidget(), _FORM_WIDTH)
        column(form, self._said, 1, on=left, spacing=14)
        both = row(left, (self._preview, 1), spacing=20)
        column((both, 1), self._buttons, on=self, margins=(20, 20, 20, 16), spacing=16)
        self.resize(fitting(self, *_SIZE))

    # --- what it does ----------------------------------------------------------------------------

    def _set_stage(self) -> None:
        """Set another view, or another theme, up."""
        self._close_stage()
        subject, theme = self._subject.currentData(), THEMES[self._theme.currentData()]
        self._stage = Stage(self._source, subject, theme)
        self._show()

    def _show(self) -> None:
        """Show the figure as it is chosen now."""
        assert self._stage is not None
        self._play.stop()
        order, said = self.order, ""
        moving = order.kind in MOVING
        self._form.setRowVisible(self._scale, order.kind not in ("svg", "pdf"))
        self._transparent.setEnabled(order.kind != "gif")
        self._caption.setVisible(self._captioned.isChecked())
        self._copy.setEnabled(not moving)
        if not self._stage.whole:
            said = self.tr(
                "This is too large to be shown as a whole. The figure is of the part in sight."
            )
        if self._moving is not None:
            self._moving = None
            self._stage.stand_like(self._source.state.playback)
        try:
            if moving:
                self._moving = animation(self._stage, order, 1)
        except Refusal as refusal:
            said = words.explain(refusal)
        self._save.setEnabled(not moving or self._moving is not None)
        self._said.setText(said)
        self._said.setVisible(bool(said))
        if self._moving is not None:
            self._step = 0
            self._show_step()
            self._play.start(self._stage.playback.interval)
        else:
            ratio = self.devicePixelRatioF()
            picture = formats.image(still(self._stage, order), ratio)
            picture.setDevicePixelRatio(ratio)
            self._preview.show_picture(picture, colour(self._stage.theme.background))

    def _show_step(self) -> None:
        assert self._moving is not None
        assert self._stage is not None
        steps, ground = self._moving.steps, colour(self._stage.theme.background)
        self._preview.show_picture(self._moving.at(steps[self._step % len(steps)]), ground)
        self._step += 1

    def _copy_figure(self) -> None:
        assert self._stage is not None
        QGuiApplication.clipboard().setMimeData(clipping(self._stage, self.order))
        self._remember()
        self._said.setText(self.tr("The picture is on the clipboard."))
        self._said.show()

    def _choose_file(self) -> None:
        order, title = self.order, self.windowTitle()
        suffix = "png" if order.kind == SERIES else order.kind
        kinds = self.tr("{kind} files ({pattern})")
        kinds = kinds.format(kind=suffix.upper(), pattern=f"*.{suffix}")

        def write(path: str) -> None:
            assert self._stage is not None
            self._play.stop()  # it would go to other steps meanwhile
            try:
                with progress_bar(self, title, self.tr("Drawing the steps…")) as progress:
                    write_figure(path, self._stage, order, progress)
            except BaseException:
                self._show()
                raise
            self._remember()
            self.accept()

        ask_and_save(self._window, title, kinds, self.tr("figure") + f".{suffix}", write)

    def _remember(self) -> None:
        if self._preferences:
            self._preferences.figure = self.look

    def _leave(self) -> None:
        self._typed.stop()
        self._close_stage()

    def _close_stage(self) -> None:
        if self._stage is not None:
            self._play.stop()
            self._stage.close()
            self._stage = self._moving = None
