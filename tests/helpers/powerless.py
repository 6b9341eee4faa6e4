"""Lets root be stopped by what stops everybody else, for tests of what may not be written."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

_VERSION_3 = 0x20080522
_PASSING_OVER_RIGHTS = 1 << 1 | 1 << 2  # CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH
_GET_BITS, _SET_BITS, _NO_FIXUP = 27, 28, 1 << 2
"""Of prctl; with the last of them ``access`` goes by what one is able to now."""


class _Header(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class _Able(ctypes.Structure):
    _fields_ = tuple((name, ctypes.c_uint32) for name in ("effective", "permitted", "inherited"))


@contextmanager
def read_only(path: Path) -> Iterator[None]:
    """Let a file or a folder not be changed, by whoever runs the tests."""
    mode = path.stat().st_mode
    path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        with powerless():
            yield
    finally:
        path.chmod(mode)


@contextmanager
def powerless() -> Iterator[None]:
    """Let the rights of files hold for root, too; the test is skipped where that can't be."""
    if os.geteuid():
        yield
        return
    if sys.platform != "linux":
        pytest.skip("nothing is read-only for root here")
    libc = ctypes.CDLL(None, use_errno=True)
    bits = libc.prctl(_GET_BITS, 0, 0, 0, 0)
    able = _able(libc)
    if libc.prctl(_SET_BITS, bits | _NO_FIXUP, 0, 0, 0) or not _set(
        libc, able[0].effective & ~_PASSING_OVER_RIGHTS
    ):
        pytest.skip("root may not give up its rights here, and nothing is read-only for it")
    try:
        yield
    finally:
        assert _set(libc, able[0].effective)
        libc.prctl(_SET_BITS, bits, 0, 0, 0)


def _able(libc: ctypes.CDLL) -> ctypes.Array[_Able]:
    able = (_Able * 2)()
    libc.capget(ctypes.byref(_Header(_VERSION_3, 0)), able)
    return able


def _set(libc: ctypes.CDLL, effective: int) -> bool:
    able = _able(libc)
    able[0].effective = effective
    return not libc.capset(ctypes.byref(_Header(_VERSION_3, 0)), able)
