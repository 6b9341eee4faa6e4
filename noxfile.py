"""The tasks of whoever works on the program: ``nox -l`` lists them, ``nox -s lint`` runs one.

They run in the environment that nox itself is installed in, that of ``pip install -e '.[test]'``.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import nox

nox.options.default_venv_backend = "none"
nox.options.sessions = ["lint", "unit"]

ROOT = Path(__file__).parent
PYTHON = sys.executable
PYTEST = (PYTHON, "-m", "pytest", "-n", "auto", "--maxprocesses", "8", "--dist", "worksteal")
TUTOR = (PYTHON, "-m", "cnn_tutor")
TRANSLATION = ROOT / "resources" / "i18n" / "cnn_tutor_ja.ts"
PICTURES = ROOT / "resources" / "readme"
SHOWN = {
    "practice": ("--open", "2H33N-V0000-044C", "--answer", "1", "--theme", "light"),
    "lesson": ("--open", "lesson_convolution", "--step", "10", "--theme", "light"),
    "board": ("--open", "rgb", "--step", "8", "--theme", "dark"),
    "network": ("--open", "deep", "--step", "300", "--theme", "light"),
}
"""The pictures of the README, and what each of them shows."""


def beside(program: str) -> str:
    """Return a program that is installed in this environment."""
    return str(Path(PYTHON).with_name(program))


@nox.session
def unit(session: nox.Session) -> None:
    """Test the modules and the source; what follows ``--`` goes to pytest."""
    session.run(*PYTEST, *(session.posargs or ("tests/unit", "tests/source")))


@nox.session
def full(session: nox.Session) -> None:
    """Run every test; with CNN_TUTOR_LONG=1 in the environment, for hours."""
    session.run(*PYTEST, *session.posargs)


@nox.session
def lint(session: nox.Session) -> None:
    """Look the source over, and what the program ships."""
    session.run(beside("ruff"), "check", ".")
    session.run(beside("ruff"), "format", "--check", ".")
    session.run(PYTHON, "-m", "mypy")
    session.run(beside("lint-imports"))
    session.run(*TUTOR, "--check")


@nox.session
def translate(session: nox.Session) -> None:
    """Bring the translations up to the texts in the source, and compile them."""
    sources = [str(path) for path in sorted((ROOT / "cnn_tutor").rglob("*.py"))]
    update = (beside("pyside6-lupdate"), "-locations", "none", "-no-obsolete")
    session.run(*update, *sources, "-ts", str(TRANSLATION), silent=True)
    compiled = str(TRANSLATION.with_suffix(".qm"))
    session.run(beside("pyside6-lrelease"), str(TRANSLATION), "-qm", compiled)


@nox.session
def screenshots(session: nox.Session) -> None:
    """Take the pictures of the README anew, from the program itself; needs no display."""
    empty = session.create_tmp()
    env = {**os.environ, "HOME": empty, "XDG_DATA_HOME": empty, "XDG_CONFIG_HOME": empty}
    for language in ("en", "ja"):
        for name, shown in SHOWN.items():
            picture = str(PICTURES / f"{name}_{language}.png")
            options = ("--lang", language, "--size", "1280x720", "--screenshot", picture)
            session.run(*TUTOR, *shown, *options, env=env)
