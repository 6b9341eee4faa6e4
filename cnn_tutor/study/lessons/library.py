"""All lessons that there are: those that come with the program, and those that a teacher opened."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cnn_tutor.bundled import bundled
from cnn_tutor.project.plain_text import blank
from cnn_tutor.study import words
from cnn_tutor.study.lessons.language.fault import LessonError
from cnn_tutor.study.lessons.progress import Progress

if TYPE_CHECKING:
    from cnn_tutor.study.lessons.lesson import Lesson

PREFIX = "lesson_"
OWN_PREFIX = "own_"


@dataclass(frozen=True, eq=False)
class Entry:
    """A lesson in the list of chapters; the whole of it is read when it is first asked for."""

    key: str
    path: Path

    @property
    def title(self) -> str:
        """Its name in the language that is spoken now; that of its file if it can't be told."""
        if self._read is not None:
            return self._read.title
        title = self._head.get("title")
        sides = title if isinstance(title, dict) else {}
        said = sides.get(words.language(), next(iter(sides.values()), None))
        return said if isinstance(said, str) and not blank(said) else self.path.stem

    @property
    def lab(self) -> str:
        """The key of the preset on the same topic; empty for none."""
        return self._read.lab if self._read is not None else str(self._head.get("lab", ""))

    @property
    def order(self) -> int:
        """Its place among those that come with the program."""
        order = self._head.get("order")
        return order if isinstance(order, int) else 0

    @cached_property
    def lesson(self) -> Lesson:
        """The lesson itself.

        Raises:
            LessonError: if its file is not sound.
        """
        from cnn_tutor.study.lessons.reader import read  # not before a lesson is opened

        return read(self.path, self.key)

    @property
    def _read(self) -> Lesson | None:
        return self.__dict__.get("lesson")

    @cached_property
    def _head(self) -> Mapping[str, Any]:
        """What stands in the file before its first table: reading all of it would take too long.

        It is empty where that can't be read; what is wrong is said when the lesson is opened.
        """
        try:
            text = self.path.read_text("utf-8-sig")
            head = re.split(r"^\s*\[", text, maxsplit=1, flags=re.MULTILINE)[0]
            try:
                return tomllib.loads(head)
            except tomllib.TOMLDecodeError:  # a bracket within a text
                return tomllib.loads(text)
        except (OSError, ValueError, RecursionError):
            return {}


class Library(Mapping[str, Entry]):
    """Lessons by their keys, in the order in which they are listed, the teacher's own ones last."""

    def __init__(self) -> None:
        found = [Entry(PREFIX + path.stem, path) for path in bundled("lessons").glob("*.toml")]
        self._entries = {entry.key: entry for entry in sorted(found, key=lambda e: e.order)}
        self._own: dict[str, Entry] = {}
        self._keys: dict[str, Path] = {}

    @property
    def own(self) -> Mapping[str, Entry]:
        """The lessons that were opened from files."""
        return dict(self._own)

    def open(self, path: Path, key: str = "") -> Entry:
        """Add the lesson of a file, or read it anew if it is there already.

        ``key`` is the one that it had before, at an earlier start; no other lesson gets it, even
        if the file can't be read now, or a learner's progress would go over to that one.

        Raises:
            LessonError: if the file is not sound; nothing is listed then.
        """
        path = path.absolute()
        known = next((k for k, taken in self._keys.items() if taken == path), "")
        entry = Entry(known or key or self._free_key(path.stem), path)
        self._keys[entry.key] = path
        _ = entry.lesson
        self._own[entry.key] = entry
        return entry

    def expect(self, path: Path, key: str) -> None:
        """Keep a key for the lesson of a file that is not opened now, as :meth:`open` does."""
        self._keys[key] = path.absolute()

    def close(self, key: str) -> None:
        """Take a lesson that was opened from a file out of the list; its file stays."""
        self._own.pop(key, None)

    def kinds_met(self, progress: Progress) -> set[str]:
        """Return the kinds of layer on the boards of all steps that a learner has done."""
        found: set[str] = set()
        for key, entry in self.items():
            done = progress.done(key)
            if done:
                with suppress(LessonError):  # the file of a teacher's lesson may be another by now
                    found |= entry.lesson.kinds(done)
        return found

    def lesson_of(self, origin: str) -> tuple[Lesson, int] | None:
        """Return the lesson and the step that a project came from; None if it came from none."""
        key, _, step = origin.partition("/")
        entry = self._entries.get(key) or self._own.get(key)
        if entry is None or step not in (known.key for known in entry.lesson.steps):
            return None
        return entry.lesson, entry.lesson.place(step)

    def __getitem__(self, key: str) -> Entry:
        return self._own[key] if key in self._own else self._entries[key]

    def __iter__(self) -> Iterator[str]:
        yield from (*self._entries, *self._own)

    def __len__(self) -> int:
        return len(self._entries) + len(self._own)

    def _free_key(self, stem: str) -> str:
        """A key that no other lesson has; it stands in saved files, so it has no path in it."""
        base = OWN_PREFIX + (re.sub(r"\W+", "_", stem)[:40] or "lesson")
        names = [base, *(f"{base}_{n}" for n in range(2, len(self._keys) + 3))]
        return next(name for name in names if name not in self._keys)
