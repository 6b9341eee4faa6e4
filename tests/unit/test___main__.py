"""What a Python says in one line that is too old, or lacks what the program needs."""

from __future__ import annotations

import ast
import io
from pathlib import Path
from types import SimpleNamespace

import pytest

import cnn_tutor.__main__
from cnn_tutor.app.cli import preflight
from tests.helpers.programs import ROOT, python


def started_without(prepared: str) -> str:
    """Start the program in a process of its own that is prepared; return what it refuses with.

    Nothing of the program has been imported there yet.
    """
    code = f"""
import importlib.util, sys
{prepared}
from cnn_tutor.__main__ import main
sys.exit(main(["--list"]))
"""
    done = python("-c", code)
    assert done.returncode == 3, done.stderr
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    return done.stderr.strip()


NOT_FOUND = """
sys.modules[{0!r}] = None
find = importlib.util.find_spec
importlib.util.find_spec = lambda name: None if name == {0!r} else find(name)
"""
REFUSED = """
class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == {0!r}:
            raise ModuleNotFoundError(name, name=name)
sys.meta_path.insert(0, Finder())
"""


@pytest.mark.parametrize("way", [NOT_FOUND, REFUSED])
@pytest.mark.parametrize("module", preflight._PACKAGES)
def test_a_missing_package_is_said_in_one_line(module: str, way: str) -> None:
    line = started_without(way.format(module))
    assert line.endswith(f"-m pip install {preflight._PACKAGES[module]}")


@pytest.mark.parametrize("module", ["numpy", "msgspec"])
def test_a_package_that_is_not_whole_is_said_in_one_line(tmp_path: Path, module: str) -> None:
    """As what is left of an installation that was broken off."""
    (tmp_path / module).mkdir()
    (tmp_path / module / "__init__.py").write_text("raise ImportError('no core\\n\\nAsk there')")
    line = started_without(f"sys.path.insert(0, {str(tmp_path)!r})")
    assert "needs: no core. Run:" in line
    assert "pip install --force-reinstall" in line


@pytest.mark.parametrize("platform", ["linux", "win32"])
def test_old_python(monkeypatch: pytest.MonkeyPatch, platform: str) -> None:
    old = SimpleNamespace(version_info=(3, 9, 2), platform=platform, stderr=io.StringIO())
    monkeypatch.setattr(cnn_tutor.__main__, "sys", old)
    assert cnn_tutor.__main__.main([]) == 3
    line = old.stderr.getvalue()
    assert line.startswith("CNN Tutor needs Python 3.11 or newer; this is Python 3.9.2. Run: py")
    assert line.count("\n") == 1


def test_old_python_can_read_the_first_files() -> None:
    for name in ("__main__.py", "__init__.py"):
        text = (ROOT / "cnn_tutor" / name).read_text("utf-8")
        ast.parse(text, feature_version=(3, 6))
