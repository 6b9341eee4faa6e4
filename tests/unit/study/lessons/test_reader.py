"""The reader: whatever is wrong with a lesson's file, one message says what, and on which line."""

from __future__ import annotations

import os
import re
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from cnn_tutor.project.file import encode
from cnn_tutor.project.limits import (
    MAX_BOARDS,
    MAX_CODE,
    MAX_IN_LIST,
    MAX_LESSON_BYTES,
    MAX_STEPS,
)
from cnn_tutor.study import words
from cnn_tutor.study.boards.presets import presets
from cnn_tutor.study.lessons import reader
from cnn_tutor.study.lessons.language.fault import LessonError
from cnn_tutor.study.lessons.reader import read
from tests.helpers.effort import at_most
from tests.unit.study.lessons.written import DROPOUT, EXAMPLE, changed, opened, refused, written

GIVEN = 'kind = "conv2d"\ntensors.x.rows'
STEP = '\n[[steps]]\nid = "more"\ncaption = { ja = "。", en = "." }\n'


@dataclass(frozen=True)
class Broken:
    """The example with one place broken: why it is refused, for which key, on which line.

    ``line`` is how that line begins; empty where no line can be named.
    """

    reason: str
    old: str
    new: str
    key: str
    line: str
    text: str = EXAMPLE


HEAD = EXAMPLE[: EXAMPLE.index("[[steps]]")]
PREDICT, GOAL, ANSWER = 'predict = "output[0,1]"', 'goal = ["output = 0"', 'answer = ["kernel = 0"]'
WALK, RANGE = 'walk = "0,0"', "tensors.x.shape = [3, 3, 1]"
KIND = 'kind = "conv2d"'
BARE = re.sub(r"^tensors.*\n", "", EXAMPLE, flags=re.MULTILINE)
"""The example with a board that nothing is given for."""

WIDE = "tensors.x = { lot = 1, from = 0, to = 9, shape = [64, 64, 1] }"
LARGE = """
[boards.large%d]
kind = "dense"
tensors.x = { lot = 1, from = 0, to = 9, shape = [126] }
tensors.kernel = { lot = 1, from = 0, to = 1, shape = [126, 8192] }
"""

