"""The lessons that come with the program: each is sound and said twice alike; they teach the decks.

FRAMES names, for every frame of the two lecture decks, the steps that teach it; where it can be
computed, the last part of this file looks whether the step really has what the frame shows.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

import pytest

from cnn_tutor.engine.errors import Refusal
from cnn_tutor.study import numbers
from cnn_tutor.study.boards.presets import presets
from cnn_tutor.study.glossary import LINK, glossary, linked, plain
from cnn_tutor.study.lessons.language.condition import Condition
from cnn_tutor.study.lessons.language.scene import Scene
from cnn_tutor.study.lessons.lesson import Lesson, Step
from cnn_tutor.study.lessons.library import PREFIX, Library
from cnn_tutor.study.lessons.task import Remark, Task

LIBRARY = Library()
COUNT = 12
LETTERS_LIMIT = {"en": 230, "ja": 130}

_TAUGHT = {
    "A1": {"lesson_dense": "own_place one_each blind_spot shared"},
    "A2": {"lesson_channels": "split pixel"},
    "A3": {"lesson_im2col": "dot_product rows two_columns two_channels row_length row_count"},
    "A4": {"lesson_channels": "depth"},
    "A5": {"lesson_pointwise": "skewer guided alone only_here"},
    "A6": {"lesson_channels": "six_maps second_map second_filter parameters"},
    "A7": {
        "lesson_network": "look_back next_width field_of_two",
        "lesson_activation": "put_relu_between",
    },
    "A8": {"lesson_pooling": "each_map how_many_maps"},
    "A9": {"lesson_pooling": "losers tie"},
    "A10": {"lesson_words_and_sizes": "demo three_words demo_worked demo_sum demo_alone"},
    "A11": {"lesson_words_and_sizes": "quiz quiz_open stride_width seven_wide"},
    "B1": {"lesson_convolution": "first_cell meet slide add_up"},
    "B2": {"lesson_convolution": "finish", "lesson_padding": "shrinks"},
    "B3": {"lesson_padding": "ring edge_worked"},
    "B4": {"lesson_padding": "last_row edge_worked corner_reads"},
    "B5": {"lesson_convolution": "looks_alike"},
    "B6": {"lesson_convolution": "by_hand by_yourself"},
    "B7": {"lesson_channels": "padded four_maps four_channels worked guided alone"},
    "B8": {"lesson_pooling": "first_window next_window bottom_row"},
    "B9": {"lesson_flatten": "one_line next_number the_rest"},
    "B10": {"lesson_dense": "every_line one_unit last_sum own_unit"},
    "B11": {"lesson_dropout": "by_lot kept_and_dropped three_more balance"},
}
FRAMES: dict[str, list[tuple[str, str]]] = {
    frame: [(lesson, step) for lesson, steps in taught.items() for step in steps.split()]
    for frame, taught in _TAUGHT.items()
}
"""For every frame the steps that teach it, each with its lesson."""

OTHER_NUMBERS: dict[str, str] = {
    "convolution/cannot_change.not_yet": "only the Japanese names the 9 again",
    "padding/stride_two.done": "only the Japanese says that the nine outputs are 3×3",
    "padding/last_width, 4": "the Japanese has a counter on the 1 that is added",
    "channels/second_filter, output[:,:,1] = x[0:2,0:2,1]": "only the Japanese says 2×2",
    "pointwise/alone, 2": "“below 0” is “negative” in Japanese",
    "pointwise/red_spot, output[1,1] < 0": "“below 0” is “negative” in Japanese",
    "im2col/two_channels.done": "only the Japanese gives the place's index as well",
    "im2col/row_count.say": "the Japanese means the step before, which has the 5×5",
    "activation/no_single_filter.caption": "“without bias” is “bias 0” in Japanese",
    "pooling/bottom_row, 4": "only the Japanese says in which column the 5 is",
    "pooling/smaller, 4": "“over the edge” is “past the 7 cells” in Japanese",
    "dropout/by_lot.caption": "“an even chance” is “a chance of 1/2” in Japanese",
    "dropout/same_mean, 16": "“8 doubled” is “times 2” in Japanese",
}
"""Texts whose two languages may differ in their numbers, and why."""

ON_THE_WAY: dict[str, str] = {
    "convolution/vertical_lines, output[:,0] >= 3": "praises the half that is done",
    "channels/depth, x.channels != 3": "says that one has come close",
    "dense/blind_spot, x[2,0:3] = 9": "praises the half that is done",
    "dense/blind_spot, x[0:3,0] = 9": "praises the half that is done",
    "dropout/another_lot, seed != 1": "a seed that drops just as many has been tried",
    "dropout/another_lot, mask changed": "a mask that was clicked; a new seed changes it, too",
    "network/ripple, conv2d_2/output.changes > 1": "says that one has come close",
    "pointwise/red_spot, kernel.sum = 0": "praises the half that is done",
}
"""Remarks about what is true on the way to the goal, and stays so when it is reached."""


@pytest.fixture(params=LIBRARY, ids=list(LIBRARY))
def lesson(request: pytest.FixtureRequest) -> Lesson:
    return LIBRARY[request.param].lesson


# --- each of them --------------------------------------------------------------------------------


def test_they_are_numbered_without_a_gap() -> None:
    assert [entry.order for entry in LIBRARY.values()] == list(range(1, COUNT + 1))
    assert not LIBRARY.own


def test_a_lesson_is_sound_and_leads_to_a_lab_on_its_topic(lesson: Lesson) -> None:
    assert lesson.key.startswith(PREFIX)
    assert lesson.lab in presets()
    assert lesson.titles.keys() == {"ja", "en"}
    assert LIBRARY[lesson.key].lab == lesson.lab
    for place, step in enumerate(lesson.steps):
        assert lesson.place(step.key) == place
        assert LIBRARY.lesson_of(lesson.origin(place)) == (lesson, place)


def test_every_board_is_used(lesson: Lesson) -> None:
    used = {step.board for step in lesson.steps}
    asked = {id(s.task.scene_of.project) for s in lesson.steps if s.task and s.task.scene_of}
    left = [
        name for name, board in lesson.boards.items() if name not in used and id(board) not in asked
    ]
    assert not left


def test_both_languages_link_to_the_same_terms_and_give_the_same_numbers(lesson: Lesson) -> None:
    faults = []
    for name, text in texts(lesson):
        ja, en = text["ja"], text["en"]
        if sorted(linked(ja)) != sorted(linked(en)):
            faults.append(f"{name}: {linked(ja)} and {linked(en)}")
        assert set(linked(en)) <= set(glossary())
        for side in (ja, en):
            if side.count("**") % 2 or LINK.sub("", side).count("]("):
                faults.append(f"{name}: broken marks in {side!r}")
        differ = other_numbers(ja, en)
        if differ and name not in OTHER_NUMBERS:
            faults.append(f"{name}: {differ} in one language alone")
    assert not faults, "\n".join(faults)


def test_captions_are_short_enough_to_be_read(lesson: Lesson) -> None:
    long = [
        f"{step.key}: {len(plain(text))} in {language}"
        for step in lesson.steps
        for language, text in step.caption.items()
        if len(plain(text)) > LETTERS_LIMIT[language]
    ]
    assert not long


def test_two_decimals_are_enough_for_every_number_that_is_asked(lesson: Lesson) -> None:
    for start, step in tasks(lesson):
        task = step.task
        assert task is not None
        values = [float(start.evaluation.value(start.layer)[at]) for at in task.asked(start)]
        expected = task.expected(start)
        for value in (*values, *([] if expected is None else [expected])):
            assert numbers.agree(numbers.parse(numbers.plain(value)), value), step.key
            assert numbers.agree(round(value, 2), value), step.key


def test_no_remark_finds_fault_with_what_is_right() -> None:
    lessons = [entry.lesson for entry in LIBRARY.values()]
    assert {name for lesson in lessons for name in said_when_done(lesson)} == ON_THE_WAY.keys()


def said_when_done(lesson: Lesson) -> Iterator[str]:
    """Every remark that also holds when the goal of its task is reached."""
    for start, step in tasks(lesson):
        assert step.task is not None
        done = step.task.solved(start)
        for remark in step.task.remarks if step.task.goal else ():
            if isinstance(remark.when, Condition) and said_of(remark.when, done, start):
                yield f"{lesson.key.removeprefix(PREFIX)}/{step.key}, {when(remark)}"


def test_every_text_that_may_differ_does() -> None:
    said = [text for entry in LIBRARY.values() for text in texts(entry.lesson)]
    assert OTHER_NUMBERS.keys() <= {n for n, t in said if other_numbers(t["ja"], t["en"])}


# --- the frames of the decks ---------------------------------------------------------------------


def test_every_frame_is_taught_by_steps_that_there_are() -> None:
    assert list(FRAMES) == [*(f"A{n}" for n in range(1, 12)), *(f"B{n}" for n in range(1, 12))]
    for frame, named in FRAMES.items():
        assert named, frame
        for key, name in named:
            assert key in LIBRARY, frame
            assert name in [step.key for step in LIBRARY[key].lesson.steps], (frame, key, name)


@pytest.mark.parametrize("frame", FRAMES)
def test_the_steps_of_a_frame_let_the_learner_do_something(frame: str) -> None:
    assert any(at(key, name)[1].task is not None for key, name in FRAMES[frame])


SAME = "output = 0 0 2 0 1 / 0 3 0 1 0 / 2 0 2 0 2 / 0 1 0 3 0 / 1 0 2 0 0"
"""What padding makes of the example of the deck."""

SHOWN: dict[str, dict[str, tuple[str, ...]]] = {
    "A1": {
        "own_place": ("view = units", "x.count = 16", "parameters = 10"),
        "one_each": ("output.height = 2", "output.width = 2"),
        "shared": ("number = 234",),
    },
    "A2": {"split": ("x.height = 32", "x.width = 32", "x.channels = 3", "number = 3072")},
    "A3": {
        **dict.fromkeys(("rows", "two_columns", "two_channels"), ("view = matrices",)),
        **{"row_length": ("number = 75",), "row_count": ("number = 784",)},
    },
    "A4": {"depth": ("x.channels = 3", "kernel.channels = 3", "then kernel.channels = 4")},
    "A5": {"skewer": ("x.channels = 3", "kernel.height = 1", "kernel.width = 1")},
    "A6": {
        "six_maps": (
            *("x.height = 32", "x.width = 32", "x.channels = 3", "kernel.height = 5"),
            *("kernel.filters = 6", "output.height = 28", "output.channels = 6"),
            "parameters = 456",
        ),
        "parameters": ("number = 456",),
    },
    "A7": {
        "look_back": (
            *("layers = conv2d relu conv2d", "conv2d_1/output.height = 28"),
            *("conv2d_1/output.channels = 6", "output.height = 24", "output.channels = 10"),
        ),
        "next_width": ("number = 24",),
    },
    "A8": {
        "each_map": ("layers = max_pooling2d", "x.channels = 3", "output.channels = 3"),
        "how_many_maps": ("number = 1176",),
    },
    "A9": {
        # All but the winner can be other numbers.
        "losers": ("layers = max_pooling2d", "pool_size = 2 2", "then x.changes = 3"),
    },
    "A10": {
        "demo": (
            *("x.height = 5", "x.width = 5", "x.channels = 3", "kernel.height = 3"),
            *("kernel.filters = 2", "strides = 2 2", "padding = 1 1 1 1", "bias = 1 0"),
            *("output.height = 3", "output.width = 3", "output.channels = 2"),
        ),
    },
    "A11": {
        "quiz": ("number = 3",),
        "quiz_open": ("x = 1 2 3 4 5", "kernel = 1 2 3", "output = 14 20 26"),
    },
    "B1": {
        "first_cell": (
            "x = 0 0 1 0 0 / 0 1 0 1 0 / 1 0 0 0 1 / 0 1 0 1 0 / 0 0 1 0 0",
            *("kernel = 0 0 1 / 0 1 0 / 1 0 0", "at = 0 0", "output[0,0] = 3"),
        ),
    },
    "B2": dict.fromkeys(("finish", "shrinks"), ("output = 3 0 1 / 0 2 0 / 1 0 3",)),
    "B3": {
        "ring": ("x.height = 5", "output.height = 3", "then output.height = 5"),
    },
    "B4": {
        "edge_worked": (SAME,),
        "last_row": (SAME, "asked = 5"),
    },
    "B5": {"looks_alike": ("output[0,0] = output.max", "output[2,2] = output.max")},
    "B6": {"by_hand": ("asked = 4",), "by_yourself": ("asked = 1",)},
    "B7": {
        "padded": ("x.height = 5", "x.channels = 3", "padding = same"),
        "four_maps": ("kernel.filters = 4", "output.channels = 4"),
        "four_channels": (
            *("kernel.height = 3", "kernel.channels = 4", "kernel.filters = 2"),
            *("x.channels = 4", "output.channels = 2"),
        ),
    },
    "B8": dict.fromkeys(
        ("first_window", "next_window", "bottom_row"),
        ("x = 3 1 0 5 / 0 2 4 2 / 2 0 3 1 / 4 5 4 2", "output = 3 5 / 5 4"),
    ),
    "B9": {
        "one_line": ("x = 2 1 4 / 5 3 2 / 0 2 3", "output = 2 1 4 5 3 2 0 2 3"),
        **{"next_number": ("asked = 1",), "the_rest": ("asked = 4",)},
    },
    "B10": {"every_line": ("view = units", "layers = dense")},
    "B11": {
        "by_lot": (
            *("layers = dropout", "rate = 0.5", "training = yes", "mask.min = 0", "mask.max = 1"),
        ),
    },
}
"""What steps of a frame show, in the language of lessons; ``then`` is when their task is done.

