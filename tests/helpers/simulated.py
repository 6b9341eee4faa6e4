"""Learners who work through exercises: some have a habit, others are wrong in ways of their own.

What a habit leads to is computed here by plain loops and formulas, not as the program does it.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property

from cnn_tutor.engine.explanation import OUTPUT
from cnn_tutor.study import numbers
from cnn_tutor.study.exercise import Exercise
from cnn_tutor.study.exercises import generate
from cnn_tutor.study.exercises.generator import LEVELS
from cnn_tutor.study.grading.grading import Grade, grade
from tests.helpers import wrong_ways
from tests.unit.study.exercises.many import axes

Numbers = Mapping[str, float]
Habit = tuple[str, str]
"""A mistake, and the way in which it is always made."""

WRONG = (1, 2, 3)
"""Wrong answers after which it is looked whether a habit is known."""

ANSWERS = 6
"""Wrong answers of a learner without a habit."""


@dataclass(frozen=True)
class Course:
    """Exercises of one shape over one kind of layer at all levels, ``items`` of each that count."""

    shape: str
    kind: str
    items: int

    def __str__(self) -> str:
        return f"{self.shape} of {self.kind}"

    @cached_property
    def exercises(self) -> tuple[Exercise, ...]:
        """Those that tell mistakes apart, the same ones each time."""
        made = (
            generate(self.shape, self.kind, level, 10_000 + seed)
            for level in LEVELS
            for seed in range(self.items)
        )
        return tuple(item for item in made if item.evidence)

    @cached_property
    def habits(self) -> tuple[Habit, ...]:
        """Those that show in several of the exercises."""
        shown = Counter(
            habit
            for item in self.exercises
            for habit, wrong in wrong_answers(item).items()
            if not agree(wrong, right(item))
        )
        return tuple(habit for habit, times in shown.items() if times >= ANSWERS)


def right(item: Exercise) -> dict[str, float]:
    return {blank.name: blank.answer for blank in item.blanks}


def agree(some: Numbers, others: Numbers) -> bool:
    return all(numbers.agree(some[name], others[name]) for name in others)


def written(answer: Numbers) -> dict[str, str]:
    """Return numbers as a learner writes them: fractions with two decimals."""
    return {
        name: numbers.show(value) if float(value).is_integer() else f"{value:.2f}"
        for name, value in answer.items()
    }


# --- what habits lead to --------------------------------------------------------------------------


@cache
def wrong_answers(item: Exercise) -> Mapping[Habit, Numbers]:
    """Return what stands in the blanks after each habit; where it can't be made, what is right."""
    found = _FORMULAS.get(item.shape, _of_cells)(item)
    return {habit: {**right(item), **wrong} for habit, wrong in found.items()}


def _of_cells(item: Exercise) -> dict[Habit, dict[str, float]]:
    found: dict[Habit, dict[str, float]] = {}
    output = item.layer.forward(item.tensors)
    for blank in item.blanks:
        if blank.port != OUTPUT or blank.mark:
            continue
        mistakes, _ = wrong_ways.KINDS[item.kind](item.layer, item.tensors, blank.index)
        for mistake, wrong in mistakes.items():
            known = len(item.blanks) == 1 or mistake not in _KNOWN_BY_SEVERAL
            if known and mistake not in _SEVERAL and len(wrong) == 1:
                found.setdefault((mistake, ""), {})[blank.name] = next(iter(wrong))
        if len(blank.index) == 3 and "window_off_by_one" in mistakes:
            i, j, c = blank.index
            for way, (down, across) in _BESIDE.items():
                if 0 <= i + down < output.shape[0] and 0 <= j + across < output.shape[1]:
                    beside = float(output[i + down, j + across, c])
                    found.setdefault(("window_off_by_one", way), {})[blank.name] = beside
    return found


_BESIDE = {"up": (-1, 0), "down": (1, 0), "left": (0, -1), "right": (0, 1)}

_SEVERAL = frozenset(
    {
        *("window_off_by_one", "mirrored_kernel", "channel_omitted", "one_channel_only"),
        *("other_filter", "pool_position", "window_one_cell_late", "pool_other_map"),
        *("pool_by_side", "dropout_mask_at_inference"),
    }
)
"""Mistakes with several ways, which a number alone does not tell."""


_KNOWN_BY_SEVERAL = frozenset(
    {
        *("pool_top_left", "pool_second", "all_signs_dropped", "groups_ignored"),
        *("dropout_left_out", "dropout_mask_ignored"),
    }
)
"""Mistakes that are made in all cells of an output, or told in none."""


