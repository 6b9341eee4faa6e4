"""What can't be printed any more changes no exit code but where a disk is full."""

from __future__ import annotations

import errno
import os
import sys
from typing import TextIO

import pytest

from cnn_tutor.app.cli import exit_codes
from cnn_tutor.app.cli.exit_codes import EXIT_CANNOT_START, EXIT_FAULT, fault, flush


class Broken:
    """A stream that can't be written to."""

    def __init__(self, error: OSError) -> None:
        self.error = error

    def write(self, text: str) -> int:
        raise self.error

    def flush(self) -> None:
        raise self.error


@pytest.fixture
def let_go(monkeypatch: pytest.MonkeyPatch) -> list[TextIO]:
    streams: list[TextIO] = []
    monkeypatch.setattr(exit_codes, "_let_go", streams.append)
    return streams


def test_a_fault_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert fault("a\nb") == EXIT_FAULT
    assert fault("c", EXIT_CANNOT_START) == EXIT_CANNOT_START
    assert capsys.readouterr().err == "cnn-tutor: a b\ncnn-tutor: c\n"


def test_who_has_gone_is_told_nothing(monkeypatch, let_go) -> None:
    monkeypatch.setattr(sys, "stdout", gone := Broken(BrokenPipeError()))
    monkeypatch.setattr(sys, "stderr", None)
    flush()
    assert let_go == [gone]
    monkeypatch.setattr(sys, "stderr", gone)
    assert fault("a") == EXIT_FAULT


def test_a_full_disk_is_a_fault(monkeypatch, let_go, capsys) -> None:
    full = Broken(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)))
    monkeypatch.setattr(sys, "stdout", full)
    with pytest.raises(SystemExit) as ended:
        flush()
    assert ended.value.code == EXIT_FAULT
    assert os.strerror(errno.ENOSPC) in capsys.readouterr().err
