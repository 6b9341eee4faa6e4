"""Looks at every page in letters of any size, in windows of any size, zoomed and presented.

Nothing may be cut off, lie over its neighbour or lack a name. A plain run takes each page once, in
one frame after the other, and a few pages on screens of more dots; CNN_TUTOR_LONG=1 takes every
page in every frame.
"""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from cnn_tutor.app.main_window import MainWindow
from cnn_tutor.study import words
from cnn_tutor.study.boards.presets import presets
from cnn_tutor.study.exam import EXAM
from cnn_tutor.study.practice import PRACTICE, RESULTS
from tests.end_to_end.looks import window
from tests.helpers.lesson_window import settle
from tests.helpers.letters import ask_for
from tests.helpers.looking import faults_of

__all__ = ["window"]

POINTS = (9, 12, 16, 20)
SIZES = ((1120, 640), (1280, 720), (1366, 768), (1920, 1080), (2560, 1440))
ZOOMS = (60, 100, 200, 300)
SCALES = (1.5, 2)
PAGES = (*presets(), PRACTICE, EXAM, RESULTS, "lesson_convolution", "lesson_network")
FEW = ("convolution", "rgb", PRACTICE)
SCALED = "CNN_TUTOR_SCALED"
"""Set in the environment where only the few pages are wanted."""


@dataclass(frozen=True)
class Frame:
    points: int
    size: tuple[int, int]
    zoom: int
    presents: bool

    def __str__(self) -> str:
        shown = "-presented" if self.presents else ""
        return f"{self.points}pt-{self.size[0]}x{self.size[1]}-{self.zoom}%{shown}"


FRAMES = [Frame(*given) for given in itertools.product(POINTS, SIZES, ZOOMS, (False, True))]
STRIDE = 7
"""Frames that follow each other in a plain run are so far apart: it meets every size and zoom."""


def plain_run() -> list[tuple[Frame, str, str]]:
    """Each page once, and both languages in turn."""
    return [
        (FRAMES[place * STRIDE % len(FRAMES)], page, words.LANGUAGES[place % 2])
        for place, page in enumerate(FEW if SCALED in os.environ else PAGES)
    ]


def look(window: MainWindow, monkeypatch: pytest.MonkeyPatch, frame: Frame, page: str) -> list[str]:
    ask_for(monkeypatch, frame.points)
    window.resize(*frame.size)
    window.framing.show_zoom(frame.zoom)
    window.framing.present(frame.presents, full_screen=False)
    window.open_chapter(page)
    settle()
    window.lab.finish()
    settle()
    assert window.size().toTuple() == frame.size
    return faults_of(window)


@pytest.mark.parametrize(("frame", "page", "language"), plain_run(), ids=str)
def test_all_finds_room(window, monkeypatch, frame, page, language) -> None:
    window.set_language(language)
    faults = look(window, monkeypatch, frame, page)
    assert not faults, "\n".join(faults)


@pytest.mark.long
@pytest.mark.parametrize("frame", FRAMES, ids=str)
def test_all_of_every_page_finds_room(window, monkeypatch, frame) -> None:
    faults = []
    for language, page in itertools.product(words.LANGUAGES, PAGES):
        window.set_language(language)
        found = look(window, monkeypatch, frame, page)
        faults += [f"{language} {page}: {fault}" for fault in found]
    assert not faults, "\n".join(faults)


@pytest.mark.skipif(SCALED in os.environ, reason="runs this file itself")
@pytest.mark.parametrize("scale", SCALES)
def test_all_finds_room_on_screens_of_more_dots(scale) -> None:
    """Qt reads the scale once, as it starts."""
    known = {**os.environ, "QT_SCALE_FACTOR": str(scale), SCALED: "1"}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", __file__]
    root = Path(__file__).parents[2]
    done = subprocess.run(command, env=known, cwd=root, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
