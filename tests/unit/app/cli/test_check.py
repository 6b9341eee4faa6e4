"""A file or an installation is sound, or it is said on one line what is wrong and where."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cnn_tutor.app.cli import check
from cnn_tutor.app.cli.check import check_file, check_installation
from cnn_tutor.project.file import encode
from cnn_tutor.study import words
from cnn_tutor.study.boards.presets import presets
from tests.unit.study.lessons.written import EXAMPLE


@pytest.fixture(autouse=True, params=words.LANGUAGES)
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    words.speak(request.param)
    yield request.param
    words.speak("en")


@pytest.mark.parametrize(
    ("content", "where"),
    [
        (b"{", ""),
        (b'{"format": "other", "version": 1}', ""),
        (b'{"format": "cnn-tutor", "version": 2}', "version"),
    ],
)
def test_a_project(tmp_path: Path, content: bytes, where: str) -> None:
    path = tmp_path / "mine.cnnt"
    path.write_bytes(encode(presets()["blur"].project()))
    assert check_file(str(path)) is None
    path.write_bytes(content)
    said = check_file(str(path))
    assert said is not None
    assert "mine.cnnt: " in said
    assert where in said
    assert "\n" not in said


def test_a_lesson(tmp_path: Path, language: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(EXAMPLE, "utf-8")
    assert check_file(str(path)) is None
    path.write_text(EXAMPLE.replace("walk = ", "wlak = "), "utf-8")
    where = {"ja": "16行目 steps[0].wlak", "en": "line 16, steps[0].wlak"}[language]
    assert f"mine.toml: {where}: " in (check_file(str(path)) or "")


def test_what_an_installation_lacks_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "_NEEDED", ("icons/app.svg", "icons/gone.svg"))
    assert (check_installation() or "").endswith("gone.svg: missing")
