"""The card over the board: what to look at, and in a lesson what to do and how to go on."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QLocale, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from cnn_tutor.pages.lesson.guide import Guide
from cnn_tutor.study import words
from cnn_tutor.study.glossary import plain
from cnn_tutor.widgets.announcing import announce, spoken
from cnn_tutor.widgets.controls.buttons import MenuButton, with_icon, with_keys
from cnn_tutor.widgets.controls.layouts import column, fixed, named, row
from cnn_tutor.widgets.controls.wrapped_label import WrappedLabel
from cnn_tutor.widgets.style import colours
from cnn_tutor.widgets.style.icons import icon, tinted
from cnn_tutor.widgets.style.rich_text import marked
from cnn_tutor.widgets.style.sizes import px

if TYPE_CHECKING:
    from cnn_tutor.study.lessons.lesson import Lesson, Step
    from cnn_tutor.study.lessons.task import Task

_FIRST_WORDS = 34
CHAPTER = "chapter:"
"""What the address of a link to a chapter begins with; its key follows."""

PRACTISE = "practise:"
"""What the address of a link to practice begins with; the key of a lesson follows."""

NEXT_KEYS, BACK_KEYS, RESTORE_KEYS, SHOW_KEYS = "Alt+PgDown", "Alt+PgUp", "F8", "Ctrl+F8"
"""The shortcuts of the buttons; the menu has them."""

_STEP = "step:"
_BOX_WIDTH = 124
_MARK = 18


class CaptionCard(QFrame):
    """Says what a chapter is about; of a lesson, one step after the other, with its task."""

    linked = Signal(str)
    """Emitted when a link is followed, with where it leads, such as ``term:stride`` or
    ``chapter:lesson_pooling``."""

    def __init__(self, guide: Guide, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("caption_card")
        self._guide = guide
        self._caption = self._plain = ("", "")
        self._title = named(QLabel(), "caption_title")
        self._place = named(MenuButton(), "lesson_place")
        self._steps = QMenu(self._place)
        self._steps.aboutToShow.connect(self._list_steps)
        self._place.setMenu(self._steps)
        self._text = named(WrappedLabel(), "caption")
        self._mark = fixed(named(QLabel(), "lesson_mark"), _MARK, _MARK)
        self._task = named(WrappedLabel(), "lesson_task")
        self.box = named(QLineEdit(), "lesson_number")
        """Where a number is answered, if a task asks for one."""
        self.box.setMaxLength(40)
        fixed(self.box, _BOX_WIDTH)
        self._back = named(QToolButton(), "lesson_back")
        self._next = named(QPushButton(), "lesson_next")
        self._restore = named(QToolButton(), "lesson_restore")
        self._show = named(QToolButton(), "lesson_show")
        for button in (self._back, self._next, self._restore, self._show):
            # The mouse leaves the keyboard where the answer is written.
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            policy = button.sizePolicy()
            policy.setVerticalPolicy(QSizePolicy.Policy.Minimum)  # all as high as the highest
            button.setSizePolicy(policy)
        for button in (self._back, self._restore):
            with_icon(button, 16)
        self._retain(True)
        self._next.setAutoDefault(True)
        self._task_row, self._ways = QWidget(), QWidget()
        self._lay_out()
        self._text.linkActivated.connect(self._follow_link)
        self._task.linkActivated.connect(self.linked)
        self._back.clicked.connect(guide.back)
        self._next.clicked.connect(guide.next)
        self._restore.clicked.connect(guide.restore)
        self._show.clicked.connect(guide.show_how)
        self.box.returnPressed.connect(self._answer)
        self.box.textChanged.connect(guide.attempt.set_typed)
        guide.changed.connect(self._follow)
        guide.begun.connect(self._begin)
        self._state: tuple[str, bool, bool] | None = None
        self.retranslate()

    @property
    def first_part(self) -> QWidget:
        if self.box.isVisible():
            return self.box
        return self._next if self._guide.lesson else self._text

    @property
    def plain_caption(self) -> tuple[str, str]:
        """The title and the text of what is on the board, without marks and links."""
        lesson, step = self._guide.lesson, self._guide.step
        if lesson is None or step is None:
            return self._plain
        return lesson.title, plain(words.pick(step.caption))

    def show_caption(self, title: str, text: str, lesson: str = "") -> None:
        """Say what is on the board where no lesson is on.

        ``lesson`` is the key of a lesson on the same topic.
        """
        link = ""
        if lesson:
            name = html.escape(words.say("lessons.to_lesson"))
            link = "&ensp;" + _link(f"{CHAPTER}{lesson}", f"{name}&nbsp;→")
        self._plain = (title, plain(text))
        self._caption = (title, marked(text) + link if text or link else "")
        self._follow()

    def retranslate(self) -> None:
        self._back.setToolTip(with_keys(self.tr("Back one step"), BACK_KEYS))
        self._back.setAccessibleName(self.tr("Back one step"))
        says = self.tr("Back to the lesson: the board as the step began")
        self._restore.setToolTip(with_keys(says, RESTORE_KEYS))
        self._next.setToolTip(with_keys(self.tr("Next step"), NEXT_KEYS))
        self._restore.setAccessibleName(self.tr("Back to the lesson"))
        self._show.setText(self.tr("Show me"))
        self._show.setToolTip(with_keys(self.tr("Let the lesson do this task"), SHOW_KEYS))
        self._place.setToolTip(self.tr("Go to another step"))
        self.box.setPlaceholderText(words.say("lessons.number"))
        self.box.setAccessibleName(self.tr("Your answer"))
        self._state = None
        self._follow()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._state = None
            self._follow()

    # --- inside ----------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self._task.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._show.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        top, middle = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignVCenter
        task = ((self._mark, 0, top), (self._task, 1), (self.box, 0, top))
        row(*task, on=self._task_row, spacing=8)
        ways = row(self._back, self._restore, (self._next, 1), spacing=6)
        column(ways, self._show, 1, on=self._ways, spacing=5)
        texts = column(self._text, self._task_row, 1, spacing=5)
        parts = ((self._title, 0, middle), (self._place, 0, top), (texts, 1), self._ways)
        row(*parts, on=self, margins=(12, 8, 12, 8), spacing=14)

    def _follow(self) -> None:
        """Show the step that is on and how it stands, or the caption."""
        guide, step = self._guide, self._guide.step
        lesson = guide.lesson
        for part in (self._place, self._ways):
            part.setVisible(step is not None)
        self._title.setVisible(step is None)
        if lesson is None or step is None:
            self._state = None
            title, text = self._caption
            self._title.setText(title)
            self._text.setText(text)
            self._show_box(False)
            self._text.make_room_for()
            self._task_row.hide()
            return
        attempt = guide.attempt
        state = (lesson.origin(guide.place), attempt.task is not None, guide.solved)
        if state != self._state:  # while the playback plays, the words stay as they are
            just_done = guide.solved and self._state == (*state[:2], False)
            self._state = state
            self._write(lesson, step)
            self._write_task(attempt.task)
            if just_done:
                end = self._text.text() if guide.at_end else ""
                announce(self, "\n".join(map(spoken, (self._task.text(), end))))
        self._say_next(guide.at_end)
        self._next.setEnabled(guide.can_go_on)
        self._back.setEnabled(guide.place > 0)
        ready = attempt.task is None or guide.solved or guide.done_before
        if ready != self._next.property("ready"):
            self._next.setProperty("ready", ready)
            self._next.style().polish(self._next)
        self._show.setVisible(attempt.failed)
        self._restore.setEnabled(guide.strayed)

    def _write(self, lesson: Lesson, step: Step) -> None:
        place = f"{self._guide.place + 1} / {len(lesson.steps)}"
        self._place.setText(place)
        self._place.setAccessibleName(
            self.tr("Step {place} of {lesson}").format(place=place, lesson=lesson.title)
        )
        text = marked(words.pick(step.caption))
        if self._guide.place == 0 and words.language() not in lesson.languages:
            note = html.escape(words.say(f"lessons.only_{lesson.languages[0]}"))
            text = f"<span style='color:{colours.current().dim}'>{note}</span><br>{text}"
        end = self._said_at_end(lesson) if self._guide.at_end else ""
        if end and self._guide.attempt.task is None:
            text = f"{text}<br>{end}"
        # There is not room for all of it beside a task, and the board is to stay where it is.
        self._text.setText(end if end and self._guide.solved else text)
        self._text.make_room_for(*((text, end) if end else ()))
        self._back.setIcon(icon("previous", 16))
        self._restore.setIcon(icon("restore", 16))

    def _said_at_end(self, lesson: Lesson) -> str:
        """What was learned, which steps keep the lesson from being complete, and what comes now."""
        said, learned = [], ""
        if lesson.learned:
            text = words.pick(lesson.learned)
            learned = marked(words.say("lessons.learned", text=text)) + "<br>"
        shown, left = self._guide.left_to_do
        for places, key in ((shown, "were_shown"), (left, "not_done")):
            if places:
                numbers = [_link(f"{_STEP}{place}", str(place + 1)) for place in places]
                listed = QLocale(words.language()).createSeparatedList(numbers)
                several = "_several" if len(places) > 1 else ""
                said.append(words.say(f"lessons.{key}{several}").replace("…", listed))
        said.append(_link(f"{PRACTISE}{lesson.key}", words.say("lessons.practise") + "&nbsp;→"))
        return learned + "&ensp;".join(said)

    def _follow_link(self, address: str) -> None:
        """Follow a link: at the end of a lesson to one of its steps, or out of it."""
        if address.startswith(_STEP):
            self._guide.go_to(int(address.removeprefix(_STEP)))
        else:
            self.linked.emit(address)

    def _begin(self) -> None:
        """Take back what was answered at another step, or before the step began anew."""
        self.box.clear()
        self._state = None
        self._follow()
        self._announce()

    def _announce(self) -> None:
        """Have what the chapter or the step says read out, and what is to be done."""
        inside = self._guide.step is not None
        parts = [self._place.accessibleName() if inside else self._title.text(), self._text.text()]
        if self._guide.attempt.task is not None:
            parts.append(f"{self._mark.accessibleName()}: {spoken(self._task.text())}")
        announce(self, "\n".join(map(spoken, parts)), topic="task")

    def _answer(self) -> None:
        self._guide.attempt.answer(self.box.text())
        if not self._guide.solved:
            self.box.selectAll()  # the next number takes its place

    def _retain(self, task: bool) -> None:
        """Keep the room of a button that may come, so that the board stays where it is then."""
        policy = self._show.sizePolicy()
        policy.setRetainSizeWhenHidden(task)
        self._show.setSizePolicy(policy)

    def _write_task(self, task: Task | None) -> None:
        self._retain(task is not None)
        self._show_box(task is not None and task.number is not None)
        self._task_row.setVisible(task is not None)
        if task is None:
            return
        solved = self._guide.solved
        say = marked(words.pick(task.say))
        done = marked(words.pick(task.done) if task.done else words.say("lessons.done"))
        if self._guide.attempt.shown:
            done = marked(words.say("lessons.shown"))
        theme = colours.current()
        name, ink = ("done", theme.written) if solved else ("task", theme.accent)
        self._mark.setPixmap(tinted(name, ink, _MARK).pixmap(px(_MARK), px(_MARK)))
        self._mark.setAccessibleName(words.say("lessons.task_done" if solved else "lessons.task"))
        self._task.setText(done if solved else say)
        self._task.make_room_for(done, say)
        self._task.setProperty("done", solved)
        self._task.style().polish(self._task)

    def _show_box(self, shown: bool) -> None:
        if not shown and self.box.hasFocus():
            self.box.clearFocus()  # or Qt would pass it on to the next button there is
        self.box.setVisible(shown)

    def _say_next(self, last: bool) -> None:
        """Write what comes next, in the room of the longest text that it may be at this step.

        Else the button would take room from the texts beside it as soon as the step is done.
        """
        if last and self._guide.next_lesson:
            now, other = self.tr("Next chapter →"), ""
        elif last:
            now, other = self.tr("Finish"), words.say("lessons.all_done")
            if self._guide.done_before:
                now, other = other, now
        else:
            now, other = self.tr("Next →"), ""
        if now != self._next.text():
            self._next.setAccessibleName(spoken(now))
            self._next.setText(other)
            room = self._next.sizeHint().width() if other else 0
            self._next.setText(now)
            self._next.setMinimumWidth(room)

    def _list_steps(self) -> None:
        self._steps.clear()
        lesson = self._guide.lesson
        if lesson is None:
            return
        done = self._guide.progress.done(lesson.key)
        for place, step in enumerate(lesson.steps):
            said = plain(words.pick(step.caption))
            short = said if len(said) <= _FIRST_WORDS else said[:_FIRST_WORDS].rstrip() + "…"
            tick = "✓" if step.key in done else "\u2003"
            action = self._steps.addAction(f"{tick} {place + 1}  {short}".replace("&", "&&"))
            action.setCheckable(place == self._guide.place)
            action.setChecked(place == self._guide.place)
            action.triggered.connect(lambda _=False, place=place: self._guide.go_to(place))
        if lesson.lab:
            self._steps.addSeparator()
            lab = self._steps.addAction(self.tr("Free lab on this topic"))
            lab.triggered.connect(lambda: self.linked.emit(f"{CHAPTER}{lesson.lab}"))


def _link(address: str, text: str) -> str:
    return f"<a href='{address}' style='color:{colours.current().accent_text}'>{text}</a>"
