"""What is kept when the window is closed, for the next start to put it back."""

from __future__ import annotations

from collections.abc import Callable

from cnn_tutor.app.settings.preferences import Preferences
from cnn_tutor.app.window_parts import WindowParts
from cnn_tutor.document.guarded import report
from cnn_tutor.engine.errors import Refusal
from cnn_tutor.project.project import Project
from cnn_tutor.study import words


class Closing:
    """Keeps the window's place, the open file or chapter, and work that is in no file.

    Whatever can't be kept is said as soon as that is known, and not only at the end.
    """

    def __init__(self, parts: WindowParts, preferences: Preferences | None) -> None:
        self._parts, self._preferences = parts, preferences
        self._reported: Project | None = None
        self._reported_answers = False
        self._closing = False
        self._faults: list[str] = []
        if preferences is not None:
            preferences.report = self._report
            # At once, as not every end is one that is announced.
            parts.document.replaced.connect(self._remember_place)
            parts.files.file.path_changed.connect(self._remember_place)
        if parts.autosave is not None:
            parts.autosave.failed.connect(self._report)

    def holds(self) -> bool:
        """Put everything away; return whether the window has to stay for the learner to decide.

        The work goes first, and no error in anything else keeps it from being kept.
        """
        parts, work = self._parts, self._parts.autosave
        self._closing, self._faults = True, []
        _tried(parts.files.file.look)
        if work is not None:
            _tried(work.keep)
        _tried(lambda: parts.lab.playback.pause())
        _tried(parts.files.finish_typing)
        _tried(self._remember)
        self._note_answers()
        self._closing = False
        if self._faults or self._fails_to_keep():
            # Who closes the window again, with the same work in it, has read it.
            parts.report(" ".join([*self._faults, words.say("kept.close_again")]))
            return True
        if work is not None:
            _tried(work.release)
        _tried(parts.practice.close)
        return False

    def _fails_to_keep(self) -> bool:
        """Keep the work as that of a program that was closed; note why not, unless it was said."""
        project, work = self._parts.document.project, self._parts.autosave
        error = _tried(lambda: work.keep(closing=True)) if work is not None else None
        if error is None or self._reported is project:
            return False
        self._reported = project
        if not isinstance(error, Refusal):
            error = Refusal("unexpected", error=type(error).__name__)
        self._faults.append(words.explain(error))
        return True

    def _note_answers(self) -> None:
        """Try answers once more that could not be kept; note why not, unless that was said."""
        error = _tried(self._parts.practice.keep_waiting)
        if isinstance(error, Refusal) and not self._reported_answers:
            self._faults.append(f"{words.say('drill.not_yet')} {words.explain(error)}")
        self._reported_answers = error is not None

    def _remember(self) -> None:
        preferences = self._preferences
        if preferences is None:
            return
        preferences.geometry = self._parts.parent.saveGeometry()
        self._remember_place()
        preferences.flush()

    def _remember_place(self) -> None:
        if self._preferences is not None:
            self._preferences.open_path = self._parts.files.file.path
            self._preferences.chapter = self._parts.document.project.origin

    def _report(self, refusal: Refusal) -> None:
        if self._closing:  # all of it is said at the end
            self._faults.append(words.explain(refusal))
        else:
            self._parts.report(words.explain(refusal))


def _tried(step: Callable[[], object]) -> Exception | None:
    """Do something; return its error if there is one, reported if nobody expected it."""
    try:
        step()
    except Exception as error:
        if not isinstance(error, Refusal):
            report(error)
        return error
    return None
