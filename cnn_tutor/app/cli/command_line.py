"""The command line. Arguments are parsed, and the machine is looked over, before Qt is imported."""

from __future__ import annotations

import argparse
import logging
import os
import re
import sys
from collections.abc import Callable, Sequence
from typing import NoReturn

from cnn_tutor import __version__
from cnn_tutor.app.cli import preflight
from cnn_tutor.app.cli.exit_codes import EXIT_CANNOT_START, fault, flush
from cnn_tutor.app.errors.fatal_error import end_by
from cnn_tutor.engine.errors import Refusal
from cnn_tutor.project import limits
from cnn_tutor.project.plain_text import harmless
from cnn_tutor.study import words
from cnn_tutor.study.boards.presets import presets
from cnn_tutor.study.exam import COUNT, EXAM
from cnn_tutor.study.exercises.code import SEEDS
from cnn_tutor.study.lessons.library import Library
from cnn_tutor.study.practice import PRACTICE, RESULTS
from cnn_tutor.study.practice.mastery.skills import skills
from cnn_tutor.study.practice.worksheet import EXERCISE_LIMIT, MIX, PAPERS

_log = logging.getLogger(__name__)

_THEMES = ("light", "dark", "high-contrast", "high-contrast-white", "system")

GOES_WITH: dict[str, tuple[str, ...]] = {
    "--list": (),
    "--check": ("--lang",),
    "--worksheet": ("--skill", "--count", "--seed", "--paper", "--lang"),
    "--gradebook": ("--lang",),
    "--figure": ("FILE", "--open", "--step", "--answer", "--size", "--theme", "--lang"),
    "": (
        *("FILE", "--open", "--step", "--answer", "--screenshot"),
        *("--size", "--zoom", "--presentation", "--theme", "--lang"),
    ),
}
"""What is done instead of showing a page, and which options go with it; last those of a page.

``--verbose`` goes with everything.
"""

INSTALLATION = object()
"""What is looked over where no file is named."""
PAGES = (PRACTICE, EXAM, RESULTS)
"""The chapters that are neither lessons nor labs."""
FIGURES = (".svg", ".png", ".pdf", ".gif", ".webp")
"""How the name of a figure's file may end."""
_COUNT = 10
_DIGITS = 12
_FAULT_LIMIT = 400
"""Letters of a line that says what is wrong."""


def run(argv: Sequence[str] | None = None) -> int:
    """Do what the command line says and return the exit code: 0, 2 for a fault, 3 for no start.

    Raises:
        SystemExit: instead, for what argparse answers by itself.
    """
    try:
        return _answer(argv)
    except BrokenPipeError:  # who reads what is printed has seen enough
        return 0
    except Exception as error:
        return fault(end_by(error))
    finally:
        flush()


def _answer(argv: Sequence[str] | None) -> int:
    parser = _parser()
    options = parser.parse_args(argv)
    alone = _without_its_like(options)
    if alone:
        parser.error(alone)
    words.speak(options.lang or _system_language())
    if options.verbose:
        _print_log()
    _log.debug("CNN Tutor %s, Python %s, %s", __version__, sys.version, vars(options))
    return _done(options)


