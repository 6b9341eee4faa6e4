"""What the shapes share that ask for output numbers: which cells, how they are called and said."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache, lru_cache

import numpy as np

from cnn_tutor.engine.arrays import Array, shapes_of
from cnn_tutor.engine.explanation import Index, Shape
from cnn_tutor.engine.layer import Layer, settings_of
from cnn_tutor.study import naming, words
from cnn_tutor.study.exercise import OUTPUT, Blank, Exercise, Outcome, Text
from cnn_tutor.study.exercises.shapes._texts import cell_name, joined, kind_text
from cnn_tutor.study.mistakes import places, pooling, slips, values
from cnn_tutor.study.mistakes.case import Case

_ZERO_SHARE = 1 / 3
"""How often a 0 is asked for, where some outputs are 0 and others are not."""


_MOST = 36
"""So many cells are asked for; of a larger output it is one map."""


def computed(layer: Layer, tensors: Mapping[str, Array]) -> Array | None:
    """Return the output; None where a strange kind of layer has none of finite numbers."""
    if not set(layer.inputs) <= set(tensors):
        return None
    output = np.asarray(layer.forward(tensors))
    return output if output.ndim and output.size and np.isfinite(output).all() else None


@cache
def example(kind: type[Layer]) -> Case | None:
    """Return the first output of the easiest sample of a kind, to see what it is made of."""
    layer, tensors = kind.sample(np.random.default_rng(0), 0)
    output = computed(layer, tensors)
    return None if output is None else Case(layer, tensors, ((0,) * output.ndim,))


def telling(
    layer: Layer, tensors: Mapping[str, Array], output: Array, rng: np.random.Generator
) -> Index:
    """Pick an output cell whose number tells mistakes apart: off the diagonal, at the edge."""
    case = Case(layer, tensors, ())
    windows = layer.windows(case.shapes)
    if len(windows) == 2 and output.ndim >= 3:
        found = places.telling(layer, tuple(windows), not layer.padding_counts)
        place = found[rng.integers(len(found))]
        lead = tuple(int(rng.integers(n)) for n in output.shape[:-3])
        return (*lead, *place, int(rng.integers(output.shape[-1])))
    zero = output == 0
    if zero.any() and not zero.all():
        wanted = zero if rng.random() < _ZERO_SHARE else ~zero
    else:
        wanted = np.ones(output.shape, bool)
    cells = [tuple(at) for at in np.argwhere(wanted).tolist()]
    read = [at for at in cells if any(c.value for c in layer.explain(tensors, at).cells("x"))]
    cells = read or cells
    return cells[rng.integers(len(cells))]


def blank(port: str, at: Index, answer: float, mark: bool = False) -> Blank:
    """Return the blank on one cell of a tensor, named for it: ``output[0,1,0]``."""
    return Blank(cell_name(port, at), float(answer) + 0.0, port, at, mark)


def setting(layer: Layer) -> Text:
    """Return a layer's settings for a sentence, in brackets and as Keras writes them.

    Those that are 1 if nobody sets them are left out then: ``(strides=2, padding='same')``.
    """
    said, hidden = [], _hidden(layer)
    for field in settings_of(layer):
        value = getattr(layer, field.name)
        usual = value == field.default and value in (1, (1, 1)) and value is not True
        if not usual and field.name not in hidden:
            said.append(f"{field.name}={_written(value)}")
    written = ", ".join(said)
    return {"ja": f"（{written}）", "en": f" ({written})"} if said else {"ja": "", "en": ""}


def _hidden(layer: Layer) -> set[str]:
    """Return the settings that only draw numbers that are there to be seen."""
    drawn = {name for names in type(layer).drawn.values() for name in names}
    return {f.name for f in settings_of(layer) if f.name in drawn and "share" not in f.metadata}


def _written(value: object) -> str:
    if isinstance(value, str):
        return f"'{value}'"
    if isinstance(value, tuple) and len(value) == 2 and value[0] == value[1]:
        both = _written(value[0])  # of ((1, 1), (1, 1)) a 1 says all
        return str(value) if "(" in both else both
    return str(value)


def said(layer: Layer, tensors: Mapping[str, Array], at: Index) -> dict[str, object]:
    """Return what a prompt may say of a layer and an output cell of it."""
    return {
        "kind": kind_text(layer.kind),
        "setting": setting(layer),
        "cell": naming.output_place(layer, shapes_of(tensors), at),
        "map": at[-1] + 1,
    }


def precise(exercise: Exercise) -> Exercise:
    """Return an exercise whose prompt says how precise an answer has to be, where that matters.

    It does where an answer has more than two decimals. Nobody is to find powers of e by head.
    """
    blanks = [blank for blank in exercise.blanks if not blank.mark]
    if all(math.isclose(blank.answer, round(blank.answer, 2)) for blank in blanks):
        return exercise
    notes = words.table("practice")
    parts = [exercise.prompt, notes["decimals"]]
    asked = exercise.at or next((b.index for b in blanks if b.port == OUTPUT), ())
    steps = exercise.layer.explain(exercise.tensors, asked).steps if asked else ()
    if any(step.fold == "exp" for step in steps):
        parts.append(notes["calculator"])
    return replace(exercise, prompt=joined({"ja": "", "en": " "}, parts))


def few(output: Array, rng: np.random.Generator) -> list[Index] | None:
    """Return all cells of an output; of a large one those of one map, None if that is large."""
    cells = list(np.ndindex(output.shape))
    if len(cells) > _MOST:
        chosen = int(rng.integers(output.shape[-1]))
        cells = [at for at in cells if at[-1] == chosen]
    return cells if len(cells) <= _MOST else None


def rule(layer: Layer, tensors: Mapping[str, Array], at: Index, otherwise: Text) -> Text:
    """Return the rule by which an output cell is computed, in a line, if it is known."""
    return _rule(layer, tuple(shapes_of(tensors).items()), at) or otherwise


@lru_cache(maxsize=64)
def _rule(layer: Layer, shapes: tuple[tuple[str, Shape], ...], at: Index) -> Text | None:
    case = Case(layer, {port: np.ones(shape) for port, shape in shapes}, (at,))
    rules, own = words.table("rules"), words.table("kinds").get(layer.kind, {})
    slides = bool(layer.windows(case.shapes))
    if case.products is not None:
        meet = "channels" if case.products.depth > 1 else "products" if slides else "inputs"
        return dict(rules[meet])
    of_window = rules.get(pooling.folded(case.explanations[0])) if slides else None
    known: Text | None = of_window or own.get("rule") or own.get("about")
    return known


def mixed(layer: Layer, tensors: Mapping[str, Array]) -> bool:
    """Say whether switches are on and off, so that both are seen at work."""
    for port in type(layer).switches:
        on = np.broadcast_to(tensors[port] != 0, tensors["x"].shape)
        if not (tensors["x"][on].any() and tensors["x"][~on].any()):
            return False
    return True


def asked(exercise: Exercise) -> Case:
    """Return the output cells that an exercise asks for, as what mistakes are made about."""
    blanks = [blank for blank in exercise.blanks if blank.port == OUTPUT and not blank.mark]
    return Case(exercise.layer, exercise.tensors, tuple(blank.index for blank in blanks))


def outcomes(case: Case) -> Iterator[Outcome]:
    """Go through what mistakes about output numbers leave in their blanks."""
    return values.outcomes(case, values.ways(case), names(case))


def slipped(case: Case) -> Iterator[Outcome]:
    """Go through what slips leave in the blanks of output numbers."""
    return values.outcomes(case, slips.ways(case), names(case))


def names(case: Case) -> list[str]:
    """Return the names of the blanks of a case's output cells."""
    return [cell_name(OUTPUT, at) for at in case.cells]
