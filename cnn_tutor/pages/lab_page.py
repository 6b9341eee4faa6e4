"""The lab of a layer: caption, board, inspector and step player, wired to the document."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from cnn_tutor.document.document import Document
from cnn_tutor.engine import region as regions
from cnn_tutor.engine.errors import Refusal
from cnn_tutor.engine.explanation import OUTPUT, Index
from cnn_tutor.pages.lesson.attempt import Attempt
from cnn_tutor.pages.lesson.caption_card import CaptionCard
from cnn_tutor.pages.lesson.guide import Guide
from cnn_tutor.pages.lesson.questions import Questions
from cnn_tutor.pages.panels import layer_settings
from cnn_tutor.pages.panels.inspector import Inspector
from cnn_tutor.pages.panels.layer_row import LayerRow
from cnn_tutor.pages.panels.layer_settings import Key
from cnn_tutor.pages.panels.side_panel import lay_out_page
from cnn_tutor.pages.state.lab_state import LabState, Snapshot
from cnn_tutor.pages.state.shown_layer import ShownLayer
from cnn_tutor.pages.state.spoken_place import SpokenPlace
from cnn_tutor.pages.views.view_tabs import ViewTabs
from cnn_tutor.project.project import Address
from cnn_tutor.study import words
from cnn_tutor.study.boards.presets import presets
from cnn_tutor.study.boards.views import CELLS, NETWORK
from cnn_tutor.study.lessons.language.target import PLAYER
from cnn_tutor.widgets.controls.boxes import finish_typing
from cnn_tutor.widgets.controls.breaking import BreakingRow
from cnn_tutor.widgets.controls.buttons import BrushButton
from cnn_tutor.widgets.controls.layouts import column, named, row
from cnn_tutor.widgets.controls.scrolling import ZoomArea
from cnn_tutor.widgets.controls.step_player import StepPlayer
from cnn_tutor.widgets.overlays.notice import Notice
from cnn_tutor.widgets.style.sizes import px

if TYPE_CHECKING:
    from cnn_tutor.pages.lesson.target_frame import TargetFrame
    from cnn_tutor.study.lessons.language.target import Target


_SPACING = 6


class _Instead(QWidget):
    """Keeps the room of a player that is not needed yet, for the board not to move when it is."""

    def __init__(self, player: QWidget) -> None:
        super().__init__()
        self._player = player
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(0, self._player.sizeHint().height() - px(_SPACING))


class LabPage(QWidget):
    """The page on which one layer is computed by hand."""

    linked = Signal(str)
    """Emitted when a link in the caption is followed, with where it leads, such as ``term:stride``
    or ``chapter:lesson_pooling``."""

    needed = Signal()
    """Emitted when other work has begun, which may need the panel; see :attr:`guide`."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self.shown = ShownLayer(document)
        self._key: tuple[str, Key] | None = None
        self._base = self._last = document.project
        self._meant: object = None
        self.questions = Questions(document, self.shown, self)
        self.state = LabState(document, self.shown, self.questions, self._enter, self)
        self.playback = self.state.playback
        self.views = ViewTabs(document, self.state)
        self.board = self.views.board
        self._place = ZoomArea(self.views)
        self.views.reached.connect(self._place.bring)
        self.layer_row = LayerRow(document, self.state)
        self._notice = Notice(self)
        self.inspector = Inspector(document, self.state)
        self.player = named(StepPlayer(self.playback), "player")
        attempt = Attempt(document, self.state, self.questions, self)
        finish = partial(finish_typing, self)
        self.guide = Guide(document, self.state, attempt, finish, self)
        self.target_frame: TargetFrame | None = None
        self._brush = BrushButton(self)
        self.brush = self._brush.defaultAction()
        """Lets drags paint while it is on."""
        self.caption = CaptionCard(self.guide)

        self.centre = QWidget()
        beside = QWidget()
        row(self.views.tabs, self._brush, on=beside, spacing=16)
        self._bar = BreakingRow(self.layer_row, beside, spacing=16)
        self._instead = _Instead(self.player)
        parts = (self.caption, self._bar, (self._place, 1), self._instead)
        column(*parts, on=self.centre, margins=(22, 12, 22, 6), spacing=_SPACING)
        self.fold = lay_out_page(self, self.centre, self.inspector, self.player)
        self.centre.installEventFilter(self._notice)  # the panel moves what it stands beside

        self.views.edited.connect(self._edit)
        self.brush.toggled.connect(self.views.set_brush)
        self.board.said.connect(self._say_at)
        self.layer_row.refused.connect(lambda why: self._say_of(self.layer_row, words.explain(why)))
        self.inspector.wanted.connect(self._set)
        self.caption.linked.connect(self.linked)
        attempt.said.connect(self._say_of_task)
        self.guide.begun.connect(self._begin_step)
        self.playback.playing_changed.connect(self._on_playing)
        self.questions.answered.connect(self._settle)
        attempt.done.connect(self._notice.hide)
        self.state.updated.connect(self._on_updated)
        SpokenPlace(self.state, self)
        self.state.open()
        self.retranslate()

    def _enter(self) -> None:
        """Set the scene of other work: that of a lesson's step, or the view that is meant."""
        preset = presets().get(self._document.project.origin)
        self._meant = preset.project().structure if preset is not None else None
        if preset is not None:
            self.state.show_view(preset.view)
            at = preset.at if regions.has(preset.at, self.shown.shapes[OUTPUT]) else ()
            self.playback.stand_at(at)
        self.guide.enter()

    def _point(self, targets: Sequence[Target]) -> None:
        """Frame what a lesson speaks of; nothing for no targets."""
        if self.target_frame is None and targets:
            from cnn_tutor.pages.lesson.target_frame import TargetFrame

            parts = (self.views, self.inspector, self.layer_row, self.player)
            self.target_frame = TargetFrame(self, self.state, *parts)
        if self.target_frame is not None:
            self.target_frame.show_targets(targets)

    @property
    def parts(self) -> list[tuple[QWidget, QWidget]]:
        """What the keyboard goes round, each with what it comes to first there."""
        found: list[tuple[QWidget, QWidget]] = [
            (self.centre, self.views.view.first_part),
        ]
        if self.player.isVisible():
            found.append((self.player, self.player.first_part))
        if self.fold.is_open:
            found.insert(1, (self.inspector, self.inspector.first_part))
        if self.guide.lesson is not None:
            found.insert(0, (self.caption, self.caption.first_part))
        return found

    def notify(self, text: str) -> None:
        """Show a message at the top of the view that is on."""
        place = QRect(self._place.mapTo(self, QPoint()), self._place.size())
        self._notice.say(text, QRect(place.center().x(), place.top(), 1, 1))

    def set_presented(self, presented: bool) -> None:
        """Leave away what is not looked at from afar: the chain of layers and the views' tabs."""
        self._bar.setHidden(presented)

    def hush(self) -> None:
        """Take the message away: what it says is so no more."""
        self._notice.hide()

    def _go_to_answer(self) -> None:
        """Bring the keyboard to where the answer is to be written."""
        if self.caption.box.isVisible():
            self.caption.box.setFocus()
        elif self.questions.open is not None and self.state.view == CELLS:
            self.board.go_to(*self.questions.open)

    def _settle(self, at: Index, number: float, right: bool) -> None:
        """Take back what was said of an answer that is right now, and go on to the next cell."""
        if right:
            self._notice.hide()
            # Not before the cell's editor has been put away, nor when another is open already.
            QTimer.singleShot(0, self, self._go_to_next_answer)

    def _go_to_next_answer(self) -> None:
        focus = self.window().focusWidget()
        if isinstance(focus, QLineEdit) and self.board.isAncestorOf(focus):
            return
        if self.questions.open is not None:
            self.state.pin(*self.questions.open)
        self._go_to_answer()

    def _begin_step(self) -> None:
        """Point at what a step speaks of, and have the keyboard where it is to be answered.

        Even if what had it has gone with the last step, it is somewhere.
        """
        self._offer_player()
        self.needed.emit()
        self._point(self.guide.targets)
        if self.guide.step is None:
            return
        focus = self.window().focusWidget()
        if focus is None or not focus.isVisible():
            self.views.view.first_part.setFocus()
        if self.guide.asks:
            self._go_to_answer()

    def _offer_player(self) -> None:
        """Show the player where it is needed; one of a lesson leaves the blue to its button."""
        self._show_player(PLAYER in self.guide.has)
        self.player.set_leading(self.guide.step is None)

    def _on_playing(self, playing: bool) -> None:
        """Show the player to who plays by the menu or a key."""
        if playing:
            self._show_player(True)

    def _show_player(self, shown: bool) -> None:
        self.player.setVisible(shown)
        self._instead.setVisible(not shown)

    def _say_of_task(self, text: str, at: Index | None) -> None:
        """Show a message at the cell that was answered, or else at the task itself."""
        if at is not None and self.state.view == CELLS:
            self.board.say_at(OUTPUT, at, text)
        else:
            self._say_of(self.caption, text)

    def _say_at(self, text: str, place: QRect) -> None:
        self._notice.say(text, place.translated(self.board.mapTo(self, QPoint())))

    def _say_of(self, part: QWidget, text: str) -> None:
        self._notice.say(text, QRect(part.mapTo(self, QPoint()), part.size()))

    def dismiss(self) -> None:
        """Take all messages back."""
        self._notice.hide()
        self.inspector.form.clear_refusals()

    def retranslate(self) -> None:
        self._notice.hide()
        self._show_caption()
        self.caption.retranslate()
        self.layer_row.retranslate()
        self.views.retranslate()
        self.inspector.retranslate()

    def finish(self) -> None:
        """Do at once what else waits until everything is painted."""
        self.inspector.code.finish()
        self.board.finish_motion()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            # Else it is for the window.
            event.setAccepted(self.brush.isChecked() or self._notice.isVisible())
            self.brush.setChecked(False)
            self.dismiss()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._offer_brush()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._offer_brush()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _on_updated(self, old: Snapshot, new: Snapshot, change: object) -> None:
        if old.work != new.work:
            self.brush.setChecked(False)
        other_board = old.view != new.view or not new.same_board(old)
        if other_board:
            self._offer_brush()
            self._show_caption()
        if other_board or change is not None or old.hidden != new.hidden:
            self._notice.hide()

    def _offer_brush(self) -> None:
        """Let the brush be taken only where there is something to paint."""
        paints = self.isVisible() and self.views.paints
        self.brush.setEnabled(paints)
        if not paints:
            self.brush.setChecked(False)

    def _show_caption(self) -> None:
        """Say what is to be seen: of a preset, as long as it is what its caption describes."""
        project, kind = self._document.project, self.shown.layer.kind
        preset = presets().get(project.origin)
        if preset is not None:
            meant = self.state.view == NETWORK or self.shown.name == project.network.last
            if not meant or project.structure != self._meant:
                preset = None
        about = words.table("kinds").get(kind, {}).get("about")
        if preset is None:
            title = words.name(f"kinds.{kind}")
            self.caption.show_caption(title, words.pick(about) if about else "")
            return
        lessons = (key for key, e in self.guide.library.items() if e.lab == preset.key)
        self.caption.show_caption(preset.title, preset.caption, next(lessons, ""))

    def _edit(self, at: Address | None, cells: dict[Index, float], gesture: int) -> None:
        # While it was being typed, another layer came before this one, or the cell has gone.
        shape = () if at is None else self._document.project.tensor(at).shape
        if at is None or not all(regions.has(index, shape) for index in cells):
            self.notify(words.say("errors.computed_cell"))
            return
        try:
            self._document.edit(at, cells, self._edit_text(at, cells), gesture)
        except Refusal as refusal:
            if self.state.view == CELLS:
                self.board.say_at(at.port, next(iter(cells)), words.explain(refusal))
            else:
                self.notify(words.explain(refusal))

    def _edit_text(self, at: Address, cells: dict[Index, float]) -> str:
        port = words.port(self.shown.layer.kind, at.port)
        if len(cells) == 1:
            return self.tr("Change a cell: {port}").format(port=port)
        return self.tr("Change cells: {port}").format(port=port)

    def _set(self, key: Key, value: Any, gesture: int) -> None:
        # Turning one size down and up again goes back to the numbers that it started from.
        key_here = (self.shown.name, key)
        sized = key.what in ("size", "axis")
        going_on = sized and key_here == self._key and self._document.project is self._last
        base = self._base if going_on else self._document.project
        try:
            changed = layer_settings.apply(base, self.shown.name, key, value)
            self._document.replace(changed, self.tr("Change a setting"), gesture=gesture)
        except Refusal as refusal:
            self.inspector.refuse(key, refusal)
            return
        self._key, self._base, self._last = key_here, base, changed