BROKEN = [
    Broken("lesson_toml", WALK, "walk = 0,0", "walk", "walk"),
    Broken("lesson_toml", 'lab = "convolution"', "lab = ", "lab", "lab"),
    Broken("lesson_missing", "title = {", "# title = {", "title", ""),
    Broken("lesson_missing", ', en = "A first lesson"', "", "title", "title"),
    Broken("lesson_unknown_key", WALK, 'wlak = "0,0"', "steps[0].wlak", "wlak"),
    Broken("lesson_unknown_key", ', en = "A f', ', fr = "A f', "title.fr", "title"),
    Broken("file_type", WALK, "walk = 0", "steps[0].walk", "walk"),
    Broken("lesson_text", '"A first lesson"', '" "', "title.en", "title"),
    Broken("lesson_text", '"A first lesson"', f'"{601 * "a"}"', "title.en", "title"),
    Broken("lesson_unseen", '"A first lesson"', '"A\\u202Elesson"', "title.en", "title"),
    Broken("lesson_steps", "lab = ", "steps = []\nlab = ", "steps", "steps", HEAD),
    Broken("lesson_steps", "title", "title", "steps", "[[steps]]", EXAMPLE + STEP * MAX_STEPS),
    Broken("lesson_id", 'id = "guess"', 'id = "watch"', "steps[1].id", "id"),
    Broken("lesson_id", 'id = "guess"', 'id = "Guess!"', "steps[1].id", "id"),
    Broken("lesson_preset", '"convolution"', '"nowhere"', "lab", "lab"),
    Broken("lesson_preset", KIND, 'preset = "nowhere"', "boards.small.preset", "preset", BARE),
    Broken("lesson_by_lot", KIND, 'preset = "random"', "boards.small.preset", "preset", BARE),
    Broken("lesson_by_lot", RANGE, 'tensors.x.of = "random"', "boards.small.tensors.x", "tensors"),
    Broken("lesson_unknown_key", KIND, 'preset = "blur"', "boards.small.tensors", "tensors.x"),
    Broken("lesson_unknown_key", KIND, f"{KIND}\nx.rows = [1]", "boards.small.x", "x.rows"),
    Broken("lesson_missing", KIND, KIND, "boards.small.tensors.x", "[boards.small]", BARE),
    Broken("lesson_board", GIVEN, f'preset = "blur"\n{GIVEN}', "boards.small", "[boards.small]"),
    Broken(
        "lesson_numbers", RANGE, RANGE.replace("3, 1", "2, 1"), "boards.small.tensors.x", "tens"
    ),
    Broken("lesson_numbers", "[4, 5, 6]", f"[4, 5, {10**400}]", "boards.small.tensors.x", "tens"),
    Broken("lesson_kind", KIND, 'kind = "lstm"', "boards.small.kind", "kind"),
    Broken("lesson_outside", KIND, 'file = "../a.cnnt"', "boards.small.file", "file", BARE),
    Broken("lesson_no_file", KIND, 'file = "a.cnnt"', "boards.small.file", "file", BARE),
    Broken(
        "ports", RANGE, f"{RANGE}\ntensors.bais.rows = [1]", "boards.small.tensors.bais", "tens"
    ),
    Broken(
        "file_unknown_setting", RANGE, f"{RANGE}\nsettings.stride = [2, 2]",
        "boards.small.settings.stride", "settings.stride"
    ),
    Broken(
        "lesson_too_many", "lab = ", "lab = ", "boards", "[boards.small]",
        EXAMPLE + "".join(f"\n[boards.b{n}]" for n in range(MAX_BOARDS))
    ),
    Broken(
        "lesson_all_cells", "lab", "lab", "boards.large2", "[boards.large2]",
        EXAMPLE + "".join(LARGE % n for n in range(3))
    ),
    Broken(
        "file_type", "[3, 3, 'x']", "[3, 3, 'y']", "boards.other.tensors.x.shape[2]",
        "tensors.x.shape = [3, 3, 'y']",
        EXAMPLE + "\n[boards.other]\n" + KIND + "\ntensors.x.shape = [3, 3, 'x']\n"
    ),
    Broken("lesson_parts", WALK, f"{'a.' * 16}a = 1", "", "a.a.a"),
    Broken("lesson_first_board", 'board = "small"\n', "", "steps[0].board", "[[steps]]"),
    Broken("lesson_no_board", '"small"', '"large"', "steps[0].board", "board"),
    Broken("lesson_no_board", PREDICT, f'of = "large"\n{PREDICT}', "steps[1].task.of", "of"),
    Broken("lesson_walk_and_look", WALK, f'{WALK}\nlook = "end"', "steps[0].walk", "walk"),
    Broken("lesson_task", PREDICT, f'{PREDICT}\nnumber = "x.max"', "steps[1].task", "[steps.task]"),
    Broken("lesson_needs_answer", ANSWER, "", "steps[2].task", "[steps.task]"),
    Broken("lesson_subject", PREDICT, 'predict = "output["', "steps[1].task.predict[0]", "predict"),
    Broken("lesson_measure", GOAL, 'goal = ["output.size = 0"', "steps[2].task.goal[0]", "goal"),
    Broken("lesson_no_layer", GOAL, 'goal = ["relu_1/x = 0"', "steps[2].task.goal[0]", "goal"),
    Broken("lesson_no_layer", WALK, 'layer = "relu_1"', "steps[0].layer", "layer"),
    Broken(
        "lesson_computed", ANSWER, 'answer = ["output = 0"]', "steps[2].task.answer[0]", "answer"
    ),
    Broken("lesson_axes", GOAL, 'goal = ["output[0,0,0,0] = 0"', "steps[2].task.goal[0]", "goal"),
    Broken(
        "lesson_no_cell", PREDICT, 'predict = "output[0,2]"', "steps[1].task.predict[0]", "predict"
    ),
    Broken("lesson_unknown", '"x unchanged"', '"y changed"', "steps[2].task.goal[1]", "goal"),
    Broken("lesson_rows", GOAL, 'goal = ["output = 0 0 / 0"', "steps[2].task.goal[0]", "goal"),
    Broken("lesson_condition", '"8"', '"eight"', "steps[1].task.remarks[0].when", "when"),
    Broken("lesson_assignment", ANSWER, 'answer = ["kernel"]', "steps[2].task.answer[0]", "answer"),
    Broken(
        "lesson_count", ANSWER, 'answer = ["kernel = 0 0"]', "steps[2].task.answer[0]", "answer"
    ),
    Broken(
        "lesson_setting", ANSWER, 'answer = ["strides = two"]', "steps[2].task.answer[0]", "answer"
    ),
    Broken(
        "lesson_setting", GIVEN, f"settings.strides = 2\n{GIVEN}", "boards.small.settings.strides",
        "settings.strides"
    ),
    Broken(
        "lesson_cells",
        WALK,
        'set = ["x = 1"]',
        "steps[0].set[0]",
        "set",
        changed(
            GIVEN,
            f"{KIND}\n{WIDE.replace('64, 1]', '64, 2]')}\n# ",
            re.sub(r"tensors\.(?!x\.rows).*\n", "", EXAMPLE),
        ),
    ),
    Broken("lesson_no_cells", GOAL, 'goal = ["strides[7] = 1"', "steps[2].task.goal[0]", "goal"),
    Broken(
        "lesson_too_many", GOAL, "goal = [" + '"x = x",' * MAX_IN_LIST + '"x = x"',
        "steps[2].task.goal", "goal"
    ),
    Broken(
        "lesson_text", '"8"', f'"{"8" * (MAX_CODE + 1)}"', "steps[1].task.remarks[0].when", "when"
    ),
    Broken("lesson_count_of_terms", WALK, f"{WALK}\nterms = 6", "steps[0].terms", "terms"),
    Broken("lesson_count_of_terms", WALK, "look = '0,0'\nterms = 1", "steps[0].terms", "terms"),
    Broken(
        "lesson_effort",
        "lab",
        "lab",
        "",
        "[[steps]]",
        HEAD
        + LARGE % 0
        + "".join(
            STEP.replace("more", f"s{n}") + 'board = "large0"\nset = [' + '"x = 1",' * 60 + "]\n"
            for n in range(9)
        ),
    ),
    Broken("lesson_kind", ANSWER, 'answer = ["add = lstm"]', "steps[2].task.answer[0]", "answer"),
    Broken("lesson_index", WALK, 'walk = "0:2"', "steps[0].walk", "walk"),
    Broken("lesson_target", '["output[0,0]"]', '["x.width"]', "steps[0].point[0]", "point"),
    Broken("lesson_done_already", GOAL, 'goal = ["x = x"', "steps[2].task.goal", "goal"),
    Broken("lesson_wrong_answer", ANSWER, 'answer = ["kernel = 1"]', "steps[2].task.answer", "ans"),
    Broken("lesson_predict", PREDICT, 'predict = "x[0,1]"', "steps[1].task.predict[0]", "predict"),
    Broken(
        "lesson_predict", 'when = "8"', 'when = "8"\ncell = "output[1,1]"',
        "steps[1].task.remarks[0].cell", "cell"
    ),
    Broken(
        "lesson_asked", 'id = "guess"', 'id = "guess"\nset = ["x.height = 10", "x.width = 10"]',
        "steps[1].task.predict[0]", "predict", changed(PREDICT, 'predict = "output"')
    ),
    Broken("lesson_number", PREDICT, 'number = "output"', "steps[1].task.number", "number"),
    Broken(
        "lesson_right_remark", PREDICT, 'number = "output[0,1]"', "steps[1].task.remarks[0].when",
        "when", changed('when = "8"', 'when = "14"')
    ),
    Broken(
        "lesson_right_remark", 'when = "8"', 'when = "14"', "steps[1].task.remarks[0].when", "when"
    ),
    Broken(
        "lesson_view", ANSWER, 'answer = ["view = units", "view = photo"]',
        "steps[2].task.answer[1]", "answer"
    ),
    Broken("lesson_term", "[filter](filter)", "[filter](fillter)", "steps[0].caption", "caption"),
    Broken("lesson_terms_differ", "[filter](filter)", "filter", "steps[0].caption", "caption"),
    Broken(
        "lesson_switch", '= ["training = no"]\na', '= ["training = of"]\na', "", "goal", DROPOUT
    ),
]  # fmt: skip

