"""Keeps errors in the methods of ours that Qt calls from getting into Qt."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, wraps
from types import FunctionType
from typing import Any

from PySide6.QtCore import QObject

from cnn_tutor.document.guarded import report

_OURS = "cnn_tutor."
_QT = "PySide6."
_NOTHING = {"None": None, "Any": None, "bool": False, "int": 0, "str": ""}
"""What is given back instead, by the type that a method says it returns."""

Method = Callable[..., Any]


class GuardedOverrides:
    """Guards every override of a method of Qt's, in all classes that there are and will be.

    An error that is let out of an event handler, a paint method or a model is carried by PySide
    through Qt to the next Python code that called Qt, however far that is, and raised there; on
    the way painters stay open and other overrides fail by it, and the process may end. Here it is
    reported where it strikes, and Qt gets what its own method would have given.
    """

    def __init__(self) -> None:
        self._replaced: list[tuple[type, str, Method]] = []

    def install(self) -> None:
        """Guard all overrides from now on."""
        for each in set(_all_below(QObject)):
            if each.__module__.startswith(_OURS):
                self._guard(each)

        def follow(cls: type, /, **_: Any) -> None:
            if cls.__module__.startswith(_OURS):
                self._guard(cls)

        # Pages that few starts need are imported later.
        setattr(QObject, "__init_subclass__", classmethod(follow))  # noqa: B010

    def remove(self) -> None:
        """Put every class back as it was."""
        if "__init_subclass__" in vars(QObject):
            delattr(QObject, "__init_subclass__")
        for owner, name, method in self._replaced:
            setattr(owner, name, method)
        self._replaced.clear()

    def _guard(self, owner: type) -> None:
        bases = [vars(base) for base in owner.__mro__ if base.__module__.startswith(_QT)]
        for name, method in list(vars(owner).items()):
            if not isinstance(method, FunctionType) or name.startswith("_"):
                continue
            of_qt = next((base[name] for base in bases if name in base), None)
            if of_qt is not None:
                self._replaced.append((owner, name, method))
                setattr(owner, name, _guarded(method, of_qt))


def _all_below(kind: type) -> Iterator[type]:
    below: list[type] = kind.__subclasses__()
    for each in below:
        yield each
        yield from _all_below(each)


@cache  # PySide remembers methods without owning them, so a guard must live for ever
def _guarded(method: FunctionType, of_qt: Method) -> Method:
    returns = method.__annotations__.get("return", "None")

    @wraps(method)
    def safe(self: object, *arguments: Any) -> Any:
        try:
            return method(self, *arguments)
        except Exception as error:
            report(error)
        return _NOTHING[returns] if returns in _NOTHING else of_qt(self, *arguments)

    return safe