def _of_sizes(item: Exercise) -> dict[Habit, dict[str, float]]:
    sides = axes(item)

    def with_(
        size: Callable[..., float], room: Callable[..., float] | None = None
    ) -> dict[str, float]:
        n, k, s, d, p, q = sides[0]
        span = d * (k - 1) + 1
        wrong: dict[str, float] = {"size": size(n, span, s, p, q)}
        if room is not None:
            wrong["padded"], wrong["room"] = room(n, span, p, q)
            wrong["strides"] = wrong["room"] // s
        if "other_size" in right(item):
            n, k, s, d, p, q = sides[1]
            wrong["other_size"] = size(n, d * (k - 1) + 1, s, p, q)
        return wrong

    found = {
        "size_no_plus_one": with_(lambda n, k, s, p, q: (n + p + q - k) // s),
        "size_input_copied": with_(lambda n, k, s, p, q: n),
        "size_padding_ignored": with_(
            lambda n, k, s, p, q: (n - k) // s + 1, lambda n, k, p, q: (n, n - k)
        ),
        "size_kernel_kept": with_(
            lambda n, k, s, p, q: (n + p + q) // s + 1, lambda n, k, p, q: (n + p + q, n + p + q)
        ),
    }
    if any(side[2] > 1 for side in sides):
        stride = with_(lambda n, k, s, p, q: n + p + q - k + 1)
        n, k, _, d, p, q = sides[0]
        stride["strides"] = n + p + q - d * (k - 1) - 1
        found["size_stride_ignored"] = stride
    return {(mistake, ""): wrong for mistake, wrong in found.items()}


def _of_counts(item: Exercise) -> dict[Habit, dict[str, float]]:
    *sides, filters = item.tensors["kernel"].shape
    weights = filters
    for side in sides:
        weights *= side
    counts = {
        "parameters_no_bias": weights,
        "parameters_one_bias": weights + 1,
    }
    places = 1
    for length in item.layer.forward(item.tensors).shape[:-1]:
        places *= length
    if places > 1:
        counts["parameters_bias_per_output"] = weights + filters * places
    if len(sides) == 3 and sides[2] > 1:
        counts["parameters_no_input_channels"] = sides[0] * sides[1] * filters + filters
    return {(mistake, ""): {"parameters": float(count)} for mistake, count in counts.items()}


def _of_places(item: Exercise) -> dict[Habit, dict[str, float]]:
    (_, (r, q, c)), (rows, columns, depth) = item.given[0], item.tensors["x"].shape
    found = {
        "flatten_from_one": (r * columns + q) * depth + c + 1,
        "flatten_by_column": (q * rows + r) * depth + c,
        "flatten_channels_first": (c * rows + r) * columns + q,
    }
    return {(mistake, ""): {"position": float(place)} for mistake, place in found.items()}


_FORMULAS: Mapping[str, Callable[[Exercise], dict[Habit, dict[str, float]]]] = {
    "output_size": _of_sizes,
    "parameter_count": _of_counts,
    "flatten_position": _of_places,
}


# --- learners -------------------------------------------------------------------------------------


Answer = Callable[[Exercise, random.Random], Numbers]


def habitual(habit: Habit, slips: float = 0.0) -> Answer:
    """Return a learner who always makes a mistake, and now and then a slip as well."""

    def answer(item: Exercise, rng: random.Random) -> Numbers:
        wrong = wrong_answers(item).get(habit, right(item))
        return near(item, rng, wrong) if rng.random() < slips else wrong

    return answer


def near(item: Exercise, rng: random.Random, numbers_: Numbers | None = None) -> Numbers:
    """Answer with one number a little off."""
    found = dict(numbers_ or right(item))
    found[rng.choice(list(found))] += rng.choice((-3, -2, -1, 1, 2, 3))
    return found


def all_near(item: Exercise, rng: random.Random) -> Numbers:
    return {name: value + rng.randint(-3, 3) for name, value in right(item).items()}


def wide(item: Exercise, rng: random.Random) -> Numbers:
    return {name: float(rng.randint(-30, 30)) for name in right(item)}


def slipping(item: Exercise, rng: random.Random) -> Numbers:
    """Answer with a product left out or its sign lost, where there are products."""
    cells = [b for b in item.blanks if b.port == OUTPUT and not b.mark]
    blank = rng.choice(cells) if cells else None
    if blank is not None and item.kind in wrong_ways.KINDS:
        _, slips = wrong_ways.KINDS[item.kind](item.layer, item.tensors, blank.index)
        every = [number for found in slips.values() for number in sorted(found)]
        if every:
            return {**right(item), blank.name: rng.choice(every)}
    return near(item, rng)


def zeros(item: Exercise, rng: random.Random) -> Numbers:
    return dict.fromkeys(right(item), 0.0)


def changing() -> Answer:
    """Return a learner who makes a mistake each time, and never the same one twice in a row."""
    last = ""

    def answer(item: Exercise, rng: random.Random) -> Numbers:
        nonlocal last
        wrong = wrong_answers(item)
        others = [h for h in wrong if h[0] != last and not agree(wrong[h], right(item))]
        if not others:
            return right(item)
        habit = rng.choice(others)
        last = habit[0]
        return wrong[habit]

    return answer


def mixed(habit: Habit) -> Answer:
    """Return a learner who has a habit in one answer of two, and guesses in the other."""
    return lambda item, rng: (habitual(habit) if rng.random() < 0.5 else all_near)(item, rng)


def twofold(habits: tuple[Habit, Habit]) -> Answer:
    """Return a learner who makes the one or the other of two mistakes."""
    return lambda item, rng: habitual(rng.choice(habits))(item, rng)


# --- what becomes of them -------------------------------------------------------------------------


@dataclass
class Tally:
    """How often a habit was the first that was named, or was certain, by the wrong answers so far.

    ``others`` counts wrong answers after which another mistake was certain; ``answers`` and
    ``learners`` all there were, and ``sure_answers`` and ``sure_learners`` those with any that was.
    """

    named: Counter[int] = field(default_factory=Counter)
    certain: Counter[int] = field(default_factory=Counter)
    runs: Counter[int] = field(default_factory=Counter)
    others: int = 0
    answers: int = 0
    learners: int = 0
    sure_answers: int = 0
    sure_learners: int = 0
    confused: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, other: Tally) -> None:
        for name, value in vars(other).items():
            setattr(self, name, getattr(self, name) + value)

    def share(self, of: Counter[int], wrong: int) -> float:
        return of[wrong] / self.runs[wrong] if self.runs[wrong] else 1.0