NOT_OF_A_TEXT = {
    "lesson_encoding",
    "lesson_too_large",
    "lesson_structure",
    "lesson_place",  # which only says where
    "lesson_none",  # of a folder without lessons
    "lesson_folder_slow",
}


@pytest.fixture(autouse=True)
def _english() -> None:
    words.speak("en")


@pytest.mark.parametrize("broken", BROKEN, ids=lambda b: f"{b.reason}-{b.key}")
def test_what_is_wrong_is_said_once_with_its_line_and_key(tmp_path: Path, broken: Broken) -> None:
    text = changed(broken.old, broken.new, broken.text)
    fault = refused(tmp_path, text)
    assert fault.reason == broken.reason, words.explain(fault)
    assert broken.key in ("", fault.key)
    lines = text.split("\n")
    assert (lines[fault.line - 1] if fault.line else "").startswith(broken.line)
    assert bool(fault.line) == bool(broken.line)
    said = {}
    for language in words.LANGUAGES:
        words.speak(language)
        said[language] = words.explain(fault)
        assert "\n" not in said[language]
        assert fault.key in said[language]
        assert str(fault.line or "") in said[language]
    words.speak("en")
    assert said["ja"] != said["en"]
    assert all(len(sentence) < 400 for sentence in said.values())


def test_every_reason_that_a_lesson_is_refused_for_is_provoked() -> None:
    reasons = {key for key in words.table("errors") if key.startswith("lesson_")}
    assert reasons - NOT_OF_A_TEXT == {b.reason for b in BROKEN if b.reason.startswith("lesson_")}


