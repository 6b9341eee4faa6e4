"""The log of runs: what is written, how long it gets, and that it is never in the way."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from PySide6.QtGui import QDesktopServices

from cnn_tutor.app.errors.log import FILE_LIMIT, Log, open_folder


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
    return Path(log.baseFilename).read_text("utf-8").splitlines()


def test_a_line_has_moment_process_level_module_and_text(log) -> None:
    write(log, logging.WARNING, "図が\n二行 \ud800")
    log.close()
    first, second = lines(log)
    assert first.endswith("] WARNING engine: 図が")
    assert first[:2] == "20"
    assert second == "    二行 ?"


def test_what_comes_first_stands_before_the_line_that_opened_it(tmp_path) -> None:
    log = Log(str(tmp_path), lambda: write(log, logging.INFO, "begun"))
    assert list(tmp_path.iterdir()) == []
    assert log.file == ""
    write(log, logging.ERROR, "broken")
    assert log.file == log.baseFilename
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


def test_a_full_file_makes_room(log) -> None:
    for n in range(400):
        write(log, logging.ERROR, f"{n} " + "x" * 4000)
    log.close()
    files = sorted(Path(log.folder).iterdir())
    assert [file.name for file in files] == ["cnn-tutor.log", "cnn-tutor.log.1"]
    assert all(file.stat().st_size < FILE_LIMIT + 5000 for file in files)
    assert " 399 x" in lines(log)[-1]


def test_a_full_file_that_can_not_make_room_yet_is_tried_again(log, monkeypatch) -> None:
    def refuse(path: Path, target: str) -> None:
        raise PermissionError("another program has it open")

    write(log, logging.ERROR, "x" * (FILE_LIMIT + 1))
    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", refuse)
        write(log, logging.ERROR, "lost")
    write(log, logging.ERROR, "after")
    assert lines(log)[-1].endswith("after")


def test_what_comes_again_and_again_is_written_less_and_less(log) -> None:
    for _ in range(1000):
        write(log, logging.WARNING, "QPainter: not active")
    log.close()
    ends = [line.partition("active")[2] for line in lines(log)]
    assert ends == ["", " (10 times)", " (100 times)", " (1000 times)"]


def test_it_goes_without_a_log_where_there_is_no_folder(tmp_path) -> None:
    (tmp_path / "file").write_text("")
    log = Log(f"{tmp_path}/file/log")
    write(log, logging.ERROR, "lost")
    assert log.file == ""
    log.close()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a full disk at hand")
def test_a_full_disk_stops_nothing(tmp_path, capfd) -> None:
    log = Log(str(tmp_path))
    log.open()
    with Path("/dev/full").open("w") as full:  # the disk fills up while it runs
        log.setStream(full)
        write(log, logging.ERROR, "lost")
        log.close()
    assert capfd.readouterr() == ("", "")


def test_a_folder_is_made_before_it_is_shown(qapp, tmp_path, monkeypatch) -> None:
    shown = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: bool(shown.append(url)) or True)
    assert open_folder(f"{tmp_path}/deep/log")
    assert Path(shown[0].toLocalFile(), "..", "log").is_dir()
    (tmp_path / "file").write_text("")
    assert not open_folder(f"{tmp_path}/file/log")
    assert len(shown) == 1