``number`` is what the learner answers with, and ``asked`` how many cells there are to fill in.
"""


def test_what_a_frame_shows_is_looked_for_in_every_frame() -> None:
    assert list(SHOWN) == list(FRAMES)


@pytest.mark.parametrize("frame", SHOWN)
def test_a_frame_is_shown_as_in_the_decks(frame: str) -> None:
    for name, conditions in SHOWN[frame].items():
        (key,) = (key for key, step in FRAMES[frame] if step == name)
        scene, step = at(key, name)
        for text in conditions:
            assert holds(text, scene, step.task), (name, text)


def holds(text: str, scene: Scene, task: Task | None) -> bool:
    what, _, rest = text.partition(" = ")
    if what == "number":
        return task is not None and task.expected(scene) == float(rest)
    if what == "asked":
        return task is not None and len(task.asked(scene)) == int(rest)
    if what.startswith("then "):
        assert task is not None
        done = Condition.parse(text.removeprefix("then "))
        return done.holds(task.solved(scene), scene) and not done.holds(scene, scene)
    return Condition.parse(text).holds(scene, scene)


# --- helpers -------------------------------------------------------------------------------------

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_COUNTED = re.compile(r"(?<![\d.])[1-3](?=\s?(?:つ|マス|枚|個|か所|倍|列|行|本|回|点|番|歩))")
"""Small numbers that are grammar in Japanese: English has a word, or nothing, in their place."""

_WORDS = {
    "0": "zero zeros none",
    "1": "one once single first only a an another just",
    "2": "two both second twice double doubled half halved pair",
    "3": "three third",
    "4": "four fourth quarter quartered",
    "5": "five fifth",
    "6": "six",
    "7": "seven",
    "8": "eight",
    "9": "nine",
    "10": "ten",
}


def other_numbers(ja: str, en: str) -> set[str]:
    """Return the numbers that only one of the languages has, in figures or in English words."""
    ja, en = (unicodedata.normalize("NFKC", plain(text)) for text in (ja, en))
    words = set(re.findall(r"[a-z]+", en.lower()))
    spelt = {number for number, said in _WORDS.items() if words & set(said.split())}
    figures = set(_NUMBER.findall(en))
    missing = set(_NUMBER.findall(_COUNTED.sub("", ja))) - figures - spelt
    return missing | (figures - set(_NUMBER.findall(ja)))


def texts(lesson: Lesson) -> Iterator[tuple[str, dict[str, str]]]:
    """Every text of a lesson by its place in it, in both languages."""
    short = lesson.key.removeprefix(PREFIX)
    for step in lesson.steps:
        here = f"{short}/{step.key}"
        yield f"{here}.caption", dict(step.caption)
        if step.task is not None:
            yield f"{here}.say", dict(step.task.say)
            for name, text in (("not_yet", step.task.not_yet), ("done", step.task.done)):
                if text is not None:
                    yield f"{here}.{name}", dict(text)
            for remark in step.task.remarks:
                yield f"{here}, {when(remark)}", dict(remark.text)


def when(remark: Remark) -> str:
    """Return what a remark waits for, as it is written in the lesson."""
    if isinstance(remark.when, Condition):
        return remark.when.text
    return numbers.plain(remark.when)


def tasks(lesson: Lesson) -> Iterator[tuple[Scene, Step]]:
    for place, step in enumerate(lesson.steps):
        if step.task is not None:
            yield lesson.scene(place), step


def said_of(condition: Condition, scene: Scene, start: Scene) -> bool:
    try:
        return condition.holds(scene, start)
    except Refusal:
        return False


def at(key: str, name: str) -> tuple[Scene, Step]:
    lesson = LIBRARY[key].lesson
    place = next(n for n, step in enumerate(lesson.steps) if step.key == name)
    return lesson.scene(place), lesson.steps[place]