def test_the_example_of_the_readme_opens_and_is_complete(tmp_path: Path) -> None:
    lesson = opened(tmp_path, EXAMPLE)
    assert [step.key for step in lesson.steps] == ["watch", "guess", "change"]
    watch, guess, change = lesson.steps
    assert lesson.lab == "convolution"
    assert watch.task is None
    assert watch.points
    assert guess.task is not None
    assert guess.task.asked(lesson.scene(1)) == ((0, 1, 0),)
    assert float(lesson.scene(1).evaluation.value("conv2d_1")[0, 1, 0]) == 14
    assert change.task is not None
    assert change.task.holds(change.task.solved(lesson.scene(2)), lesson.scene(2))
    both = [lesson.titles, *(step.caption for step in lesson.steps)]
    both += [step.task.say for step in lesson.steps if step.task]
    assert all(text["ja"] and text["en"] for text in both)


def test_the_short_lesson_of_these_tests_opens(tmp_path: Path) -> None:
    assert opened(tmp_path, DROPOUT).titles == {"ja": "短い", "en": "Short"}


@pytest.mark.parametrize("text", [EXAMPLE.replace("\n", "\r\n"), "\ufeff" + EXAMPLE])
def test_line_ends_and_marks_of_other_systems_make_no_difference(tmp_path: Path, text: str) -> None:
    assert len(opened(tmp_path, text).steps) == 3
    fault = refused(tmp_path, text.replace('"guess"', '"watch"'))
    assert fault.line == EXAMPLE.split("\n").index('id = "guess"') + 1


