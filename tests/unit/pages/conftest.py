"""A board to work at, and the fixtures of the window."""

from tests.helpers.driver import drive
from tests.helpers.windows import _no_hurry, lesson, player, window

__all__ = ["_no_hurry", "drive", "lesson", "player", "window"]