def _print_log() -> None:
    """Print what is logged to the standard error stream, but for what stands there anyway."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    handler.addFilter(lambda record: not getattr(record, "printed", False))
    package = logging.getLogger("cnn_tutor")
    package.setLevel(logging.DEBUG)
    package.addHandler(handler)


def _without_its_like(options: argparse.Namespace) -> str | None:
    """Return why an option would do nothing where it stands, or None."""
    given = [
        "FILE" if name == "file" else f"--{name}"
        for name, value in vars(options).items()
        if name != "verbose" and value is not None and value is not False
    ]
    done = next((name for name in GOES_WITH if name in given), "")
    fitting = GOES_WITH[done]
    for name in given:
        if name in (done, *fitting):
            continue
        if done:
            goes = f"with {', '.join(fitting)}" if fitting else "alone"
            return f"{name} can't go with {done}, which goes {goes}"
        return f"{name} goes with {next(other for other in GOES_WITH if name in GOES_WITH[other])}"
    coded = options.open is not None and _is_code(options.open)
    if options.answer is not None and not coded:
        return "--answer goes with --open and the code of an exercise"
    if options.step is not None and (coded or options.open in PAGES):
        return "--step goes with a lesson, another chapter or a file"
    return None


def _done(options: argparse.Namespace) -> int:
    """Do what the options say and return the exit code."""
    if options.list:
        print("\n".join(_chapters()))
        return 0
    if options.check is not None and options.check is not INSTALLATION:
        from cnn_tutor.app.cli.check import check_file

        return _report(check_file(options.check))
    wrong = _wrong(options)
    if wrong:
        return fault(wrong)
    without_window = (options.check, options.worksheet, options.gradebook) != (None, None, None)
    offscreen = bool(options.screenshot or options.figure) or without_window
    problem = preflight.problem(offscreen)
    if problem:
        return fault(problem, EXIT_CANNOT_START)
    if offscreen:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    if preflight.draws_alone():
        # The one of GTK ends the process where there is no display.
        os.environ.pop("QT_QPA_PLATFORMTHEME", None)
    if without_window:
        return _report(_done_without_window(options))
    from cnn_tutor.app.cli.session import Session

    return Session(options).run()


def _chapters() -> list[str]:
    return [*Library(), *presets(), *PAGES]


def _is_code(text: str) -> bool:
    from cnn_tutor.study.exercises.board_code import is_code  # few starts need it

    return is_code(text)


def _wrong(options: argparse.Namespace) -> str | None:
    """Return what can't be done of what the command line asks for, or None."""
    if options.open is not None and options.open not in _chapters():
        if not _is_code(options.open):
            return f"--open {_said(options.open)}: no such chapter; cnn-tutor --list names them"
        from cnn_tutor.study.exercise import NoExercise
        from cnn_tutor.study.exercises.board_code import exercise_of

        try:
            exercise_of(options.open)
        except Refusal as refusal:
            return f"--open: {words.explain(refusal)}"
        except NoExercise:
            return f"--open {options.open}: {words.explain(Refusal('exercise_unknown'))}"
    if options.open is not None and options.file is not None:
        file = _said(options.file)
        return f"--open {_said(options.open)}: a file is to be opened already, {file}"
    if options.figure is not None and not options.figure.lower().endswith(FIGURES):
        return f"--figure {_said(options.figure)}: {words.say('errors.figure_kind')}"
    if options.skill is not None and options.skill not in (known := (MIX, EXAM, *skills())):
        return f"--skill {_said(options.skill)}: no such skill; there are {', '.join(known)}"
    return None


def _done_without_window(options: argparse.Namespace) -> str | None:
    """Look over the installation, or write a file; return what went wrong, or None."""
    if options.check is not None:
        from cnn_tutor.app.cli.check import check_installation

        return check_installation()
    from cnn_tutor.app.cli import exports

    if options.gradebook is not None:
        return exports.export_gradebook(options.gradebook)
    skill = options.skill or MIX
    count = options.count or (COUNT if skill == EXAM else _COUNT)
    return exports.export_worksheet(options.worksheet, skill, count, options.seed, options.paper)