# --- files that are no lessons -------------------------------------------------------------------


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(LessonError) as fault:
        read(tmp_path / "none.toml", "k")
    assert fault.value.reason == "file_open"
    assert not words.explain(fault.value).startswith(":")


@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo], ids=["folder", "pipe"])
def test_what_is_no_file_is_not_waited_for(tmp_path: Path, make) -> None:
    path = tmp_path / "a.toml"
    make(path)
    with pytest.raises(LessonError) as fault:
        read(path, "k")
    assert fault.value.reason == "file_open"


def test_a_file_that_is_too_large(tmp_path: Path) -> None:
    assert opened(tmp_path, EXAMPLE + "#" * (MAX_LESSON_BYTES - len(EXAMPLE.encode())))
    fault = refused(tmp_path, EXAMPLE + "#" * (MAX_LESSON_BYTES - len(EXAMPLE.encode()) + 1))
    assert fault.reason == "lesson_too_large"
    assert str(MAX_LESSON_BYTES // 1024) in words.explain(fault)


@pytest.mark.parametrize("encoding", ["shift_jis", "euc_jp", "utf-16"])
def test_a_file_in_another_encoding(tmp_path: Path, encoding: str) -> None:
    fault = refused(tmp_path, EXAMPLE.replace("·", "*").encode(encoding, "replace"))
    assert fault.reason == "lesson_encoding"
    assert fault.line == 1


def test_the_line_that_is_not_utf_8(tmp_path: Path) -> None:
    fault = refused(tmp_path, EXAMPLE.encode().replace(b'"guess"', b'"gu\xffss"'))
    assert fault.reason == "lesson_encoding"
    assert fault.line == EXAMPLE.split("\n").index('id = "guess"') + 1
    assert str(fault.line) in words.explain(fault)


# --- what would take too much --------------------------------------------------------------------

HUGE = [
    "tensors.x = { lot = 1, from = 0, to = 9, shape = [100000, 100000, 1] }",
    "tensors.x = { lot = 1, from = 0, to = 9, shape = [64, 64, 17] }",
    "tensors.x = { lot = 1, from = 0, to = 9, shape = [2, 2, 2, 2, 2, 2, 2] }",
    "tensors.x = { lot = 1, from = 0, to = 9, shape = [-1, -1, -1] }",
    "tensors.x = { lot = 1, from = 0, to = 9, shape = [] }",
    "tensors.x = { lot = 1, from = 9, to = 0, shape = [3, 3, 1] }",
    "tensors.x = { lot = -1, from = 0, to = 9, shape = [3, 3, 1] }",
    "tensors.x = { lot = 1, from = 0, to = 9 }",
    "tensors.x = { rows = [1], shape = [100000, 100000] }",
    "tensors.x = { picture = ['ab'], colours = { a = [1] } }",
    "tensors.x = { rows = [1e300, 1e300] }",
    "tensors.x = { rows = [nan] }",
    "tensors.x = { rows = ['a'] }",
    "tensors.x = { rows = [] }",
    "tensors.x = { }",
    "tensors.x = { of = 'nowhere' }",
    "tensors.x.rows = [[1, 2], [3, 4]]\n"
    "tensors.kernel = { filters = [[[[1]]]], shape = [1, 1, 100000000, 1] }",
    "tensors.x.rows = [[1, 2], [3, 4]]\ntensors.kernel = { filters = [[[[1]]]], shape = [1, 1] }",
    "tensors.x = { lot = 1, from = 0, to = 9, shape = [3, 3, 1] }\n"
    "settings.padding = [[99999999, 9999999], [9999999, 99999999]]",
]


@contextmanager
def little() -> Iterator[None]:
    """Fail if what is done within takes many steps or much memory."""
    tracemalloc.start()
    try:
        with at_most(200_000):
            yield
        assert tracemalloc.get_traced_memory()[1] < 40e6
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("board", HUGE)
def test_what_is_too_large_is_refused_before_memory_is_taken(tmp_path: Path, board: str) -> None:
    text = re.sub(r"^tensors.*\n", "", EXAMPLE, flags=re.MULTILINE)
    text = changed('kind = "conv2d"\n', f'kind = "conv2d"\n{board}\n', text)
    refused(tmp_path, DROPOUT.replace("training = no", "training"))  # what is loaded only once
    with little():
        fault = refused(tmp_path, text)
    assert fault.key == "boards.small" or fault.key.startswith("boards.small."), fault
    assert fault.line >= 4
    assert words.explain(fault)


@pytest.mark.parametrize(
    "change",
    [
        "x.height = 100000", "x.channels = 1000000", "kernel.filters = 99999999",
        "padding = 99999999", "x = 1e999", "x = " + "9" * 400, "kernel.height = 1e99",
        "strides = 99999999999999999999",
    ],
)  # fmt: skip
def test_a_change_that_is_too_large_is_refused(tmp_path: Path, change: str) -> None:
    with little():
        fault = refused(tmp_path, changed(WALK, f'set = ["{change}"]'))
    assert fault.key == "steps[0].set[0]"


def test_a_fault_after_a_long_list_is_soon_found(tmp_path: Path) -> None:
    rows = "tensors.mask.rows = [\n" + "1,\n" * 1000 + "]"
    text = changed("tensors.mask.rows = [1, 1, 0]", rows, DROPOUT)
    with little():
        fault = refused(tmp_path, text)
    assert fault.key == "boards.one"


# --- nothing but a LessonError -------------------------------------------------------------------


@pytest.mark.parametrize("error", [RuntimeError, MemoryError, RecursionError, OSError, KeyError])
def test_what_nobody_thought_of_is_a_fault_of_the_file(
    tmp_path: Path, monkeypatch, error: type[Exception]
) -> None:
    def fails(lesson: object) -> None:
        raise error

    monkeypatch.setattr(reader, "prove", fails)
    fault = refused(tmp_path, EXAMPLE)
    assert fault.reason == "lesson_structure"
    assert isinstance(fault.__cause__, error)


def test_who_stops_the_program_stops_it(tmp_path: Path, monkeypatch) -> None:
    def stops(lesson: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(reader, "prove", stops)
    with pytest.raises(KeyboardInterrupt):
        opened(tmp_path, EXAMPLE)


def test_a_path_that_no_file_can_have(tmp_path: Path) -> None:
    for name in ("a\0b", "x" * 5000, "a.toml/b"):
        with pytest.raises(LessonError) as fault:
            read(tmp_path / name, "k")
        assert words.explain(fault.value)


@pytest.mark.parametrize("number", ["padding", "view", "layer", "layers", "strides", "x.nothing"])
def test_a_number_to_answer_with_has_to_be_one(tmp_path: Path, number: str) -> None:
    text = changed('predict = "output[0,1]"', f'number = "{number}"')
    assert refused(tmp_path, text).reason.startswith("lesson_")


# --- boards that are files beside it -------------------------------------------------------------

BOARD_STEP = '\n[[steps]]\nid = "%s"\nboard = "a"\ncaption = { ja = "。", en = "." }\n'
SAME_STEP = BOARD_STEP.replace('board = "a"\n', "") % "watch"
FILE = "title = { ja = '。', en = '.' }\n\n[boards.a]\nfile = \"a.cnnt\"\n" + BOARD_STEP % "s0"


def with_file(name: str) -> str:
    """The example with a board of a file; its steps have no tasks then."""
    text = changed(GIVEN, f"file = {name}\n# ")
    return re.sub(r"^tensors.*\n", "", text, flags=re.MULTILINE)


@pytest.fixture
def project() -> bytes:
    return encode(presets()["convolution"].project())


def test_a_project_beside_the_lesson_is_its_board(tmp_path: Path, project: bytes) -> None:
    (tmp_path / "boards").mkdir()
    written(tmp_path, project, "mine.cnnt")
    written(tmp_path / "boards", project, "mine.cnnt")
    for name in ('"mine.cnnt"', '"./mine.cnnt"', '"boards/mine.cnnt"', '"boards/../mine.cnnt"'):
        fault = refused(tmp_path, with_file(name) + SAME_STEP)
        assert fault.reason == "lesson_id", name  # so far everything is right


def test_no_file_outside_of_the_folder_is_opened(tmp_path: Path, project: bytes) -> None:
    written(tmp_path, project, "secret.cnnt")
    folder = tmp_path / "lessons"
    (folder / "sub").mkdir(parents=True)
    (folder / "link.cnnt").symlink_to(tmp_path / "secret.cnnt")
    (folder / "away").symlink_to(tmp_path)
    (folder / "loop").symlink_to(folder / "loop")
    (folder / "there").symlink_to("back")
    (folder / "back").symlink_to("there")
    sibling = tmp_path / "lessons_too"
    sibling.mkdir()
    written(sibling, project, "a.cnnt")
    names = [
        "../secret.cnnt",
        "sub/../../secret.cnnt",
        str(tmp_path / "secret.cnnt"),
        str(folder / "sub"),
        "link.cnnt",
        "away/secret.cnnt",
        "../lessons_too/a.cnnt",
        "~/secret.cnnt/../../../../../etc/passwd",
        "/etc/passwd",
        "/dev/zero",
        "/dev/stdin",
        "a\\u0000b",
    ]
    for name in names:
        fault = refused(folder, with_file(f'"{name}"'))
        assert fault.reason == "lesson_outside", name
        assert fault.key == "boards.small.file"
        assert fault.line == 5
    for name in ("loop", "loop/a.cnnt", "there", "sub/../back"):
        assert refused(folder, with_file(f'"{name}"')).reason in ("file_open", "lesson_no_file")


def test_what_is_no_project_in_the_folder(tmp_path: Path, project: bytes) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    written(tmp_path, project[:-20], "cut.cnnt")
    written(tmp_path, b"", "empty.cnnt")
    written(tmp_path, b"\xff\xfe\x00", "noise.cnnt")
    for name in ("folder", "pipe", "none.cnnt", "x" * 300, ".", "file:///etc/passwd"):
        assert refused(tmp_path, with_file(f'"{name}"')).reason in ("lesson_no_file", "file_open")
    for name in ("cut", "empty", "noise", "mine.toml"):
        name = name if "." in name else f"{name}.cnnt"
        fault = refused(tmp_path, with_file(f'"{name}"'))
        assert fault.reason.startswith("file_"), name
        assert fault.key == "boards.small.file"
        assert words.explain(fault)


def test_a_file_of_several_boards_is_read_once(tmp_path: Path, monkeypatch) -> None:
    written(tmp_path, encode(presets()["blur"].project()), "a.cnnt")
    read_so_far = []
    real = reader.decode
    monkeypatch.setattr(reader, "decode", lambda data: read_so_far.append(1) or real(data))
    boards = "".join(f'[boards.b{n}]\nfile = "./a.cnnt"\n' for n in range(9))
    assert opened(tmp_path, changed("[boards.a]\n", f"{boards}[boards.a]\n", FILE))
    assert len(read_so_far) == 1


def test_where_in_the_file_of_a_board_something_is_wrong(tmp_path: Path) -> None:
    damaged = encode(presets()["blur"].project()).replace(b'"conv2d"', b'"conv4d"')
    written(tmp_path, damaged, "a.cnnt")
    fault = refused(tmp_path, FILE)
    assert (fault.key, fault.inside, fault.line) == ("boards.a.file", "nodes[0].kind", 4)
    assert "boards.a.file (nodes[0].kind)" in words.explain(fault)
