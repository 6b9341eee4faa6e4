"""An error that ends the program is one line, and a box where somebody sees it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox

from cnn_tutor.app.errors import log
from cnn_tutor.app.errors.fatal_error import end_by, show_end


@pytest.mark.parametrize("works", [True, False])
def test_the_line_names_the_error_and_its_log(qapp, tmp_path, monkeypatch, works: bool) -> None:
    (tmp_path / "file").write_text("in the way")
    folder = tmp_path / ("log" if works else "file")
    monkeypatch.setattr(log, "log_folder", lambda: str(folder))
    line = end_by(ZeroDivisionError("no such shade"))
    assert "ZeroDivisionError: no such shade" in line
    assert ("cnn-tutor.log" in line) is works
    if works:
        assert "no such shade" in Path(folder, "cnn-tutor.log").read_text("utf-8")


@pytest.mark.parametrize(("platform", "seen"), [("xcb", ["it"]), ("offscreen", []), ("", [])])
def test_a_box_is_shown_where_there_is_a_screen(qapp, monkeypatch, platform, seen) -> None:
    shown: list[str] = []
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: platform)
    monkeypatch.setattr(QMessageBox, "exec", lambda box: shown.append(box.text()))
    show_end("it")
    assert shown == seen
