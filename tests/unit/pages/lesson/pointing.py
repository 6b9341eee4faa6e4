"""What the tests of the frames share: a lab in which something is pointed at, and its frames."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect
from PySide6.QtWidgets import QApplication, QWidget

from cnn_tutor.pages.lesson.target_frame import TargetFrame
from cnn_tutor.project.project import Project
from cnn_tutor.study.lessons.language.target import CELLS, Target
from tests.helpers.boards import place

MOST, LEAST = 4, 1
"""How far outside of its target a frame can be, in pixels."""


def pointing(drive, project: Project | str, *targets: Target):
    """Open a lab and point at something in it."""
    driver = drive(project)
    lab = driver.lab
    parts = (lab.views, lab.inspector, lab.layer_row, lab.player)
    driver.target_frame = TargetFrame(lab, lab.state, *parts)
    settle()
    driver.target_frame.show_targets(targets)
    settle()
    return driver


def box(*parts: tuple[int, int]) -> tuple[slice, ...]:
    return tuple(slice(*part) for part in parts)


def cells(name: str, *parts: tuple[int, int]) -> Target:
    return Target(CELLS, name, box(*parts))


def settle() -> None:
    for _ in range(4):
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def on_screen(driver, name: str, first: tuple[int, int], last: tuple[int, int]) -> QRect:
    """Return where a block of a grid's cells is in the lab, as the table has painted it."""
    grid = driver.grid(name)
    model = grid.model()
    rect = grid.visualRect(model.index(*first)).united(grid.visualRect(model.index(*last)))
    seen = rect.intersected(grid.viewport().rect())
    return QRect(grid.viewport().mapTo(driver.lab, seen.topLeft()), seen.size())


def fits(frame: QRect, target: QRect) -> bool:
    """Say whether a frame is closely around a target, the same distance on all sides."""
    out = target.left() - frame.left()
    return LEAST <= out <= MOST and frame == target.adjusted(-out, -out, out, out)


def only(driver) -> QRect:
    (rect,) = driver.target_frame.rects
    return rect


def around(driver, widget: QWidget) -> bool:
    """Say whether the only frame is around all of a widget, and not far from it."""
    rect, inside = only(driver), place(driver, widget)
    return rect.contains(inside) and inside.adjusted(-MOST, -MOST, MOST, MOST).contains(rect)
