"""A run leaves in the log when it began and ended, what went wrong, and an earlier crash."""

from __future__ import annotations

import faulthandler
from pathlib import Path

import pytest

from cnn_tutor.app.errors.run import logged_run

pytestmark = pytest.mark.qt_no_exception_capture


def test_what_a_run_leaves(qapp, tmp_path: Path) -> None:
    (tmp_path / "crash.txt").write_text("Fatal Python error: Segmentation fault\n")
    was_on = faulthandler.is_enabled()
    with logged_run(str(tmp_path)) as handler:
        handler.caught(ValueError("broken"))
    assert faulthandler.is_enabled() == was_on
    log = (tmp_path / "cnn-tutor.log").read_text("utf-8")
    parts = ("Begun at", "has crashed", "ValueError: broken", ": End")
    places = [log.index(part) for part in parts]
    assert places == sorted(places)
    assert (tmp_path / "crash.txt").read_text() == ""


@pytest.mark.parametrize("asked", [True, False])
def test_who_asked_python_for_traces_already_keeps_them(
    qapp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: bool
) -> None:
    monkeypatch.setattr(faulthandler, "is_enabled", lambda: asked)
    for name in ("enable", "disable"):
        monkeypatch.setattr(faulthandler, name, lambda *_: None)
    with logged_run(str(tmp_path)):
        assert (tmp_path / "crash.txt").exists() is not asked
