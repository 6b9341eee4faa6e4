"""No text that is passed on names the home folder."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cnn_tutor.app.errors import redact_home
from cnn_tutor.app.errors.redact_home import without_home


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    redact_home._home.cache_clear()
    yield
    redact_home._home.cache_clear()


def live_in(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    monkeypatch.setattr(Path, "home", classmethod(lambda _: home))


@pytest.mark.parametrize(
    ("home", "text", "redacted"),
    [
        ("/home/mari", "/home/mari/a.cnnt", "~/a.cnnt"),
        ("/home/mari", 'File "/home/mari/a.py", in /home/mari', 'File "~/a.py", in ~'),
        ("/home/mari", "/home/marie/a /home/mari.old/b", "/home/marie/a /home/mari.old/b"),
        ("/", "/usr/lib/a.py", "/usr/lib/a.py"),
    ],
)
def test_the_home_folder_is_not_named(monkeypatch, home: str, text: str, redacted: str) -> None:
    live_in(monkeypatch, Path(home))
    assert without_home(text) == redacted


@pytest.mark.skipif(sys.platform == "win32", reason="who may make links differs there")
def test_a_home_folder_in_a_loop_of_links_keeps_nothing_from_the_log(tmp_path, monkeypatch) -> None:
    (tmp_path / "loop").symlink_to("loop")
    live_in(monkeypatch, tmp_path / "loop")
    assert without_home(f"{tmp_path}/loop/a.cnnt") == "~/a.cnnt"
