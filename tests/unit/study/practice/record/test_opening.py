"""Whatever becomes of the file, it opens into a record that works, and nothing wrong is in it.

Each damage is done to a copy of one folder: a record with backups, as it is left by a session or
while one is still going on. CNN_TUTOR_LONG=1 does thousands of them.
"""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from cnn_tutor.study.practice.record.answer import Answer
from cnn_tutor.study.practice.record.backups import hash_of
from cnn_tutor.study.practice.record.database import VERSION
from cnn_tutor.study.practice.record.store import Store
from tests.helpers.damaged_record import (
    ANSWERS,
    NAME,
    SAVED,
    Damage,
    cut,
    done_to,
    flips,
    scribble,
    shuffled,
    without_backups,
)
from tests.unit.study.practice.given import Clock

LONG = (
    pytest.mark.long,
    pytest.mark.skipif(
        "'CNN_TUTOR_LONG' not in os.environ and 'long' not in config.option.markexpr",
        reason="CNN_TUTOR_LONG=1 damages thousands of records",
    ),
)


@pytest.fixture(scope="module")
def left(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as two sessions leave it, the second without a backup of its own."""
    folder = tmp_path_factory.mktemp("left")
    clock = Clock()
    with Store.open(folder / NAME, clock) as store:
        store.add_learner("花子")
        for given in ANSWERS[:SAVED]:
            store.record(given)
    store = Store.open(folder / NAME, clock)
    for given in ANSWERS[SAVED:]:
        store.record(given)
    going_on = folder.with_name(f"{folder.name}-going-on")
    shutil.copytree(folder, going_on)
    store._recorded = False  # ends without a backup
    store.close()
    return folder


@pytest.fixture(scope="module")
def going_on(left: Path) -> Path:
    """The same folder while the second session is open: its answers are in the log."""
    return left.with_name(f"{left.name}-going-on")


@pytest.fixture
def damage(left: Path, tmp_path: Path) -> Damage:
    return Damage(left, tmp_path)


def whole_or_replaced(found: tuple[Answer, ...], reasons: tuple[str, ...]) -> None:
    if reasons in ((), ("practice_no_backup",)):
        assert found == ANSWERS
    elif reasons[0] in ("practice_damaged_restored", "practice_newer_version"):
        assert found == ANSWERS[:SAVED]
    else:
        raise AssertionError(reasons)


def check_restored(damage: Damage, change: Callable[[Path], object]) -> None:
    found, reasons = damage.done(change)
    assert reasons == ("practice_damaged_restored",)
    assert found == ANSWERS[:SAVED]


def some(count: int, many: int) -> list[Any]:
    few = pytest.param(range(count), id=str(count))
    return [few, pytest.param(range(count, many), marks=LONG, id=str(many))]


@pytest.mark.parametrize("seeds", some(12, 1500))
@pytest.mark.parametrize("way", [flips, scribble, shuffled])
def test_changed_bytes_are_found_or_change_nothing(
    damage: Damage, way: Callable[[int], Callable[[Path], None]], seeds: range
) -> None:
    results = [damage.done(way(seed)) for seed in seeds]
    for found, reasons in results:
        whole_or_replaced(found, reasons)
    assert any(reasons for _, reasons in results)


FEW_PLACES = (*range(0, 100, 7), 18, 19)  # at the last two it says who may write


@pytest.mark.parametrize("places", [FEW_PLACES, pytest.param(range(100), marks=LONG)])
def test_each_byte_of_the_header_may_change(damage: Damage, places: Sequence[int]) -> None:
    for place in places:

        def change(path: Path, place: int = place) -> None:
            content = bytearray(path.read_bytes())
            content[place] ^= 1 << place % 8
            path.write_bytes(content)

        whole_or_replaced(*damage.done(change))


@pytest.mark.parametrize("parts", [9, pytest.param(400, marks=LONG)])
def test_a_file_that_is_cut_anywhere_is_replaced(damage: Damage, parts: int) -> None:
    for n in range(parts):
        check_restored(damage, cut(n / parts))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"SQLite format 3\x00",
        b"not a database at all" * 400,
        b"SQLite format 3\x00" + bytes(range(256)) * 64,
    ],
)
def test_what_is_no_database_is_replaced(damage: Damage, content: bytes) -> None:
    check_restored(damage, lambda path: path.write_bytes(content))


@pytest.mark.parametrize(
    "statement",
    [
        "PRAGMA application_id = 1",
        "DROP TABLE answers",
        "CREATE TRIGGER t AFTER INSERT ON answers BEGIN DELETE FROM answers; END",
        "UPDATE answers SET right = 1 WHERE id = 5",
        "UPDATE answers SET entries = CAST(x'ff' AS TEXT) WHERE id = 5",
        "UPDATE answers SET sum = x''",
        "UPDATE learners SET name = 'else'",
        "DELETE FROM learners",  # without their answers: foreign keys are off
    ],
)
def test_what_another_program_has_written_is_found_out(damage: Damage, statement: str) -> None:
    check_restored(damage, done_to(statement))


def test_a_record_of_a_later_version_is_kept_for_it(damage: Damage) -> None:
    found, reasons = damage.done(done_to(f"PRAGMA user_version = {VERSION + 1}"))
    assert reasons == ("practice_newer_version", "practice_restored")
    assert found == ANSWERS[:SAVED]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (cut(0.5), "practice_damaged_fresh"),
        (cut(0), "practice_damaged_fresh"),
        (done_to("PRAGMA user_version = 99"), "practice_newer_version"),
    ],
)
def test_without_a_backup_a_new_record_is_begun(
    damage: Damage, change: Callable[[Path], None], reason: str
) -> None:
    found, reasons = damage.done(without_backups(change))
    assert reasons == (reason,)
    assert found == ()


def cut_copy(older: Path, newer: Path) -> None:
    newer.with_name(older.name.replace("20260401", "20260402")).write_bytes(
        older.read_bytes()[:9000]
    )


def sound_but_another(older: Path, path: Path) -> None:
    shutil.copyfile(path, f"{path}.backup-20270101T000000Z-{32 * '0'}.sqlite")


def empty_with_its_hash(older: Path, path: Path) -> None:
    empty = path.with_name("empty")
    empty.write_bytes(b"")
    empty.rename(f"{path}.backup-20270101T000000Z-{hash_of(empty)}.sqlite")


@pytest.mark.parametrize("spoil", [cut_copy, sound_but_another, empty_with_its_hash])
def test_a_backup_that_is_damaged_itself_is_passed_over(
    damage: Damage, spoil: Callable[[Path, Path], None]
) -> None:
    def change(path: Path) -> None:
        (older,) = path.parent.glob("*.backup-*")
        spoil(older, path)
        os.truncate(path, 9000)

    check_restored(damage, change)


def test_the_log_is_set_aside_with_its_database(going_on: Path, tmp_path: Path) -> None:
    shutil.copytree(going_on, tmp_path / "copy")
    path = tmp_path / "copy" / NAME
    path.write_bytes(b"")
    Store.open(path, Clock()).close()
    (log,) = path.parent.glob("*.damaged-*-wal")
    assert log.read_bytes() == (going_on / f"{NAME}-wal").read_bytes()


def test_a_record_that_is_missing_is_put_back(damage: Damage) -> None:
    found, reasons = damage.done(Path.unlink)
    assert reasons == ("practice_missing_restored",)
    assert found == ANSWERS[:SAVED]


def test_damaged_records_pile_up_rather_than_replace_each_other(left: Path, tmp_path: Path) -> None:
    shutil.copytree(left, tmp_path / "copy")
    path = tmp_path / "copy" / NAME
    for n in range(3):
        path.write_bytes(bytes([n]) * 9000)
        Store.open(path, Clock()).close()
    kept = {one.read_bytes()[0] for one in path.parent.glob("*.damaged-*")}
    assert kept == {0, 1, 2}


@pytest.mark.parametrize("seeds", some(10, 600))
@pytest.mark.parametrize("end", ["", "-wal"])
def test_damage_while_a_session_goes_on_leaves_no_wrong_answer(
    going_on: Path, tmp_path: Path, end: str, seeds: range
) -> None:
    damage = Damage(going_on, tmp_path)
    assert damage.done(lambda path: None) == (ANSWERS, ())
    for seed in seeds:
        way = random.Random(seed).choice([flips(seed), scribble(seed), cut(seed % 20 / 20)])
        found, reasons = damage.done(lambda path, way=way: way(path.with_name(path.name + end)))
        # What a damaged log had last can't be told from what was never written.
        assert found == ANSWERS[: len(found)]
        assert len(found) >= SAVED
        if end == "":
            assert reasons or found == ANSWERS


@pytest.mark.parametrize("end", ["-wal", "-shm", "-journal"])
def test_what_is_left_beside_a_record_by_something_else_does_no_harm(
    damage: Damage, end: str
) -> None:
    found, _ = damage.done(lambda path: path.with_name(path.name + end).write_bytes(b"odd" * 9000))
    assert found in (ANSWERS, ANSWERS[:SAVED])


@pytest.mark.parametrize("backed_up", [True, False])
def test_a_log_that_is_left_alone_is_set_aside(left: Path, tmp_path: Path, backed_up: bool) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(left.with_name(f"{left.name}-going-on"), folder)
    log = (folder / f"{NAME}-wal").read_bytes()
    (folder / NAME).unlink()
    for backup in [] if backed_up else folder.glob("*.backup-*"):
        backup.unlink()
    with Store.open(folder / NAME, Clock()) as store:
        reasons = [notice.reason for notice in store.notices]
        assert reasons == ["practice_missing_restored"] * backed_up
        assert len(store.answers(1)) == SAVED * backed_up
    (aside,) = folder.glob("*.damaged-*-wal")
    assert aside.read_bytes() == log
    with Store.open(folder / NAME, Clock()) as store:
        assert store.notices == ()
