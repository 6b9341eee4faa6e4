"""The command line. Arguments are parsed, and the machine is looked over, before Qt is imported."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from cnn_tutor import __version__
from cnn_tutor.app import preflight
from cnn_tutor.study import words
from cnn_tutor.study.lessons.library import Library
from cnn_tutor.study.presets import presets

EXIT_FAULT = 2
EXIT_CANNOT_START = 3
INSTALLATION = ""
_SMALLEST, _LARGEST = 320, 8192


def run(argv: Sequence[str] | None = None) -> int:
    """Do what the command line says and return the exit code: 0, 2 for a fault, 3 for no start."""
    options = _parser().parse_args(argv)
    words.speak(options.lang or _system_language())
    if options.list:
        print("\n".join([*Library(), *presets()]))
        return 0
    if options.check is not None and options.check != INSTALLATION:
        from cnn_tutor.app.check import check_file

        return _report(check_file(options.check))
    if options.open is not None and options.open not in {*Library(), *presets()}:
        return _report(f"--open {options.open}: no such chapter; cnn-tutor --list names them")
    if options.open is not None and options.file is not None:
        return _report(f"--open {options.open}: a file is to be opened already, {options.file}")
    offscreen = bool(options.screenshot) or options.check is not None
    problem = preflight.problem(offscreen)
    if problem:
        print(f"cnn-tutor: {problem}", file=sys.stderr)
        return EXIT_CANNOT_START
    if offscreen:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    if options.check is not None:
        from cnn_tutor.app.check import check_installation

        return _report(check_installation())
    from cnn_tutor.app.session import Session

    return Session(options).run()


def _system_language() -> str:
    """The language of the terminal, as long as Qt is not there to ask."""
    names = (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return "ja" if next(filter(None, names), "").startswith("ja") else "en"


def _report(fault: str | None) -> int:
    """Print what is wrong on one line, if anything is, and return the exit code."""
    if fault is None:
        print("OK")
        return 0
    print(f"cnn-tutor: {' '.join(fault.split())}", file=sys.stderr)
    return EXIT_FAULT


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="cnn-tutor",
        description="Learn convolutional neural networks by computing them.",
    )
    parser.add_argument(
        "file", nargs="?", metavar="FILE", help="a project (.cnnt) or a lesson (.toml) to open"
    )
    parser.add_argument("--open", metavar="CHAPTER", help="start with a chapter; see --list")
    parser.add_argument("--lang", choices=words.LANGUAGES, help="the language of the program")
    parser.add_argument("--theme", choices=("light", "dark", "system"))
    parser.add_argument("--size", type=_size, metavar="WxH", help="the window's size in pixels")
    parser.add_argument(
        "--step", type=_step, metavar="N", help="go to step N of the walk or of the lesson, from 1"
    )
    parser.add_argument(
        "--screenshot", metavar="OUT.png", help="draw the page into a file, without a display"
    )
    parser.add_argument("--list", action="store_true", help="print the chapters' keys")
    parser.add_argument(
        "--check",
        nargs="?",
        const=INSTALLATION,
        metavar="FILE",
        help="look over the installation, or one project or lesson file",
    )
    parser.add_argument("--version", action="version", version=f"CNN Tutor {__version__}")
    return parser


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.lower().replace("×", "x").partition("x")
    try:
        size = (int(width), int(height))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not like 1280x720") from None
    if not all(_SMALLEST <= side <= _LARGEST for side in size):
        raise argparse.ArgumentTypeError(f"sides go from {_SMALLEST} to {_LARGEST} pixels")
    return size


def _step(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a step; they count from 1")
    return int(text)
