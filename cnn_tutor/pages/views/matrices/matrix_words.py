"""What the rows, the columns and the titles of a product of matrices are called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cnn_tutor.engine.explanation import OUTPUT
from cnn_tutor.engine.matrices import Matrices
from cnn_tutor.pages.state import planes
from cnn_tutor.pages.state.shown_layer import ShownLayer
from cnn_tutor.study import words


@dataclass(frozen=True)
class Names:
    """The names at rows and columns; over a column that of a tap may take two lines."""

    outputs: tuple[str, ...]
    taps: tuple[str, ...]
    taps_over: tuple[str, ...]
    filters: tuple[str, ...]


def names(shown: ShownLayer, matrices: Matrices) -> Names:
    """Return the places of outputs, taps and filters as names.

    Where a filter has one channel, its taps go without it.
    """
    columns, outputs = matrices.columns, matrices.outputs
    inner = shown.shapes[matrices.port][:-1]
    kept = len(inner) - (len(inner) == 3 and inner[-1] == 1)
    taps = [index[:-1][:kept] for index in columns[:, 0].tolist()]
    last = [index[-1] for index in outputs[0].tolist()]
    sliding = bool(shown.windows)
    return Names(
        tuple(_place(index[:-1]) for index in outputs[:, 0].tolist()),
        tuple(map(_place, taps)),
        tuple(_place(tap[:2]) + "".join(f"\n{n}" for n in tap[2:]) for tap in taps),
        tuple(words.say("layers.filter_name", number=n + 1) if sliding else str(n) for n in last),
    )


def titles(
    shown: ShownLayer, matrices: Matrices, ports: Mapping[str, str]
) -> dict[str, tuple[str, str]]:
    """Return the title of each matrix and its shape, of the input's picture, too."""
    (rows, taps), filters = matrices.rows.shape[:2], matrices.columns.shape[1]
    kind = shown.layer.kind
    said = {part: words.port(kind, port) for part, port in ports.items()}
    said["kernel"] = words.say("layers.weights")
    if shown.windows:
        said["x"], said["kernel"] = words.say("layers.patches"), words.say("layers.filters")
    return {
        "x": (said["x"], f"{rows}×{taps}"),
        "kernel": (said["kernel"], f"{taps}×{filters}"),
        "added": (f"+ {said['added']}", ""),
        OUTPUT: (said[OUTPUT], f"{rows}×{filters}"),
        "map": (words.port(kind, "x"), "×".join(map(str, shown.shapes["x"]))),
    }


def channels(shown: ShownLayer) -> tuple[str, ...]:
    """Return what the channels of the input are called."""
    depth = shown.shapes["x"][-1]
    return tuple(planes.channel(n, shown.reads_pixels) for n in range(depth))


def added_port(shown: ShownLayer, matrices: Matrices) -> str:
    """Return the port whose numbers are added to the product's columns; "" for none."""
    count = matrices.columns.shape[1]
    explanation = shown.explain(matrices.output(0, 0))
    alone = {
        term.factors[0].port
        for step in explanation.steps
        for term in step.terms
        if len(term.factors) == 1
    }
    for port, shape in shown.shapes.items():
        if port in alone - {"x", matrices.port, OUTPUT} and shape == (count,):
            return port
    return ""


def _place(index: Sequence[int]) -> str:
    return ", ".join(map(str, index))
