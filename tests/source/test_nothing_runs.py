"""No part of the program runs what it reads: no pickle, no eval, no shell, nothing like it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import cnn_tutor

FOLDER = Path(cnn_tutor.__file__).parent
MODULES = {
    "pickle", "_pickle", "cPickle", "dill", "cloudpickle", "joblib", "marshal", "shelve", "dbm",
    "yaml", "ruamel", "subprocess", "pty", "commands", "code", "codeop", "runpy", "imp",
    "xmlrpc", "socketserver", "http", "urllib.request", "socket", "ftplib", "telnetlib",
}  # fmt: skip
CALLS = {"eval", "exec", "compile", "__import__", "breakpoint", "input", "execfile"}
METHODS = {
    "system", "popen", "spawnl", "spawnv", "execl", "execv", "execve", "execvp", "fork",
    "startfile", "read_pickle", "to_pickle", "startDetached",
}  # fmt: skip
UNPICKLING = {"QSettings", "QDataStream", "QVariant"}
"""Parts of Qt that make objects of any kind out of what they read, and run what those ask for."""

BY_NAME = {"cnn_tutor/engine/registry.py", "cnn_tutor/study/exercises/generator.py"}
"""The files that import modules by names, which are those of the program's own folders."""


def faults(source: str, name: str = "cnn_tutor/a.py") -> list[str]:
    """Return what in a file could run something that was read, each with its line."""
    found = []
    for node in ast.walk(ast.parse(source)):
        said = ""
        if isinstance(node, ast.Import | ast.ImportFrom):
            module = getattr(node, "module", "") or ""
            names = [module, *(alias.name for alias in node.names)]
            names += [f"{module}.{alias.name}" for alias in node.names]
            banned = [n for n in names if n in MODULES or n.partition(".")[0] in MODULES]
            said = banned[0] if banned and not module.startswith("cnn_tutor") else ""
            said = said or next((n for n in names if n in UNPICKLING), "")
        elif isinstance(node, ast.Attribute):
            said = node.attr if node.attr in UNPICKLING else ""
        elif isinstance(node, ast.Call):
            said = _called(node, name)
        if said:
            found.append(f"{name}:{getattr(node, 'lineno', 0)}: {said}")
    return found


def _called(node: ast.Call, name: str) -> str:
    """Return the name of what is called, if it must not be."""
    given = {key.arg: key.value for key in node.keywords}
    shell = given.get("shell")
    if shell is not None and not (isinstance(shell, ast.Constant) and shell.value is False):
        return "shell"
    if isinstance(node.func, ast.Name):
        called = node.func.id
        return (
            called if called in CALLS or (called == "import_module" and name not in BY_NAME) else ""
        )
    if not isinstance(node.func, ast.Attribute):
        return ""
    called, owner = node.func.attr, ast.unparse(node.func.value)
    if called == "import_module" and name not in BY_NAME:
        return called
    if called in METHODS and owner in ("os", "posix", "QProcess", "pd"):
        return f"{owner}.{called}"
    if owner in ("np", "numpy") and called in ("load", "loadtxt", "genfromtxt", "fromfile"):
        safe = given.get("allow_pickle")
        return "" if isinstance(safe, ast.Constant) and safe.value is False else f"np.{called}"
    return called if owner == "QProcess" or called == "setAllowPickle" else ""


def test_the_program_runs_nothing_that_it_reads() -> None:
    files = sorted(FOLDER.rglob("*.py"))
    assert len(files) > 200
    found = []
    for path in files:
        found += faults(path.read_text("utf-8"), path.relative_to(FOLDER.parent).as_posix())
    assert found == []


@pytest.mark.parametrize(
    "source",
    [
        "import pickle",
        "from pickle import loads",
        "import marshal as m",
        "import shelve",
        "import yaml",
        "from urllib import request",
        "import subprocess",
        "eval('1')",
        "exec('1')",
        "compile('1', '', 'eval')",
        "__import__('os')",
        "import os\nos.system('x')",
        "import os\nos.popen('x')",
        "run('x', shell=True)",
        "run('x', shell=yes)",
        "np.load('x')",
        "np.load('x', allow_pickle=True)",
        "np.load('x', allow_pickle=allowed)",
        "importlib.import_module(name)",
        "QProcess.startDetached('x')",
        "from PySide6.QtCore import QSettings",
        "from PySide6.QtCore import QObject, QDataStream as Stream",
        "QtCore.QSettings('x')",
        "PySide6.QtCore.QVariant",
    ],
)
def test_whatever_could_run_is_found(source: str) -> None:
    assert faults(source)


@pytest.mark.parametrize(
    "source",
    [
        "np.load('x', allow_pickle=False)",
        "re.compile('x')",
        "model.eval()",
        "import os",
        "from PySide6.QtCore import QVariantAnimation",
    ],
)
def test_what_runs_nothing_is_let_be(source: str) -> None:
    assert not faults(source)
