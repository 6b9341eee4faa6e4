"""Worksheets and results from the command line, each in a process of its own."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from cnn_tutor.study.practice.gradebook import gradebook
from cnn_tutor.study.practice.mastery.skills import skills
from cnn_tutor.study.practice.record.store import Store
from tests.helpers.programs import one_line, tutor
from tests.unit.app.worksheet.test_worksheet import page_count, without_time


def practice(folder: Path) -> Path:
    """Return where the program keeps what was practised, under a folder for all its data."""
    return folder / "cnn-tutor" / "practice.sqlite"


def test_a_worksheet_needs_no_display(tmp_path) -> None:
    out = tmp_path / "sheet.pdf"
    asked = ("--worksheet", out, "--skill", "output_size", "--count", "3", "--seed", "5")
    # Qt lists the fonts of a file in an order that is random at each start.
    nothing = {"DISPLAY": "", "WAYLAND_DISPLAY": "", "QT_QPA_PLATFORM": "", "QT_HASH_SEED": "0"}
    done = tutor(*asked, "--lang", "ja", **nothing)
    assert (done.returncode, done.stderr) == (0, "")
    first = out.read_bytes()
    assert page_count(first) == 2
    assert tutor(*asked, "--lang", "ja", **nothing).returncode == 0
    assert without_time(out.read_bytes()) == without_time(first)
    assert [path.name for path in tmp_path.iterdir()] == ["sheet.pdf"]


def test_a_worksheet_has_the_paper_that_is_asked_for(tmp_path) -> None:
    out = tmp_path / "sheet.pdf"
    asked = ("--worksheet", out, "--skill", "output_size", "--count", "1", "--paper", "letter")
    assert tutor(*asked).returncode == 0
    assert re.search(rb"/MediaBox \[0(.0+)? 0(.0+)? 612", out.read_bytes())


def test_without_a_skill_and_a_seed_it_is_another_mix_each_time(tmp_path) -> None:
    files = [tmp_path / name for name in ("a.pdf", "b.pdf")]
    for out in files:
        assert tutor("--worksheet", out).returncode == 0
    assert len({without_time(out.read_bytes()) for out in files}) == 2


def test_an_unknown_skill_is_refused_with_those_that_there_are(tmp_path) -> None:
    done = tutor("--worksheet", tmp_path / "out.pdf", "--skill", "juggling")
    assert done.returncode == 2
    line = one_line(done.stderr)
    assert "juggling" in line
    assert re.findall(r"[\w.]+", line.partition("there are ")[2]) == ["mix", "exam", *skills()]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("option", ["--worksheet", "--gradebook"])
@pytest.mark.parametrize("language", ["ja", "en"])
def test_what_cannot_be_written_is_one_line(tmp_path, option, language) -> None:
    out = tmp_path / "none" / "out"
    done = tutor(option, out, "--lang", language, XDG_DATA_HOME=str(tmp_path / "data"))
    assert done.returncode == 2
    assert str(out) in one_line(done.stderr)


def test_results_of_all_learners(tmp_path) -> None:
    path = practice(tmp_path)
    store = Store.open(path)
    for name in ("愛子", "=1+1"):
        store.add_learner(name)
    expected = gradebook(store).decode("utf-8-sig")
    store.close()
    out = tmp_path / "class.csv"
    done = tutor("--gradebook", out, "--lang", "en", XDG_DATA_HOME=str(tmp_path))
    assert (done.returncode, done.stderr) == (0, "")
    assert out.read_bytes().startswith(b"\xef\xbb\xbf")
    with out.open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.reader(file))
    assert [line[0] for line in lines[1:]] == ["愛子"] * len(skills()) + ["'=1+1"] * len(skills())
    assert len(lines) == len(expected.splitlines())


def test_results_that_the_open_program_holds_are_said_to_be_busy(tmp_path) -> None:
    store = Store.open(practice(tmp_path))
    out = tmp_path / "class.csv"
    for language in ("ja", "en"):
        done = tutor("--gradebook", out, "--lang", language, XDG_DATA_HOME=str(tmp_path))
        assert done.returncode == 2
        assert "practice.sqlite" in one_line(done.stderr)
    assert not out.exists()
    store.close()
