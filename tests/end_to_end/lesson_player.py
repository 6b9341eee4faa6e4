"""Works through a lesson in the window as a learner does, with mouse and keys alone.

Clicks and keys go to the window as the screen would send them, so that what is covered or without
the keyboard can't be used. Nothing here calls what solves a task; it only reads what it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import numpy as np
from PySide6.QtCore import QPoint, QRect, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLabel,
    QScrollArea,
    QToolButton,
    QWidget,
)

from cnn_tutor.app.chapters.chapter_list import ChapterList
from cnn_tutor.app.main_window import MainWindow
from cnn_tutor.engine.explanation import OUTPUT, Index
from cnn_tutor.pages.state import planes
from cnn_tutor.study import numbers, words
from cnn_tutor.study.boards.views import CELLS
from cnn_tutor.study.glossary import plain
from cnn_tutor.study.lessons.language.assignment import (
    ADD,
    AT,
    REMOVE,
    SHOW,
    VIEW,
    Assignment,
    output_index,
)
from cnn_tutor.study.lessons.language.scene import Scene
from cnn_tutor.study.lessons.language.subject import AXES
from cnn_tutor.study.lessons.lesson import Lesson, Step
from cnn_tutor.study.lessons.task import Task
from cnn_tutor.widgets.grids.tensor_grid import TensorGrid
from cnn_tutor.widgets.overlays.notice import Notice
from tests.helpers.lesson_window import settle
from tests.helpers.player import Player, Stuck

Key = Qt.Key
NONE = Qt.KeyboardModifier.NoModifier
ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton

WRONG = 1000
"""So much more than the right number is never right, nor what a remark waits for."""


class LessonPlayer(Player):
    """Goes through a lesson in a window and collects what is wrong with it, step by step.

    It goes on ``by_key``, with Alt+Page Down, or by clicking the button.
    """

    def __init__(self, window: MainWindow, by_key: bool = False) -> None:
        super().__init__(window)
        self.lab, self.guide, self.by_key, self._place = window.lab, window.guide, by_key, ""

    def play(self, key: str) -> list[str]:
        """Work through a whole lesson; return all that was wrong, each with its step."""
        self.open(key)
        lesson = self.guide.lesson
        if lesson is None or lesson.key != key:
            return [f"{key}: a click on its line does not open it"]
        for place, step in enumerate(lesson.steps):
            self._place = f"{key}/{step.key}"
            if (self.guide.lesson, self.guide.place) != (lesson, place):
                self._say(f"the step is not on, but step {self.guide.place + 1}")
                self.guide.go_to(place)  # to see what is wrong with the others
                settle()
            self.play_step(lesson, place)
        if not self.guide.progress.finished(key):
            done = self.guide.progress.done(key)
            left = [step.key for step in lesson.steps if step.key not in done]
            self._say(f"the lesson is not finished at its end: {left}")
        return self.faults

    def open(self, key: str) -> None:
        """Click the line of a lesson in the list of chapters."""
        chapters = self.part("chapters")
        assert isinstance(chapters, ChapterList)
        item = chapters.of_key(key)
        assert item is not None
        chapters.scrollToItem(item)
        self.click(chapters.viewport(), chapters.visualItemRect(item).center())

    def play_step(self, lesson: Lesson, place: int) -> None:
        """Look at a step, do its task if it has one, and go on to the next step."""
        step = lesson.steps[place]
        self.look_over()
        self._check_words(lesson, place)
        self._check_frames(step)
        if step.task is not None:
            try:
                self._check_undone(place)
                before = self._ground()["the view"]
                self._do(step.task)
                self._check_done(step.task)
                if self._ground()["the view"] != before:
                    self._say("doing the task moves the view")
            except Stuck as stuck:
                self._say(str(stuck))
                return
        self.go_on()

    def go_on(self) -> None:
        """Go to the next step."""
        button = self.part("lesson_next")
        if self.by_key:
            self.press(Key.Key_PageDown, modifiers=ALT)
        elif button.isEnabled():
            self.click(button)
        settle()

    # --- what is looked at -----------------------------------------------------------------------

    def _say(self, fault: str) -> None:
        told = f"{self._place}: {fault}"
        if told not in self.faults:
            self.faults.append(told)

    def look_over(self, where: str = "") -> None:
        settle()
        self.lab.finish()
        super().look_over(where or self._place)

    def _check_words(self, lesson: Lesson, place: int) -> None:
        step, task = lesson.steps[place], lesson.steps[place].task
        self._check_text("caption", words.pick(dict(step.caption)))
        self._check_text("lesson_place", f"{place + 1} / {len(lesson.steps)}")
        self._check_text("lesson_task", words.pick(dict(task.say)) if task else "")
        if task and self._mark != words.say("lessons.task"):
            self._say(f"the task is marked as {self._mark!r} at once")

    def _check_text(self, name: str, text: str) -> None:
        """See that a label shows a text of a lesson, but for its marks and line breaks."""
        shown = self.said(name)
        if shown.split() != plain(text).split():
            self._say(f"{name} does not show {text!r}, but {shown!r}")

    def _check_frames(self, step: Step) -> None:
        if step.points and not self.lab.target_frame.rects:
            self._say(f"it points at {list(step.points)}, but no frame is to be seen")

    def _check_undone(self, place: int) -> None:
        """See that the step does not let go before its task is done, and says why."""
        if self.guide.solved:
            raise Stuck("the task is done before anything was done")
        self._check_refused(self.go_on, "going on without doing the task")
        if self.guide.place != place:
            raise Stuck("it can be left without doing the task")
        self.look_over()
        self._dismiss()

    def _check_refused(self, act: Callable[[], None], what: str) -> None:
        """See that something wrong is said, solves nothing and leaves the view where it is."""
        before = self._ground()
        self._dismiss()
        act()
        if self.guide.solved:
            raise Stuck(f"{what} solves the task")
        if not self.messages():
            self._say(f"nothing is said of {what}")
        self._check_still(before, f"a message about {what}")

    def _check_done(self, task: Task) -> None:
        settle()
        if not self.guide.solved:
            raise Stuck("its reference answer, done by hand, does not solve the task")
        if self._mark != words.say("lessons.task_done"):
            self._say(f"the task is solved but marked as {self._mark!r}")
        done = words.pick(dict(task.done)) if task.done else words.say("lessons.done")
        self._check_text("lesson_task", done)
        if not self.part("lesson_task").property("done"):
            self._say("the task does not look done")
        self.look_over()

    def _check_still(self, before: dict[str, QRect], when: str) -> None:
        """See that nothing of the view has moved."""
        now = self._ground()
        moved = [name for name in before | now if before.get(name) != now.get(name)]
        if moved:
            self._say(f"{when} moves {moved}")

    def _ground(self) -> dict[str, QRect]:
        """Where the view that is on and, of the board, every grid stands in the window."""
        settle()
        seen: dict[str, QWidget] = {"the view": self.lab.views}
        if self.lab.state.view == CELLS:
            grids = self.lab.board.findChildren(TensorGrid)
            seen |= {grid.objectName(): grid for grid in grids if grid.isVisible()}
        return {name: QRect(w.mapTo(self.window, QPoint()), w.size()) for name, w in seen.items()}

    @property
    def _mark(self) -> str:
        return self.part("lesson_mark").accessibleName()

    # --- doing a task ----------------------------------------------------------------------------

    def _do(self, task: Task) -> None:
        if task.predict:
            self._answer_cells()
        elif task.number is not None:
            self._answer_number(task)
        else:
            self._follow_answer(task)

    def _answer_cells(self) -> None:
        questions, name = self.lab.questions, self.lab.shown.name
        asked = questions.asked
        if not asked:
            raise Stuck("no cell is asked for")
        self.show_view(CELLS)
        for n, at in enumerate(asked):
            value = float(self.window.document.evaluation.value(name)[at])
            if questions.right(at):
                raise Stuck(f"output{list(at)} is right before it is answered")
            if n == 0:
                self._answer_wrongly(at, value)
            if self.guide.solved:
                raise Stuck(f"it is solved before output{list(at)} is answered")
            self.write(OUTPUT, at, numbers.plain(value))
            if not questions.right(at):
                written = questions.entry(at)
                raise Stuck(f"output{list(at)} is {value}, but {written} is taken for wrong")

    def _answer_wrongly(self, at: Index, value: float) -> None:
        self.click_cell(self.grid(OUTPUT, at), at)  # which may bring its filter onto the board
        wrong = numbers.plain(value + WRONG)
        self._check_refused(lambda: self.write(OUTPUT, at, wrong), "a wrong number")
        if self.lab.questions.right(at) is not False:
            self._say(f"a wrong number counts as {self.lab.questions.right(at)}")
        self._dismiss()

    def _answer_number(self, task: Task) -> None:
        expected = task.expected(self._scene())
        if expected is None:
            raise Stuck("there is no number to answer with")
        box = self.part("lesson_number")
        for text in ("abc", numbers.plain(expected + WRONG)):
            self._check_refused(lambda text=text: self._write_line(box, text), f"{text} in the box")
        self._dismiss()
        self._write_line(box, numbers.plain(expected))

    def _follow_answer(self, task: Task) -> None:
        scene = self._scene()
        for n, assignment in enumerate(task.answer):
            if n and self.guide.solved:
                self._say(f"it is solved before the answer is done, without {assignment.text!r}")
            self._assign(assignment, scene)
            scene = assignment.applied(scene)
        self.show_layer(scene.layer)
        self.show_view(scene.view)

    def _assign(self, assignment: Assignment, scene: Scene) -> None:
        subject, text = assignment.subject, assignment.text
        does: dict[str, Callable[[str], None]] = {
            ADD: self.add_layer,
            REMOVE: self.remove_layer,
            VIEW: self.show_view,
            SHOW: self.show_layer,
        }
        if subject.name in does and not subject.layer:
            does[subject.name](text)
        elif subject.name == AT and not subject.layer:
            at = output_index(scene, text)
            self.show_view(CELLS)
            self.click_cell(self.grid(OUTPUT, at), at)
        elif subject.is_tensor(scene) and not subject.measure:
            self._write_cells(assignment, scene)
        elif subject.is_tensor(scene):
            self.show_layer(subject.node(scene).name)
            axis = AXES[subject.measure]
            rank = subject.tensor(scene).ndim
            form = f"size:{subject.name}[{axis}]" if rank > 2 and axis < 2 else ""
            self.set_number(
                form or f"axis:{subject.name}:{axis}", numbers.plain(assignment.whole())
            )
        else:
            self.show_layer(subject.node(scene).name)
            self.set_setting(subject.name, assignment.setting(scene))

    def _write_cells(self, assignment: Assignment, scene: Scene) -> None:
        port = assignment.subject.name
        self.show_layer(assignment.subject.node(scene).name)
        self.show_view(CELLS)
        tensor = assignment.subject.tensor(scene)
        for at, value in assignment.cells(scene).items():
            if tensor[at] != value:
                self.write(port, at, numbers.plain(value))

    def _scene(self) -> Scene:
        document, lab = self.window.document, self.lab
        seen = {"shown": lab.shown.name, "view": lab.state.view, "at": lab.playback.at}
        return Scene.live(document.evaluation, document.project, **seen)

    # --- the parts of the window -----------------------------------------------------------------

    def show_view(self, key: str) -> None:
        """Click the tab of a view, unless it is on."""
        if self.lab.state.view == key:
            return
        tabs = self.lab.views.tabs
        places = [n for n in range(tabs.count()) if tabs.tabData(n) == key]
        if not places:
            raise Stuck(f"there is no tab for {key}")
        self.click(tabs, tabs.tabRect(places[0]).center())
        if self.lab.state.view != key:
            raise Stuck(f"its tab does not show {key}")

    def show_layer(self, name: str) -> None:
        """Click the chip of a layer, or go there with the arrow keys, unless it is shown."""
        if self.lab.shown.name == name:
            return
        chip = self.part(f"chip[{name}]")
        if chip.isVisible():
            self.click(chip)
        else:
            self.bring_keyboard_to(self.lab.layer_row.row)
            nodes = [node.name for node in self.window.document.project.network.nodes]
            way = nodes.index(name) - nodes.index(self.lab.shown.name)
            for _ in range(abs(way)):
                self.press(Key.Key_Right if way > 0 else Key.Key_Left)
        if self.lab.shown.name != name:
            raise Stuck(f"its chip does not show {name}")

    def add_layer(self, kind: str) -> None:
        """Choose a kind of layer in the menu of the + button."""
        button, called = self.part("chain_add"), words.name(f"kinds.{kind}")
        assert isinstance(button, QToolButton)
        menu = button.menu()
        before = len(self.window.document.project.network.nodes)

        def choose() -> None:  # the click returns only when the menu is closed again
            for action in menu.actions():
                if action.text() == called:
                    QTest.mouseClick(menu, LEFT, NONE, menu.actionGeometry(action).center())
            menu.close()

        QTimer.singleShot(0, button, choose)
        self.click(button)
        self.window.activateWindow()  # as a screen does when a menu is closed
        settle()
        if len(self.window.document.project.network.nodes) == before:
            raise Stuck(f"{called} can't be chosen in the menu of layers")

    def remove_layer(self, name: str) -> None:
        """Take out a layer with Ctrl+Delete."""
        self.show_layer(name)
        self.bring_keyboard_to(self.lab.layer_row.row)
        self.press(Key.Key_Delete, modifiers=CTRL)

    # --- settings --------------------------------------------------------------------------------

    def set_setting(self, name: str, value: object) -> None:
        """Give a setting of the shown layer a value with the keyboard."""
        if isinstance(value, bool):
            switch = self.part(f"set:{name}")
            assert isinstance(switch, QCheckBox)
            if switch.isChecked() != value:
                self.bring_keyboard_to(switch)
                self.press(Key.Key_Space)
        elif isinstance(value, str):
            self.choose(f"set:{name}", value)
        elif isinstance(value, tuple) and isinstance(value[0], tuple):
            self.choose(f"set:{name}", "by_side")
            pads = "pads" if name == "padding" else f"pads:{name}"
            for axis, side in np.ndindex(2, 2):
                self.set_number(f"{pads}:{axis}[{side}]", numbers.plain(value[axis][side]))
        elif isinstance(value, tuple):
            for n, number in enumerate(value):
                self.set_number(f"set:{name}[{n}]", numbers.plain(number))
        else:
            shared = self.window.findChild(QWidget, f"set:{name}[1]")  # beside a slider
            form = f"set:{name}[1]" if shared is not None else f"set:{name}"
            self.set_number(form, numbers.plain(float(value)))  # type: ignore[arg-type]

    def choose(self, form: str, value: str) -> None:
        """Choose in a list of the form with the arrow keys."""
        box = self.part(form)
        assert isinstance(box, QComboBox)
        self.bring_keyboard_to(box)
        for _ in range(box.count()):
            way = box.findData(value) - box.currentIndex()
            if way == 0:
                return
            self.press(Key.Key_Down if way > 0 else Key.Key_Up)
            box = self.part(form)
            assert isinstance(box, QComboBox)
        raise Stuck(f"{value} can't be chosen in {form}")

    def set_number(self, form: str, text: str) -> None:
        """Type a number into a box of the form."""
        box = self.part(form)
        self.bring_keyboard_to(box)
        self.press(Key.Key_A, modifiers=CTRL)
        self.type(text)
        self.press(Key.Key_Return)
        settle()
        refusals = self.lab.inspector.findChildren(QLabel, "refusal")
        said = [label.text() for label in refusals if label.isVisible()]
        if said:
            raise Stuck(f"{text} is refused in {form}: {said}")

    def _write_line(self, box: QWidget, text: str) -> None:
        if not box.isVisible():
            raise Stuck("there is no box for the number")
        self.click(box)
        self.press(Key.Key_A, modifiers=CTRL)
        self.type(text)
        self.press(Key.Key_Return)
        settle()

    # --- cells -----------------------------------------------------------------------------------

    def grid(self, port: str, at: Index) -> TensorGrid:
        """Return the grid of a cell, brought onto the board if it is not to be seen."""
        shape = self.lab.shown.shapes[port]
        name = planes.plane_name(port, at[2:]) if len(planes.planes(port, shape)) > 1 else port
        grid = self._grid(name)
        for _ in range(40):
            if grid.isVisible():
                return grid
            self._turn_towards(port, at[2:])
            grid = self._grid(name)
        raise Stuck(f"{name} can't be brought onto the board")

    def _grid(self, name: str) -> TensorGrid:
        settle()
        grid = self.lab.board.findChild(TensorGrid, name)
        if grid is None:
            raise Stuck(f"there is no grid {name}")
        return grid

    def _turn_towards(self, port: str, wanted: Index) -> None:
        """Turn one plane on with Ctrl+Page Down, or back, as the sheets of a spreadsheet are."""
        seen = [grid for grid in self._grids(port) if grid.isVisible()]
        if not seen:
            raise Stuck(f"no grid of {port} is on the board")
        here = min(seen, key=lambda grid: _distance(grid.tensor_model.suffix, wanted))
        way = wanted[-1] - here.tensor_model.suffix[-1]
        if way == 0:  # a filter's plane stands beside its channel of the input
            self._turn_towards("x", wanted[:1])
            return
        self.bring_keyboard_to(here)
        self.press(Key.Key_PageDown if way > 0 else Key.Key_PageUp, modifiers=CTRL)

    def _grids(self, port: str) -> Iterator[TensorGrid]:
        for grid in self.lab.board.findChildren(TensorGrid):
            if re.fullmatch(rf"{port}(\[[\d,]+\])?", grid.objectName()):
                yield grid

    def cell(self, grid: TensorGrid, at: Index) -> tuple[int, int]:
        """Return the row and the column of a tensor's cell in its grid."""
        cell = grid.tensor_model.cell_of(at)
        assert cell is not None
        return cell

    def click_cell(self, grid: TensorGrid, at: Index) -> None:
        """Click a cell; one that is scrolled out of sight is brought into it first."""
        index = grid.model().index(*self.cell(grid, at))
        grid.scrollTo(index)
        self.click(grid.viewport(), grid.visualRect(index).center())

    def write(self, port: str, at: Index, text: str) -> None:
        """Click a cell, type into it and press Enter; a switch is turned over by the click."""
        grid = self.grid(port, at)
        self.click_cell(grid, at)
        if not grid.tensor_model.switches:
            self.type(text)
            self.press(Key.Key_Return)
        settle()

    # --- events, as the screen sends them --------------------------------------------------------

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        """Click a place in the window that a widget has there."""
        place = widget.rect().center() if at is None else at
        inside = widget.visibleRegion().contains(place)
        if not inside:
            raise Stuck(f"{widget.objectName() or type(widget).__name__} is out of sight")
        QTest.mouseClick(self.window.windowHandle(), LEFT, NONE, widget.mapTo(self.window, place))
        settle()

    def bring_keyboard_to(self, widget: QWidget) -> None:
        """Bring the keyboard to a widget, as Tab would, and it into sight."""
        above = widget.parentWidget()
        while above is not None:
            if isinstance(above, QScrollArea):
                above.ensureWidgetVisible(widget)
            above = above.parentWidget()
        settle()
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        if not widget.isVisible() or not widget.hasFocus():
            raise Stuck(f"the keyboard can't come to {widget.objectName()}")

    def _dismiss(self) -> None:
        """Take messages away, so that the next one is a new one."""
        for notice in self.window.findChildren(Notice):
            notice.hide()


def _distance(one: Index, other: Index) -> int:
    return sum(abs(a - b) for a, b in zip(one, other, strict=True))
