"""What a task asks for: a sentence about what the learner has before them that is true or not."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from cnn_tutor.engine.arrays import Array
from cnn_tutor.study.boards.views import VIEWS
from cnn_tutor.study.lessons.language import literal
from cnn_tutor.study.lessons.language.fault import LessonError
from cnn_tutor.study.lessons.language.scene import Scene
from cnn_tutor.study.lessons.language.subject import AT, CHANGES, VIEW, Subject, Value

_SIGN = re.compile(r"<=|>=|!=|=|<|>")
_STATE = re.compile(r"(?P<left>\S+)\s+(?P<state>changed|unchanged)")

_ORDERS: dict[str, Callable[[Array, Array], Array]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_NEAR = 1e-9


@dataclass(frozen=True)
class Condition:
    """Something that holds or does not, such as ``output[1,1] = 3`` or ``kernel changed``.

    Of several cells it has to hold for each. The right side is a number, numbers in rows, a word,
    or another subject. A setting, a word and the place that is looked at are one thing each:
    ``!=`` only says that it is another one.
    """

    text: str
    left: Subject
    sign: str
    right: str

    @classmethod
    def parse(cls, text: str) -> Condition:
        """Read one as it is written in a lesson; raises LessonError for what is none."""
        plain = text.strip()
        state = _STATE.fullmatch(plain)
        if state:
            left = Subject.parse(f"{state['left']}.{CHANGES}")
            return cls(text, left, ">" if state["state"] == "changed" else "=", "0")
        sign = _SIGN.search(plain)
        right = plain[sign.end() :].strip() if sign else ""
        if sign is None or not plain[: sign.start()].strip() or right[:1] in ("", *"=<>!"):
            raise LessonError("lesson_condition", text=plain[:60])
        subject = Subject.parse(plain[: sign.start()])
        if subject == Subject("", VIEW, ()) and right not in VIEWS:
            raise LessonError("lesson_view", text=right[:40], known=", ".join(VIEWS))
        return cls(text, subject, sign[0], right)

    def holds(self, scene: Scene, start: Scene) -> bool:
        """Say whether it is so; ``start`` is the scene as the step began.

        Raises:
            LessonError: if it speaks of what is not there, or of another number of cells.
        """
        value = self.left.value(scene, start)
        if isinstance(value, bool):
            return self._is(value == literal.switch(self.right))
        number = literal.rows(self.right)
        if number is None and (isinstance(value, str) or _by_side(value)):
            said = value.split() if isinstance(value, str) else []
            return self._is(said == self.right.replace(",", " ").split())
        if isinstance(value, str):
            value = self.left.pads(scene, start)
        if number is None:
            number = self._other(scene, start)
        left = np.asarray(value, np.float64)
        if self.left.name != AT and not self.left.meant(start).is_tensor(scene):
            left = left.ravel()  # of padding top, bottom, left and right
            return self._of_one_thing(left, number)
        if self.left.name == AT and not self.left.measure:
            return self._of_one_thing(left[: number.size], number)  # other axes may be anywhere
        return bool(self._compared(left, number, self.sign).all())

    def _is(self, same: bool) -> bool:
        if self.sign not in ("=", "!="):
            raise LessonError("lesson_condition", text=self.text.strip()[:60])
        return same == (self.sign == "=")

    def _other(self, scene: Scene, start: Scene) -> Array:
        found = Subject.parse(self.right).value(scene, start)
        if isinstance(found, str | bool):
            raise LessonError("lesson_condition", text=self.text.strip()[:60])
        return np.asarray(found, np.float64)

    def _of_one_thing(self, left: Array, right: Array) -> bool:
        if self.sign == "!=":
            return not self._compared(left, right, "=").all()
        return bool(self._compared(left, right, self.sign).all())

    def _compared(self, left: Array, right: Array, sign: str) -> Array:
        if right.size not in (1, left.size):
            raise LessonError("lesson_count", expected=left.size, found=right.size)
        right = right.reshape(()) if right.size == 1 else right.reshape(left.shape)
        near: Array = np.isclose(left, right, rtol=_NEAR, atol=_NEAR)
        if sign in ("=", "!="):
            return near if sign == "=" else ~near
        ordered = _ORDERS[sign](left, right)
        return ordered & ~near if sign in ("<", ">") else ordered | near


def _by_side(value: Value) -> bool:
    return isinstance(value, tuple) and any(isinstance(axis, tuple) for axis in value)
