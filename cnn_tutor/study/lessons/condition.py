"""What a task asks for: a sentence about what the learner has before them that is true or not."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from cnn_tutor.engine.layer import Array
from cnn_tutor.study.lessons import literal
from cnn_tutor.study.lessons.fault import LessonError
from cnn_tutor.study.lessons.scene import Scene
from cnn_tutor.study.lessons.subject import AT, CHANGES, Subject

_FORM = re.compile(r"(?P<left>.+?)\s*(?P<sign><=|>=|!=|=|<|>)\s*(?P<right>.+)")
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
    or another subject.
    """

    text: str
    left: Subject
    sign: str
    right: str

    @classmethod
    def parse(cls, text: str) -> Condition:
        """Read one as it is written in a lesson; raises LessonError for what is none."""
        state = _STATE.fullmatch(text.strip())
        if state:
            left = Subject.parse(f"{state['left']}.{CHANGES}")
            return cls(text, left, ">" if state["state"] == "changed" else "=", "0")
        found = _FORM.fullmatch(text.strip())
        if found is None:
            raise LessonError("lesson_condition", text=text.strip()[:60])
        return cls(text, Subject.parse(found["left"]), found["sign"], found["right"])

    def holds(self, scene: Scene, start: Scene) -> bool:
        """Say whether it is so; ``start`` is the scene as the step began.

        Raises:
            LessonError: if it speaks of what is not there.
        """
        value = self.left.value(scene, start)
        if isinstance(value, np.ndarray) or (
            isinstance(value, float) and not self.left.is_setting(scene)
        ):
            return self._compares(np.asarray(value), self._number(scene, start))
        same = value == literal.setting(self.right, value) or value == self.right
        if isinstance(value, str) and not same:
            same = value.split() == self.right.replace(",", " ").split()
        if self.sign not in ("=", "!="):
            raise LessonError("lesson_condition", text=self.text.strip()[:60])
        return bool(same) == (self.sign == "=")

    def _number(self, scene: Scene, start: Scene) -> Array:
        found = literal.rows(self.right)
        if found is None:
            found = np.asarray(Subject.parse(self.right).value(scene, start))
            if found.dtype.kind != "f":
                raise LessonError("lesson_condition", text=self.text.strip()[:60])
        return found.reshape(()) if found.size == 1 else found

    def _compares(self, left: Array, right: Array) -> bool:
        if self.left.name == AT and right.size < left.size:
            left = left[: right.size]  # axes that are not given may be anywhere
        if right.ndim and left.size != right.size:
            return False
        right = right.reshape(left.shape) if right.ndim else right
        near = np.isclose(left, right, rtol=_NEAR, atol=_NEAR)
        if self.sign in ("=", "!="):
            return bool(near.all()) == (self.sign == "=")
        strict = self.sign in ("<", ">")
        ordered = _ORDERS[self.sign](left, right)
        return bool((ordered & ~near).all() if strict else (ordered | near).all())
