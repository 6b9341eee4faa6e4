"""The lessons that come with the program: each is sound and said twice alike; they teach the decks.

FRAMES names, for every frame of the two lecture decks, the steps that teach it; where it can be
computed, the last part of this file looks whether the step really has what the frame shows.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

import numpy as np
import pytest

from cnn_tutor.engine.arrays import Array
from cnn_tutor.engine.errors import Refusal
from cnn_tutor.study import numbers
from cnn_tutor.study.boards.presets import presets
from cnn_tutor.study.glossary import LINK, glossary, linked, plain
from cnn_tutor.study.lessons.language.condition import Condition
from cnn_tutor.study.lessons.language.scene import Scene
from cnn_tutor.study.lessons.lesson import Lesson, Step
from cnn_tutor.study.lessons.library import PREFIX, Library
from cnn_tutor.study.lessons.task import Remark

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


def test_every_frame_is_looked_for_in_its_steps() -> None:
    looked = [name.split("_")[1].upper() for name in globals() if re.match(r"test_[ab]\d+_", name)]
    assert sorted(looked) == sorted(FRAMES)


def test_a1_full_and_local() -> None:
    scene, step = taught("A1", "own_place")
    assert scene.view == "units"
    assert len(cells_read(scene, (0, 0, 0))) == 9
    assert scene.project.x.size == 16
    assert step.look == "0,0"
    assert parameters(scene) == 10
    assert taught("A1", "one_each")[0].evaluation.value(scene.layer).shape == (2, 2, 1)
    assert solution("A1", "shared") == 25 * 9 + 9


def test_a2_three_channels() -> None:
    scene, _ = taught("A2", "split")
    assert scene.project.x.shape == (32, 32, 3)
    assert solution("A2", "split") == 32 * 32 * 3


def test_a3_patches_and_columns() -> None:
    for name in ("rows", "two_columns", "two_channels"):
        scene, _ = taught("A3", name)
        assert scene.view == "matrices"
        x, kernel, bias = scene.project.x, tensor(scene, "kernel"), tensor(scene, "bias")
        height, width, depth, filters = kernel.shape
        patches = np.lib.stride_tricks.sliding_window_view(x, (height, width, depth))
        rows = patches.reshape(-1, height * width * depth)
        product = rows @ kernel.reshape(-1, filters) + bias
        np.testing.assert_array_equal(product, output(scene).reshape(-1, filters))
    assert solution("A3", "row_length") == 5 * 5 * 3
    assert solution("A3", "row_count") == 28 * 28


def test_a4_depth_follows() -> None:
    scene, step = taught("A4", "depth")
    assert tensor(scene, "kernel").shape[2] == scene.project.x.shape[2] == 3
    address = scene.project.address(scene.layer, "kernel")
    with pytest.raises(Refusal) as refused:
        scene.project.resized(address, (2, 2, 4, 1))
    assert refused.value.reason == "depth_differs"
    assert step.task is not None
    assert tensor(step.task.solved(scene), "kernel").shape[2] == 4


def test_a5_skewer() -> None:
    scene, _ = taught("A5", "skewer")
    kernel = tensor(scene, "kernel")
    assert kernel.shape == (1, 1, 3, 1)
    expected = scene.project.x @ kernel[0, 0] + tensor(scene, "bias")
    np.testing.assert_array_equal(output(scene), expected)


def test_a6_six_maps() -> None:
    scene, _ = taught("A6", "six_maps")
    assert scene.project.x.shape == (32, 32, 3)
    assert tensor(scene, "kernel").shape == (5, 5, 3, 6)
    assert output(scene).shape == (28, 28, 6)
    assert parameters(scene) == solution("A6", "parameters") == 6 * (5 * 5 * 3 + 1)


def test_a7_repeated() -> None:
    scene, _ = taught("A7", "look_back")
    network = scene.project.network
    kinds = [node.layer.kind for node in network.nodes]
    assert kinds == ["conv2d", "relu", "conv2d"]
    assert [network.shape(name) for name in ("input", *(n.name for n in network.nodes))] == [
        (32, 32, 3),
        (28, 28, 6),
        (28, 28, 6),
        (24, 24, 10),
    ]
    field = network.receptive_field(scene.layer, scene.at)
    assert [part.stop - part.start for part in field] == [9, 9, 3]
    assert solution("A7", "next_width") == 24


def test_a8_each_map_alone() -> None:
    scene, _ = taught("A8", "each_map")
    x = scene.project.x
    assert x.shape[2] == output(scene).shape[2] == 3
    np.testing.assert_array_equal(output(scene), pooled(x))
    assert output(scene).size < x.size
    assert solution("A8", "how_many_maps") == 14 * 14 * 6


def test_a9_winners() -> None:
    scene, step = taught("A9", "losers")
    layer = scene.node().layer
    assert (layer.kind, layer.pool_size) == ("max_pooling2d", (2, 2))  # type: ignore[attr-defined]
    np.testing.assert_array_equal(output(scene), pooled(scene.project.x))
    assert step.task is not None
    assert (step.task.solved(scene).project.x != scene.project.x).sum() == 3  # all but the winner


def test_a10_javascript_demo() -> None:
    scene, _ = taught("A10", "demo")
    layer = scene.node().layer
    assert scene.project.x.shape == (5, 5, 3)
    assert tensor(scene, "kernel").shape == (3, 3, 3, 2)
    assert (layer.strides, layer.padding) == ((2, 2), ((1, 1), (1, 1)))  # type: ignore[attr-defined]
    assert tensor(scene, "bias").tolist() == [1, 0]
    assert output(scene).shape == (3, 3, 2)


def test_a11_quiz() -> None:
    assert solution("A11", "quiz") == 3
    scene, _ = taught("A11", "quiz_open")
    assert scene.project.x[..., 0].tolist() == [[1, 2, 3, 4, 5]]
    assert tensor(scene, "kernel")[..., 0, 0].tolist() == [[1, 2, 3]]
    assert output(scene)[0, :, 0].tolist() == [14, 20, 26]


DECK_INPUT = "0 0 1 0 0 / 0 1 0 1 0 / 1 0 0 0 1 / 0 1 0 1 0 / 0 0 1 0 0"
DECK_FILTER = "0 0 1 / 0 1 0 / 1 0 0"


def test_b1_products() -> None:
    scene, step = taught("B1", "first_cell")
    assert_shows(scene.project.x, DECK_INPUT)
    assert_shows(tensor(scene, "kernel")[..., 0], DECK_FILTER)
    assert step.walked
    assert scene.at == (0, 0, 0)
    terms = scene.node().layer.explain(scene.evaluation.tensors(scene.layer), scene.at).steps[0]
    assert sum("x" in [cell.port for cell in term.factors] for term in terms.terms) == 9
    assert terms.value == 3


def test_b2_valid() -> None:
    for name in ("finish", "shrinks"):
        scene, _ = taught("B2", name)
        assert_shows(output(scene), "3 0 1 / 0 2 0 / 1 0 3")


def test_b3_same() -> None:
    scene, step = taught("B3", "ring")
    assert output(scene).shape[:2] == (3, 3)
    assert step.task is not None
    after = step.task.solved(scene)
    assert output(after).shape[:2] == scene.project.x.shape[:2] == (5, 5)
    windows = after.node().layer.windows(after.project.network.shapes(after.layer))
    assert [window.pads for window in windows] == [(1, 1), (1, 1)]


def test_b4_twenty_five_places() -> None:
    for name in ("edge_worked", "last_row"):
        scene, _ = taught("B4", name)
        shown = "0 0 2 0 1 / 0 3 0 1 0 / 2 0 2 0 2 / 0 1 0 3 0 / 1 0 2 0 0"
        assert output(scene).size == 25
        assert_shows(output(scene), shown)
    assert len(asked("B4", "last_row")) == 5


def test_b5_looks_alike() -> None:
    scene, step = taught("B5", "looks_alike")
    x, kernel = scene.project.x[..., 0], tensor(scene, "kernel")[..., 0, 0]
    strong = {tuple(at) for at in np.argwhere(output(scene)[..., 0] == output(scene).max())}
    alike = {
        (row, column)
        for row, column in np.ndindex(3, 3)
        if (x[row : row + 3, column : column + 3] == kernel).all()
    }
    assert alike == {(0, 0), (2, 2)}
    assert alike == strong
    assert step.task is not None


def test_b6_by_hand() -> None:
    for name, count in (("by_hand", 4), ("by_yourself", 1)):
        assert len(asked("B6", name)) == count
        task = taught("B6", name)[1].task
        assert task is not None
        assert not task.workings


def test_b7_colours_and_maps() -> None:
    scene, _ = taught("B7", "padded")
    assert scene.project.x.shape == (5, 5, 3)
    assert scene.node().layer.padding == "same"  # type: ignore[attr-defined]
    explained = scene.node().layer.explain(scene.evaluation.tensors(scene.layer), (4, 0, 0))
    assert [len(step.terms) for step in explained.steps][:3] == [9, 9, 9]
    parts = [step.value for step in explained.steps[:3]]
    bias = float(tensor(scene, "bias")[0])
    assert explained.value == sum(parts) + bias
    assert tensor(taught("B7", "four_maps")[0], "kernel").shape[3] == 4
    assert output(taught("B7", "four_maps")[0]).shape[2] == 4
    scene, _ = taught("B7", "four_channels")
    assert tensor(scene, "kernel").shape == (3, 3, 4, 2)
    assert (scene.project.x.shape[2], output(scene).shape[2]) == (4, 2)


def test_b8_max_pooling() -> None:
    for name in ("first_window", "next_window", "bottom_row"):
        scene, _ = taught("B8", name)
        assert_shows(scene.project.x, "3 1 0 5 / 0 2 4 2 / 2 0 3 1 / 4 5 4 2")
        assert_shows(output(scene), "3 5 / 5 4")


def test_b9_one_long_vector() -> None:
    scene, _ = taught("B9", "one_line")
    assert_shows(scene.project.x, "2 1 4 / 5 3 2 / 0 2 3")
    assert output(scene).tolist() == [2, 1, 4, 5, 3, 2, 0, 2, 3]
    assert asked("B9", "next_number") + asked("B9", "the_rest") == [(n,) for n in range(4, 9)]


def test_b10_all_joined() -> None:
    scene, _ = taught("B10", "every_line")
    assert scene.view == "units"
    inputs, (units,) = scene.project.x.size, output(scene).shape
    assert tensor(scene, "kernel").shape == (inputs, units)
    for unit in range(units):
        assert len(cells_read(scene, (unit,))) == inputs


def test_b11_switched_off() -> None:
    scene, _ = taught("B11", "by_lot")
    layer = scene.node().layer
    assert (layer.kind, layer.rate, layer.training) == ("dropout", 0.5, True)  # type: ignore[attr-defined]
    mask = tensor(scene, "mask")
    assert set(mask.flat) == {0, 1}
    np.testing.assert_array_equal(output(scene), scene.project.x * mask * 2)


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


def taught(frame: str, name: str) -> tuple[Scene, Step]:
    """Return the scene and the step of a frame, which has to be one of those it names."""
    key = next(key for key, step in FRAMES[frame] if step == name)
    return at(key, name)


def solution(frame: str, name: str) -> float | None:
    scene, step = taught(frame, name)
    assert step.task is not None
    return step.task.expected(scene)


def asked(frame: str, name: str) -> list[tuple[int, ...]]:
    scene, step = taught(frame, name)
    assert step.task is not None
    return list(step.task.asked(scene))


def output(scene: Scene) -> Array:
    return scene.evaluation.value(scene.layer)


def tensor(scene: Scene, port: str) -> Array:
    return scene.evaluation.tensors(scene.layer)[port]


def parameters(scene: Scene) -> int:
    return scene.node().layer.parameters(scene.project.network.shapes(scene.layer))


def cells_read(scene: Scene, index: tuple[int, ...]) -> set[tuple[int, ...]]:
    explained = scene.node().layer.explain(scene.evaluation.tensors(scene.layer), index)
    return {cell.index for cell in explained.cells("x")}


def pooled(x: Array) -> Array:
    height, width, channels = x.shape
    return x.reshape(height // 2, 2, width // 2, 2, channels).max(axis=(1, 3))


def assert_shows(plane: Array, text: str) -> None:
    expected = np.array([row.split() for row in text.split("/")], np.float64)
    np.testing.assert_array_equal(plane[..., 0], expected)
