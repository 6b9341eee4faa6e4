"""What a crash leaves is taken by the next run, and who wants traces elsewhere keeps them."""

from __future__ import annotations

import faulthandler

from cnn_tutor.app.errors.crash_trace import CrashTrace


def test_what_a_crash_has_left_is_taken_once(tmp_path) -> None:
    trace = CrashTrace(str(tmp_path))
    assert trace.take() == ""
    (tmp_path / "crash.txt").write_text("Fatal Python error: Segmentation fault\n")
    assert trace.take().startswith("Fatal Python error")
    assert trace.take() == ""


def test_who_asked_python_for_traces_already_keeps_them(tmp_path) -> None:
    was_on = faulthandler.is_enabled()
    if not was_on:
        faulthandler.enable()
    CrashTrace(str(tmp_path)).start()
    assert not (tmp_path / "crash.txt").exists()
    if not was_on:
        faulthandler.disable()
