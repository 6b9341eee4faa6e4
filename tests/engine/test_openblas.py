"""The hint to OpenBLAS: only for a processor that it may not know, and only where it can help."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from cnn_tutor.engine._openblas import hint

FLAGS = "fpu sse avx avx2 avx512f avx512dq avx512cd avx512bw avx512vl"
CORE = "processor\t: 0\nvendor_id\t: {vendor}\ncpu family\t: {family}\nflags\t\t: {flags}\n\n"


@pytest.fixture(autouse=True)
def _before_numpy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "numpy")
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("OPENBLAS_CORETYPE", "")  # so that what is set here is taken back
    monkeypatch.delenv("OPENBLAS_CORETYPE")


def said(path: Path, vendor: str = "AuthenticAMD", family: str = "26", flags: str = FLAGS) -> str:
    core = CORE.format(vendor=vendor, family=family, flags=flags)
    path.write_text(core * 200)
    hint(path)
    return os.environ.get("OPENBLAS_CORETYPE", "")


def test_an_unknown_processor_is_named(tmp_path: Path) -> None:
    assert said(tmp_path / "cpuinfo") == "SkylakeX"


@pytest.mark.parametrize(
    "other",
    [{"vendor": "GenuineIntel"}, {"family": "25"}, {"flags": FLAGS.replace("avx512bw", "")}],
)
def test_any_other_is_left_to_openblas(tmp_path: Path, other: dict[str, str]) -> None:
    assert said(tmp_path / "cpuinfo", **other) == ""


def test_what_somebody_has_set_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENBLAS_CORETYPE", "Haswell")
    assert said(tmp_path / "cpuinfo") == "Haswell"


def test_once_numpy_is_there_it_is_too_late(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "numpy", sys)
    assert said(tmp_path / "cpuinfo") == ""


def test_a_system_that_does_not_say_is_no_trouble(tmp_path: Path) -> None:
    hint(tmp_path / "not there")
    (tmp_path / "cpuinfo").write_bytes(b"\xff\x00: :\n")
    hint(tmp_path / "cpuinfo")
    assert "OPENBLAS_CORETYPE" not in os.environ