def work(
    course: Course, answer: Answer, rng: random.Random, most: int, habits: Iterable[str] = ()
) -> Tally:
    """Let one learner work until ``most`` answers were wrong; ``habits`` are what is to be seen."""
    tally, history, known = Tally(learners=1), list[Grade](), set(habits)
    for item in rng.sample(course.exercises, len(course.exercises)):
        result = grade(item, written(answer(item, rng)), history)
        history.append(result)
        if result.right:
            continue
        tally.answers += 1
        sure = {mistake.id for mistake in result.mistakes if mistake.certain}
        tally.sure_answers += bool(sure)
        tally.others += bool(sure - known)
        first = result.mistakes[0] if result.mistakes else None
        tally.runs[tally.answers] += 1
        if first and known & {first.id, *first.tied}:
            tally.named[tally.answers] += 1
        elif known:
            tally.confused[min(known), first.id if first else "-"] += 1
        tally.certain[tally.answers] += bool(sure & known)
        if tally.answers == most:
            break
    tally.sure_learners = int(tally.sure_answers > 0)
    return tally


def systematic(course: Course, runs: int, slips: float = 0.0) -> Tally:
    """Let learners with each habit of a course work until three answers were wrong."""
    tally = Tally()
    for habit in course.habits:
        rng = random.Random(f"{course} {habit} {slips}")
        for _ in range(runs):
            tally.add(work(course, habitual(habit, slips), rng, WRONG[-1], habit[:1]))
    return tally


UNSYSTEMATIC: Mapping[str, Callable[[], Answer]] = {
    "one number near": lambda: near,
    "all near": lambda: all_near,
    "wide": lambda: wide,
    "slipping": lambda: slipping,
    "another each time": changing,
    "zeros": lambda: zeros,
}
"""Learners without a habit."""


def unsystematic(course: Course, kind: str, runs: int) -> Tally:
    """Let learners without a habit work until six answers were wrong."""
    tally = Tally()
    rng = random.Random(f"{course} {kind}")
    for _ in range(runs):
        tally.add(work(course, UNSYSTEMATIC[kind](), rng, ANSWERS))
    return tally


def of_several(course: Course, runs: int) -> tuple[Tally, Tally]:
    """Let learners work who have a habit half of the time, and who have two of them."""
    half, two = Tally(), Tally()
    rng = random.Random(f"{course} several")
    for _ in range(runs):
        habit, other = rng.sample(course.habits, 2)
        half.add(work(course, mixed(habit), rng, ANSWERS, habit[:1]))
        two.add(work(course, twofold((habit, other)), rng, ANSWERS, (habit[0], other[0])))
    return half, two
