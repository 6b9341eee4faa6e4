"""What is made privately is its owner's alone, and only that."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest

from cnn_tutor.project.private import private


@pytest.mark.skipif(sys.platform == "win32", reason="has no such rights")
def test_what_is_made_meanwhile_is_closed_to_others(tmp_path: Path) -> None:
    with private():
        (tmp_path / "own").touch()
    (tmp_path / "after").touch()
    own, after = (stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("own", "after"))
    assert own == 0o600
    assert after != own
