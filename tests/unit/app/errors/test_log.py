"""The log of runs: what is written, how long it gets, and that it is never in the way."""

from __future__ import annotations

import faulthandler
import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QDesktopServices

from cnn_tutor.app.errors import log as module
from cnn_tutor.app.errors import redact_home
from cnn_tutor.app.errors.crash_trace import CrashTrace
from cnn_tutor.app.errors.log import FILE_LIMIT, OLDER, Log, open_folder
from cnn_tutor.app.errors.redact_home import without_home
from cnn_tutor.app.menus import help as help_boxes
from tests.helpers.hanging import HANGS


@pytest.fixture
def log(tmp_path) -> Log:
    return Log(f"{tmp_path}/deep/log")


def write(log: Log, level: int, text: str) -> None:
    """Have the log write what a module of the package logs."""
    log.handle(
        logging.makeLogRecord(
            {
                "name": "cnn_tutor.engine",
                "levelno": level,
                "msg": text,
                "levelname": logging.getLevelName(level),
            }
        )
    )


def lines(log: Log) -> list[str]:
    return Path(log.path).read_text("utf-8").splitlines()


def test_a_line_has_moment_process_level_module_and_text(log) -> None:
    write(log, logging.WARNING, "図が\n二行 \ud800")
    log.close()
    first, second = lines(log)
    assert first.endswith("] WARNING engine: 図が")
    assert first[:2] == "20"
    assert second == "    二行 ?"


def test_no_file_is_made_before_the_first_line(log) -> None:
    assert not log.works
    assert not Path(log.path).exists()
    log.open()
    assert log.works
    log.close()


def test_what_comes_first_stands_before_the_line_that_opened_it(tmp_path) -> None:
    log = Log(str(tmp_path), lambda: write(log, logging.INFO, "begun"))
    write(log, logging.ERROR, "broken")
    log.open()
    log.close()
    assert [line.rpartition(" ")[2] for line in lines(log)] == ["begun", "broken"]


def test_between_listening_and_closing_it_has_all_that_the_package_logs(log) -> None:
    module = logging.getLogger("cnn_tutor.study.numbers")
    module.error("too early")
    log.listen()
    module.debug("too small")
    logging.getLogger("other").error("not ours")
    try:
        raise ZeroDivisionError("inside")
    except ZeroDivisionError:
        module.exception("a %s", "fault")
    log.close()
    module.error("too late")
    assert lines(log)[0].endswith("ERROR study.numbers: a fault")
    assert lines(log)[-1] == "    ZeroDivisionError: inside"
    assert not any("too " in line or "ours" in line for line in lines(log))


def test_full_files_take_turns(log) -> None:
    for n in range(400):
        write(log, logging.ERROR, f"{n} " + "x" * 4000)
    log.close()
    files = sorted(Path(log.folder).iterdir())
    assert len(files) == OLDER + 1
    assert all(file.stat().st_size <= FILE_LIMIT for file in files)
    assert " 399 x" in lines(log)[-1]


def test_what_comes_again_and_again_is_written_less_and_less(log) -> None:
    for _ in range(1000):
        write(log, logging.WARNING, "QPainter: not active")
    log.close()
    ends = [line.partition("active")[2] for line in lines(log)]
    assert ends == ["", " (10 times)", " (100 times)", " (1000 times)"]


def test_many_different_texts_fill_nothing(log) -> None:
    for n in range(3000):
        write(log, logging.WARNING, f"at 0x{n:x}")
    log.close()
    assert len(lines(log)) == module._KINDS_LIMIT


def test_it_goes_without_a_log_where_there_is_no_folder(tmp_path) -> None:
    (tmp_path / "file").write_text("")
    log = Log(f"{tmp_path}/file/log")
    write(log, logging.ERROR, "lost")
    assert not log.works
    log.close()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a full disk at hand")
def test_a_full_disk_stops_nothing(tmp_path, capfd) -> None:
    log = Log(str(tmp_path))
    log.open()
    with Path("/dev/full").open("w") as full:  # the disk fills up while it runs
        log._handler.setStream(full)
        write(log, logging.ERROR, "lost")
        log.close()
    assert capfd.readouterr() == ("", "")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no such pipes")
def test_a_pipe_is_not_waited_for(tmp_path) -> None:
    for name in ("cnn-tutor.log", "crash.txt"):
        os.mkfifo(tmp_path / name)
    code = f"""
import faulthandler, logging
from cnn_tutor.app.errors.crash_trace import CrashTrace
from cnn_tutor.app.errors.log import Log
trace, log = CrashTrace({str(tmp_path)!r}), Log({str(tmp_path)!r})
trace.start()
log.listen()
logging.getLogger("cnn_tutor.lost").error("lost")
print(log.works, repr(log.file), faulthandler.is_enabled(), repr(trace.take()))
log.close()
trace.stop()
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=HANGS, check=False
    )
    assert (done.stdout, done.stderr) == ("False '' False ''\n", "")


def test_a_folder_is_made_before_it_is_shown(qapp, tmp_path, monkeypatch) -> None:
    shown = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: bool(shown.append(url)) or True)
    assert open_folder(f"{tmp_path}/deep/log")
    assert Path(shown[0].toLocalFile(), "..", "log").is_dir()
    (tmp_path / "file").write_text("")
    assert not open_folder(f"{tmp_path}/file/log")
    assert len(shown) == 1


def test_a_folder_that_is_not_there_is_not_said_to_be(qapp, tmp_path, monkeypatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: False)
    (tmp_path / "file").write_text("")
    for folder in (f"{tmp_path}/log", f"{tmp_path}/file/log"):
        monkeypatch.setattr(help_boxes, "log_folder", lambda folder=folder: folder)
        help_boxes.show_log_folder(said.append)
    assert said[0] == f"The log is in {tmp_path}/log"
    assert said[1].startswith("There is no log")


def test_the_home_folder_is_not_named(monkeypatch) -> None:
    monkeypatch.setattr(Path, "home", classmethod(lambda _: Path("/home/mari")))
    redact_home._home.cache_clear()
    assert without_home("/home/mari/a.cnnt") == "~/a.cnnt"
    assert without_home('File "/home/mari/a.py", in /home/mari') == 'File "~/a.py", in ~'
    assert without_home("/home/marie/a /home/mari.old/b") == "/home/marie/a /home/mari.old/b"
    monkeypatch.setattr(Path, "home", classmethod(lambda _: Path("/")))
    redact_home._home.cache_clear()
    assert without_home("/usr/lib/a.py") == "/usr/lib/a.py"
    monkeypatch.undo()
    redact_home._home.cache_clear()


@pytest.mark.skipif(sys.platform == "win32", reason="who may make links differs there")
def test_a_home_folder_in_a_loop_of_links_keeps_nothing_from_the_log(tmp_path, monkeypatch) -> None:
    (tmp_path / "loop").symlink_to("loop")
    monkeypatch.setattr(Path, "home", classmethod(lambda _: tmp_path / "loop"))
    redact_home._home.cache_clear()
    assert without_home(f"{tmp_path}/loop/a.cnnt") == "~/a.cnnt"
    monkeypatch.undo()
    redact_home._home.cache_clear()


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