def _system_language() -> str:
    """The language of the terminal, as long as Qt is not there to ask."""
    names = (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return "ja" if next(filter(None, names), "").startswith("ja") else "en"


def _report(wrong: str | None) -> int:
    """Say what is wrong, or that nothing is, and return the exit code."""
    if wrong is None:
        print("OK")
        return 0
    return fault(wrong)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="cnn-tutor",
        description="Learn convolutional neural networks by computing them.",
    )
    parser.add_argument(
        "file",
        nargs="?",
        type=_path,
        metavar="FILE",
        help="a project (.cnnt) or a lesson (.toml) to open",
    )
    parser.add_argument(
        "--open",
        metavar="CHAPTER",
        help="start with a chapter, see --list, or with the exercise of a code",
    )
    parser.add_argument("--lang", choices=words.LANGUAGES, help="the language of the program")
    parser.add_argument("--theme", choices=_THEMES)
    parser.add_argument("--size", type=_size, metavar="WxH", help="the window's size in pixels")
    parser.add_argument(
        "--zoom",
        type=_whole(limits.MIN_ZOOM, limits.MAX_ZOOM),
        metavar="PERCENT",
        help=f"how large everything is drawn, {limits.MIN_ZOOM} to {limits.MAX_ZOOM}",
    )
    parser.add_argument(
        "--presentation", action="store_true", help="show the board alone, in large letters"
    )
    parser.add_argument(
        "--step",
        type=_whole(1, limits.MAX_STEP),
        metavar="N",
        help="go to step N of the playback or of the lesson, from 1",
    )
    parser.add_argument(
        "--screenshot",
        type=_path,
        metavar="OUT.png",
        help="draw the page into a file, without a display",
    )
    parser.add_argument(
        "--figure",
        type=_path,
        metavar="OUT.svg",
        help="draw the board alone into a file, .svg, .png or .pdf, or its playback, .gif or .webp",
    )
    parser.add_argument("--list", action="store_true", help="print the chapters' keys")
    parser.add_argument(
        "--check",
        nargs="?",
        const=INSTALLATION,
        type=_path,
        metavar="FILE",
        help="look over the installation, or one project or lesson file",
    )
    parser.add_argument(
        "--answer",
        nargs="+",
        metavar="N",
        help="write numbers into the blanks of the exercise that is opened, in order, and check",
    )
    parser.add_argument(
        "--worksheet",
        type=_path,
        metavar="OUT.pdf",
        help="print exercises and their answers into a PDF file",
    )
    parser.add_argument(
        "--gradebook",
        type=_path,
        metavar="OUT.csv",
        help="write the results of all learners into a table",
    )
    parser.add_argument(
        "--skill",
        metavar="KEY",
        help=f"what the worksheet practises; {MIX} is everything, {EXAM} an exam with choices",
    )
    parser.add_argument(
        "--count",
        type=_whole(1, EXERCISE_LIMIT),
        metavar="N",
        help=f"exercises on the worksheet, up to {EXERCISE_LIMIT}; {_COUNT} if not said, or {COUNT}"
        f" for {EXAM}",
    )
    parser.add_argument(
        "--seed",
        type=_whole(0, SEEDS - 1),
        metavar="N",
        help="the same number makes the same worksheet; it stands at the foot of its pages",
    )
    parser.add_argument(
        "--paper",
        choices=PAPERS,
        help="the size of the worksheet's pages; if not said, what is usual where you are",
    )
    parser.add_argument(
        "--verbose", action="store_true", help="print what the program does, for finding faults"
    )
    parser.add_argument("--version", action="version", version=f"CNN Tutor {__version__}")
    return parser


def _path(text: str) -> str:
    if not text:
        raise argparse.ArgumentTypeError("the name of a file is missing")
    return text


def _size(text: str) -> tuple[int, int]:
    sides = re.fullmatch(rf"([0-9]{{1,{_DIGITS}}})[xX×]([0-9]{{1,{_DIGITS}}})", text)
    if sides is None:
        raise argparse.ArgumentTypeError(f"{_said(text)!r} is not like 1280x720")
    size = (int(sides[1]), int(sides[2]))
    least, most = limits.MIN_WINDOW, limits.MAX_WINDOW
    if not all(least <= side <= most for side in size):
        raise argparse.ArgumentTypeError(f"sides go from {least} to {most} pixels")
    return size


def _whole(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        plain = re.fullmatch(rf"[0-9]{{1,{_DIGITS}}}", text)
        if not (plain and least <= int(text) <= most):
            raise argparse.ArgumentTypeError(f"{_said(text)!r} is no number from {least} to {most}")
        return int(text)

    return read


def _said(text: str) -> str:
    return harmless(text, limits.MAX_ARGUMENT)


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        said = " ".join(map(_said, message.split()))  # what can be given stands at the end
        super().error(harmless(said, _FAULT_LIMIT))
