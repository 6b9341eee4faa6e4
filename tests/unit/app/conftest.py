"""The fixtures of the window."""

from tests.helpers.windows import _no_hurry, lesson, player, window

__all__ = ["_no_hurry", "lesson", "player", "window"]
