"""Does a lesson and an exercise as who can't see them: by keys, and by what a screen reader says.

    xvfb-run dbus-run-session -- python -m tests.end_to_end.spoken en

The program runs in a process and a window of its own. Keys go to the screen's server, and what is
spoken comes over the accessibility bus, as Orca gets it; it is printed. Every number is computed
from what was heard, and nothing is known of the board. This needs a display, a session bus, and
HOME to be an empty folder. It exits with 0 if all could be done.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

from cnn_tutor.study import numbers, words
from cnn_tutor.study.exercise import Exercise
from cnn_tutor.study.exercises.code import encode
from cnn_tutor.study.exercises.generator import generate
from cnn_tutor.study.glossary import plain
from cnn_tutor.study.grading.feedback import about_all, about_cell
from cnn_tutor.study.grading.grading import grade
from cnn_tutor.study.lessons.library import Library
from cnn_tutor.widgets.announcing import spoken
from tests.helpers.hanging import HANGS

SYSTEM_PYTHON = "/usr/bin/python3"
LISTENER = Path(__file__).with_name("listener.py")
FIRST = "lesson_convolution"
EXERCISE = ("one_output_cell", "conv2d", 1, 1)
Cell = tuple[int, int]


class Student:
    """Presses keys, and hears what is said to that."""

    def __init__(self, heard: queue.Queue[tuple[str, str]]) -> None:
        self._heard = heard

    def press(self, *keys: str) -> None:
        """Press keys, or several at once, as in ``"alt+Next"``."""
        for key in keys:
            print(f"[{key}]")
            xdotool("key", key)

    def type(self, text: str) -> None:
        """Write a text, and press Enter."""
        print(f"[{text}]")
        xdotool("type", "--", text)
        self.press("Return")

    def hear(self, kind: str, *texts: str) -> str:
        """Listen until something of a kind is said that has these texts in it, and return it."""
        while True:
            try:
                news, said = self._heard.get(timeout=HANGS)
            except queue.Empty:
                raise AssertionError(f"not heard: {kind}: {texts}") from None
            print(f"{news}: {said}")
            if news == kind and all(text in said for text in texts):
                return said

    def cell(self, table: str = "", at: Cell | None = None) -> tuple[str, Cell, float]:
        """Listen until the keyboard is at a cell; return its table, its place and its number."""
        place = re.escape(words.say("layers.value_at", row="@", column="@", value="@"))
        pattern = re.compile("(.+), " + place.replace("@", r"(−?[\d.]+)") + ", table cell")
        while True:
            found = pattern.fullmatch(self.hear("focus", table))
            if found is not None:
                here, number = (int(found[2]), int(found[3])), numbers.parse(found[4])
                if at in (None, here):
                    return found[1], here, number

    def read_grid(self, table: str) -> tuple[Cell, dict[Cell, float]]:
        """Go through all cells of the grid before this one; return its size and its numbers."""
        self.press("ctrl+shift+Tab")
        name, here, number = self.cell(table)
        size = re.search(r"(\d+)×(\d+)", name)
        high, wide = (int(size[1]), int(size[2])) if size else (1, 1)
        found = {here: number}
        if here != (0, 0):
            self.press("ctrl+Home")
            found[0, 0] = self.cell(table, (0, 0))[2]
        for row in range(high):
            columns = range(1, wide) if row % 2 == 0 else range(wide - 2, -1, -1)
            for column in columns:
                self.press("Right" if row % 2 == 0 else "Left")
                found[row, column] = self.cell(table, (row, column))[2]
            if row + 1 < high:
                self.press("Down")
                there = row + 1, wide - 1 if row % 2 == 0 else 0
                found[there] = self.cell(table, there)[2]
        return (high, wide), found


def xdotool(*arguments: str) -> None:
    subprocess.run(["xdotool", *arguments], check=True, timeout=HANGS, stdout=subprocess.DEVNULL)


_TRIES = 20
"""How often a window is looked for that can be given the keyboard."""


def come_to_window() -> None:
    """Give the program the keyboard, as a window manager would."""
    search = ("search", "--sync", "--onlyvisible", "--name", "CNN Tutor")
    for _ in range(_TRIES):  # one that is found may be closing
        with contextlib.suppress(subprocess.CalledProcessError):
            xdotool(*search, "windowfocus", "--sync")
            return
    raise AssertionError("no window stays")


def do_lesson(student: Student) -> None:
    """Go through four steps; the last one has a task, which is answered wrongly and rightly."""
    lesson = Library()[FIRST].lesson
    for step in lesson.steps[:4]:
        if step.task is not None:  # the keyboard comes to where it is answered
            asked = words.say("layers.asked_at", row=0, column=2)
            student.hear("focus", words.say("layers.output"), asked)
        said = student.hear("says", spoken(plain(words.pick(step.caption))))
        if step.task is None:
            student.press("alt+Next")
    task = lesson.steps[3].task
    assert task is not None
    assert plain(words.pick(task.say)) in said

    products = products_heard(student)
    student.press("ctrl+Tab")
    student.hear("focus", asked)
    student.type(f"{sum(products) + 1:g}")
    student.hear("says", words.pick(task.not_yet))
    student.type(f"{sum(products):g}")
    student.hear("says", words.say("lessons.done"))
    student.press("alt+Next")
    student.hear("says", spoken(plain(words.pick(lesson.steps[4].caption))))


def products_heard(student: Student) -> list[float]:
    """Go to the products of the output that is asked for, and return what they come to."""
    table = words.say("layers.products")
    student.press("ctrl+shift+Tab")
    found = [re.search(r"= (\S+), table cell", student.hear("focus", table, "table cell"))]
    for keys in ("Right",) * 2, ("Down", "Left", "Left"), ("Down", "Right", "Right"):
        for key in keys:
            student.press(key)
            found.append(re.search(r"= (\S+), table cell", student.hear("focus", "table cell")))
    assert all(found), "a product is not told"
    return [numbers.parse(each[1]) for each in found if each is not None]


def do_exercise(student: Student) -> None:
    """Compute an output with the filter turned round, hear what was wrong, and put it right."""
    exercise = generate(*EXERCISE)
    student.press("ctrl+g")
    student.hear("focus", "text")
    student.type(encode(exercise))
    student.hear("left")
    come_to_window()
    said = student.hear("says", spoken(plain(words.pick(exercise.prompt))))
    asked = re.search(r"\[(\d+), (\d+)\]", said)
    assert asked is not None
    row, column = int(asked[1]), int(asked[2])

    _, bias = student.read_grid(words.say("layers.bias"))
    (high, wide), kernel = student.read_grid(words.say("layers.kernel"))
    _, x = student.read_grid(words.say("layers.x"))
    for name in ("kernel", "bias", "output"):
        student.press("ctrl+Tab")
        student.hear("focus", words.say(f"layers.{name}"), "table cell")

    def computed(turned: bool) -> str:
        """Return what comes out, with the filter as it is or turned round."""
        total = bias[0, 0]
        for (i, j), weight in kernel.items():
            meets = (high - 1 - i, wide - 1 - j) if turned else (i, j)
            total += weight * x[row + meets[0], column + meets[1]]
        return f"{total:g}"

    student.type(computed(turned=True))
    student.hear("says", *verdict(exercise, computed(turned=True)))
    student.press("h")
    ends = {"top": row, "bottom": row + high - 1, "left": column, "right": column + wide - 1}
    window = words.say("layers.spoken_window", **ends)
    student.hear("says", words.say("drill.hint", tier=1), window)
    student.type(computed(turned=False))
    student.hear("says", *verdict(exercise, computed(turned=False)))
    student.press("Return")
    student.hear("says", words.say("drill.round_over_title"))


def verdict(exercise: Exercise, written: str) -> tuple[str, ...]:
    """Return what is to be said of an answer."""
    entries = {blank.name: written for blank in exercise.blanks}
    found = grade(exercise, entries)
    if found.right:
        return (words.pick(about_all(found)),)
    (name,) = entries
    return (spoken(plain(words.pick(about_cell(exercise, found, entries, name)))),)


@contextlib.contextmanager
def heard() -> Iterator[queue.Queue[tuple[str, str]]]:
    """Listen as long as it lasts, and hand on what is heard."""
    listener = subprocess.Popen([SYSTEM_PYTHON, str(LISTENER)], stdout=subprocess.PIPE, text=True)
    found: queue.Queue[tuple[str, str]] = queue.Queue()

    def listen() -> None:
        assert listener.stdout is not None
        for line in listener.stdout:
            found.put(tuple(json.loads(line)))

    threading.Thread(target=listen, daemon=True).start()
    try:
        assert found.get(timeout=HANGS)[0] == "ready"
        yield found
    finally:
        listener.terminate()
        listener.wait()


@contextlib.contextmanager
def program(language: str) -> Iterator[None]:
    """Have the program open on the first lesson, for a screen reader from its start."""
    command = ["-m", "cnn_tutor", "--open", FIRST, "--lang", language, "--size", "1280x720"]
    listened_to = {"QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1", "QT_QPA_PLATFORM": "xcb"}
    running = subprocess.Popen([sys.executable, *command], env=os.environ | listened_to)
    try:
        come_to_window()
        yield
    finally:
        running.terminate()
        running.wait()


def main(language: str) -> None:
    """Do it all in a language; AssertionError if something that is needed is not said."""
    words.speak(language)
    with heard() as news, program(language):
        student = Student(news)
        do_lesson(student)
        do_exercise(student)


if __name__ == "__main__":
    main(sys.argv[1])
